// The page "Notifications": requests that tell people what happens to the postbacks.
import { call } from "./api.js";
import { el, h, useRef, useState } from "./dom.js";
import { useApp, useLoad } from "./store.js";
import { said, t } from "./texts.js";
import { Check, Empty, English, Failure, Field, Group, Loading, Page, Pill, Said, SmallLink, Template } from "./ui.js";

const { article, button, div, form, h2, p, section } = el;

const EVENTS = ["paused", "resumed", "failing", "recovered", "held", "exhausted"];
const USUAL = ["paused", "failing", "recovered", "exhausted"];

/** The placeholder whose value is stored as a secret. */
const SECRET = "TOKEN";

/** The members of a notification that PUT accepts. */
const REPLACED = "events url method body content_type headers secrets label state signature".split(" ");
const replaced = (notification) => Object.fromEntries(REPLACED.map((name) => [name, notification[name]]));

const messengers = async () => (await call(null, "GET", "/v1/trackers?kind=notification")).items;

const hostOf = (url) => url.replace(/^https?:\/\//, "").split(/[/?]/)[0];
const nameOf = (notification) => notification.label ?? hostOf(notification.url);

/** The template with the values in place of its words in capitals. */
const filled = (template, messenger, values) =>
  messenger.placeholders.reduce(
    (text, { name }) => text.replaceAll(name, name === SECRET ? "{secret.token}" : (values[name] ?? "").trim() || name),
    template,
  );

/** The request that saves a draft. */
function requestOf({ events, label, messenger, url, values }) {
  if (messenger === null) return { events, label: label || null, url };
  const { event_template: template } = messenger;
  return {
    events,
    label: label || messenger.name,
    url: filled(template.url, messenger, values),
    ...(template.body !== null && { method: "POST", body: template.body }),
    ...(messenger.placeholders.some(({ name }) => name === SECRET) && {
      secrets: { token: (values[SECRET] ?? "").trim() },
    }),
  };
}

function Card({ notification, reload }) {
  const { link, session, toast } = useApp();
  const name = nameOf(notification);
  const paused = notification.state === "paused";
  const act = async (doing, done) => {
    try {
      await doing();
      toast(done);
    } catch (e) {
      toast(e.status === 412 ? t.notifications.stale : said(e), { kind: "bad" });
    }
    reload();
  };
  const path = `/notifications/${notification.notification_id}`;
  const switched = () =>
    act(
      () => session.put(path, { ...replaced(notification), state: paused ? "active" : "paused" }, notification.version),
      paused ? t.notifications.resumed : t.notifications.pausedToast,
    );
  return article(
    { class: `card postback ${paused ? "is-paused" : ""}`, "aria-label": name },
    div(
      { class: "postback-head" },
      h2(name),
      paused
        ? h(
            Pill,
            { kind: notification.paused_reason === "by_hand" ? "held" : "failed" },
            t.paused[notification.paused_reason],
          )
        : h(Pill, { kind: "delivered" }, t.postback.active),
    ),
    h(Template, { text: notification.url }),
    notification.body !== null && h(Template, { text: notification.body }),
    p(
      { class: "fires" },
      t.notifications.reports,
      " ",
      notification.events.map((event) => h(Pill, { kind: "plain", key: event }, t.event[event])),
    ),
    notification.warnings.map((warning) =>
      p({ class: "warning", key: warning.code + warning.message }, h(Said, { error: warning })),
    ),
    div(
      { class: "actions" },
      button(
        {
          class: "small",
          onClick: switched,
          "aria-label": `${paused ? t.postback.resume : t.postback.pause}: ${name}`,
        },
        paused ? t.postback.resume : t.postback.pause,
      ),
      h(SmallLink, {
        to: link("log", { postback_id: notification.notification_id }),
        text: t.postback.log,
        about: name,
      }),
      button(
        {
          class: "small danger",
          onClick: () => act(() => session.delete(path), t.notifications.removed),
          "aria-label": `${t.postback.remove}: ${name}`,
        },
        t.postback.remove,
      ),
    ),
  );
}

function Editor({ saved, close }) {
  const { session } = useApp();
  const { data: choices } = useLoad(messengers, []);
  const [id, setId] = useState("");
  const [url, setUrl] = useState("");
  const [label, setLabel] = useState("");
  const [values, setValues] = useState({});
  const [events, setEvents] = useState(USUAL);
  const [problem, setProblem] = useState(null);
  const [saving, setSaving] = useState(false);
  const messenger = choices?.find((choice) => choice.id === id) ?? null;
  const errorsOf = (...fields) =>
    (problem?.errors ?? []).filter(({ field }) =>
      fields.some((name) => field === name || field.startsWith(`${name}[`)),
    );
  const save = async (event) => {
    event.preventDefault();
    setSaving(true);
    try {
      saved(await session.post("/notifications", requestOf({ events, label, messenger, url, values })));
    } catch (e) {
      setProblem(e);
      setSaving(false);
    }
  };
  return form(
    { class: "card editor", onSubmit: save, "aria-label": t.notifications.add, noValidate: true },
    h2(t.notifications.add),
    h(Field, {
      kind: "select",
      label: t.notifications.where,
      value: id,
      set: setId,
      options: [["", t.notifications.own], ...(choices ?? []).map((choice) => [choice.id, choice.name])],
    }),
    messenger === null
      ? h(Field, {
          label: t.notifications.url,
          hint: t.notifications.urlHint,
          value: url,
          set: setUrl,
          errors: errorsOf("url"),
          apply: ({ correction }) => correction && setUrl(url.replaceAll(correction.replace, correction.with)),
          spellcheck: false,
        })
      : messenger.placeholders.map(({ name, description, example }) =>
          h(Field, {
            key: name,
            label: name,
            hint: h(English, null, description),
            placeholder: example,
            type: name === SECRET ? "password" : "text",
            autocomplete: "off",
            value: values[name] ?? "",
            set: (value) => setValues({ ...values, [name]: value }),
            errors: name === SECRET ? errorsOf("secrets", "secrets.token") : errorsOf("url", "body"),
          }),
        ),
    messenger !== null && p({ class: "hint", lang: "en" }, messenger.hint),
    h(
      Group,
      { legend: t.notifications.reports, errors: errorsOf("events") },
      EVENTS.map((event) =>
        h(Check, {
          key: event,
          label: t.event[event],
          hint: t.eventHelp[event],
          checked: events.includes(event),
          set: (on) => setEvents(EVENTS.filter((other) => (other === event ? on : events.includes(other)))),
        }),
      ),
    ),
    h(Field, { label: t.notifications.label, value: label, set: setLabel, errors: errorsOf("label") }),
    problem !== null && problem.errors.length === 0 && h(Failure, { error: problem }),
    div(
      { class: "actions" },
      button({ class: "primary", disabled: saving }, saving ? t.common.saving : t.common.save),
      button({ type: "button", onClick: close }, t.common.cancel),
    ),
  );
}

export function Notifications() {
  const { session, toast } = useApp();
  const { data, error, reload } = useLoad(() => session.get("/notifications"), [session]);
  const [adding, setAdding] = useState(false);
  const add = useRef(null);
  const close = () => {
    setAdding(false);
    // The focus returns to the button that opened the form.
    requestAnimationFrame(() => add.current?.focus());
  };
  const saved = () => {
    toast(t.notifications.saved);
    reload();
    close();
  };
  return h(
    Page,
    {
      title: t.nav.notifications,
      lead: t.notifications.lead,
      actions: !adding && button({ ref: add, class: "primary", onClick: () => setAdding(true) }, t.notifications.add),
    },
    adding && h(Editor, { saved, close }),
    error !== null && h(Failure, { error, retry: reload }),
    data === null && error === null && h(Loading),
    data !== null &&
      (data.items.length === 0
        ? !adding && h(Empty, { title: t.notifications.none }, p(t.notifications.noneText))
        : section(
            { "aria-label": t.nav.notifications, class: "cards" },
            data.items.map((notification) => h(Card, { key: notification.notification_id, notification, reload })),
          )),
  );
}
