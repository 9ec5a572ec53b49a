// "Why did I not get my postback?", by the id of a conversion.
import { Details } from "./delivery.js";
import { el, h, useState } from "./dom.js";
import { nameById } from "./format.js";
import { useApp, useDraft, useLoad, useTicking } from "./store.js";
import { Skipped } from "./test.js";
import { t } from "./texts.js";
import { Empty, Failure, Field, Loading, Page, StatePill } from "./ui.js";

const { button, div, form, h2, h3, p, section, span } = el;

const LOOK = 3_000;

export function Why({ conversionId }) {
  const { go } = useApp();
  const [id, setId] = useDraft(conversionId ?? "");
  const look = (event) => {
    event.preventDefault();
    if (id.trim() !== "") go(`why/${encodeURIComponent(id.trim())}`);
  };
  return h(
    Page,
    { title: t.why.title, lead: t.why.lead },
    form(
      { class: "inline-form", onSubmit: look },
      h(Field, { label: t.why.id, value: id, autocomplete: "off", spellcheck: false, class: "mono", set: setId }),
      button({ class: "primary" }, t.why.submit),
    ),
    conversionId !== null && h(Story, { key: conversionId, conversionId }),
  );
}

function Story({ conversionId }) {
  const { session } = useApp();
  const { data, error, loading, reload } = useLoad(
    () => session.get(`/conversions/${encodeURIComponent(conversionId)}`),
    [session, conversionId],
  );
  const waiting = data?.events.some((event) =>
    [...event.callbacks, ...event.skipped].some((one) => ["pending", "retrying"].includes(one.state)),
  );
  useTicking(reload, waiting ? LOOK : null);
  if (error !== null && data === null) {
    return error.status === 404
      ? h(Empty, { title: t.why.none(conversionId) }, p(t.why.noneText))
      : h(Failure, { error, retry: reload });
  }
  if (data === null) return loading && h(Loading);
  return data.events.map((event, i) =>
    h(Event, { key: event.event_id, event, number: data.events.length > 1 ? i + 1 : null }),
  );
}

/** The result in one sentence. */
function summaryOf({ callbacks, skipped }) {
  const states = [...callbacks, ...skipped].map((one) => one.state).filter(Boolean);
  if (states.includes("failed")) return ["failed", t.why.summary.failed];
  if (states.some((state) => state === "pending" || state === "retrying")) return ["retrying", t.why.summary.waiting];
  if (states.includes("held")) return ["held", t.why.summary.held];
  if (states.includes("delivered")) return ["delivered", t.why.summary.delivered];
  return ["plain", skipped.length > 0 ? t.why.summary.skipped : t.why.summary.none];
}

function Event({ event, number }) {
  const { postbacks } = useApp();
  const [kind, sentence] = summaryOf(event);
  return section(
    { class: "card event" },
    h2(
      number === null ? t.status[event.status] : `${t.why.event(number)}: ${t.status[event.status]}`,
      span({ class: "muted" }, ` ${t.why.goal.toLowerCase()} ${event.goal}`),
    ),
    p({ class: `verdict ${kind}` }, sentence),
    event.callbacks.length > 0 && h3(t.why.sent),
    event.callbacks.map((callback) => h(Callback, { key: callback.delivery_id, callback, postbacks })),
    event.skipped.length > 0 && h3(t.why.notSent),
    event.skipped.map((skipped) =>
      div(
        { key: skipped.postback_id },
        h(Skipped, { skipped, postbacks, status: t.status[event.status].toLowerCase(), goal: event.goal }),
        skipped.delivery_id && h(Attempted, { id: skipped.delivery_id }),
      ),
    ),
    event.callbacks.length + event.skipped.length === 0 && p({ class: "muted" }, t.why.noPostback),
  );
}

function Callback({ callback, postbacks }) {
  return div(
    { class: "result" },
    div(
      { class: "result-head" },
      h(StatePill, { state: callback.state }),
      span({ class: "strong" }, nameById(postbacks, callback.postback_id)),
    ),
    h(Attempted, { id: callback.delivery_id }),
  );
}

/** The delivery, shown on request. */
function Attempted({ id }) {
  const [open, setOpen] = useState(false);
  return div(
    button({ class: "small", "aria-expanded": open, onClick: () => setOpen(!open) }, open ? t.why.hide : t.why.details),
    open && h(Opened, { id }),
  );
}

function Opened({ id }) {
  const { session } = useApp();
  const { data, error, reload } = useLoad(() => session.get(`/deliveries/${id}`), [session, id]);
  const [newer, setNewer] = useState(null);
  if (error !== null) return h(Failure, { error, retry: reload });
  if (data === null) return h(Loading);
  return h(Details, { delivery: newer ?? data, changed: setNewer });
}
