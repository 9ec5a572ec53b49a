// "Why did I not get my postback?", by any id that the user has.
import { Details, answerOf, helpOf } from "./delivery.js";
import { el, Fragment, h, useState } from "./dom.js";
import { nameById, time } from "./format.js";
import { useLookup } from "./lookup.js";
import { useApp, useDraft, useLoad, useTicking } from "./store.js";
import { Skipped } from "./test.js";
import { t } from "./texts.js";
import { Empty, Failure, Field, Loading, Page, Relative, StatePill, Time } from "./ui.js";

const { button, dd, div, dl, dt, form, h2, h3, p, section, span } = el;

const LOOK = 3_000;

/** The limit of one conversion's deliveries, which are asked for in one request. */
const DELIVERIES = 200;

export function Why({ id: given }) {
  const { go } = useApp();
  const [id, setId] = useDraft(given ?? "");
  const look = (event) => {
    event.preventDefault();
    if (id.trim() !== "") go(`why/${encodeURIComponent(id.trim())}`);
  };
  return h(
    Page,
    { title: t.why.title, lead: t.why.lead },
    form(
      { class: "inline-form", onSubmit: look },
      h(Field, { label: t.lookup.id, value: id, autocomplete: "off", spellcheck: false, class: "mono", set: setId }),
      button({ class: "primary" }, t.why.submit),
    ),
    given !== null && h(Found, { key: given, id: given }),
  );
}

function Found({ id }) {
  const { session } = useApp();
  const { by, conversions, searchedUntil, searching, error, more, stop } = useLookup(session, id);
  const nothing = conversions.length === 0 && !searching && error === null;
  return h(
    Fragment,
    null,
    by !== null && p({ class: "muted" }, t.lookup.by[by]),
    conversions.map((conversion) => h(Conversion, { key: conversion, id: conversion, shown: by !== "conversion" })),
    error !== null && h(Failure, { error, retry: more }),
    nothing && searchedUntil === null && h(Empty, { title: t.why.none(id) }, p(t.why.noneText)),
    p(
      { class: "hint", role: "status" },
      searching && h(Loading),
      searchedUntil !== null && `${t.lookup.searched(time(searchedUntil))} `,
      searchedUntil !== null &&
        (searching
          ? button({ class: "small", onClick: stop }, t.lookup.stop)
          : button({ class: "small", onClick: more }, t.lookup.further)),
    ),
  );
}

/** The events of a conversion with their deliveries, reloaded while any of them waits. */
function Conversion({ id, shown }) {
  const { session } = useApp();
  const { data, error, reload } = useLoad(async () => {
    const [{ events }, deliveries] = await Promise.all([
      session.get(`/conversions/${encodeURIComponent(id)}`),
      session.page("/deliveries", { conversion_id: id }, DELIVERIES),
    ]);
    return { events, deliveries: new Map(deliveries.items.map((one) => [one.delivery_id, one])) };
  }, [session, id]);
  const waiting = data?.events.some((event) =>
    [...event.callbacks, ...event.skipped].some((one) => ["pending", "retrying"].includes(one.state)),
  );
  useTicking(reload, waiting ? LOOK : null);
  if (data === null) return error === null ? h(Loading) : h(Failure, { error, retry: reload });
  return data.events.map((event, i) =>
    h(Event, {
      key: event.event_id,
      event,
      deliveries: data.deliveries,
      number: data.events.length > 1 ? i + 1 : null,
      shownId: shown ? id : null,
    }),
  );
}

/** The result in one sentence. */
function summaryOf({ callbacks, skipped }) {
  const states = [...callbacks, ...skipped].map((one) => one.state).filter(Boolean);
  if (states.includes("failed")) return ["failed", t.why.summary.failed];
  if (states.some((state) => state === "pending" || state === "retrying")) return ["retrying", t.why.summary.waiting];
  if (states.includes("held")) return ["held", t.why.summary.held];
  if (states.includes("delivered")) return ["delivered", t.why.summary.delivered];
  if (states.includes("superseded")) return ["held", t.why.summary.superseded];
  const none = skipped.some(({ reason }) => reason === "no_postback");
  return ["plain", none ? t.why.summary.no_postback : t.why.summary.skipped];
}

/** Whether it was pushed, matched and sent, what the tracker answered, and what to do next. */
function Answer({ event, deliveries }) {
  const { postbacks } = useApp();
  const own = [...event.callbacks, ...event.skipped.filter((one) => one.delivery_id)]
    .map((one) => deliveries.get(one.delivery_id))
    .filter(Boolean);
  const attempted = own.filter((delivery) => delivery.attempts.length > 0);
  const value = event.sum === null ? null : `${event.sum} ${event.currency ?? ""}`.trim();
  const click = event.ref_id === null ? t.why.noClick : t.why.click(event.ref_id);
  const fact = (name, ...text) => div({ key: name }, dt(name), dd(text));
  const matched = event.callbacks.map((one) => nameById(postbacks, one.postback_id));
  return dl(
    { class: "facts answer" },
    fact(
      t.why.pushed,
      h(Time, { at: event.created_at }),
      ` · ${[t.common.offer(event.offer_id), value, click].filter(Boolean).join(" · ")}`,
    ),
    fact(t.why.matched, matched.length === 0 ? t.why.nothingMatched : matched.join(", ")),
    fact(
      t.why.wasSent,
      attempted.length === 0
        ? t.why.notYet
        : attempted.map((delivery) =>
            div(
              { key: delivery.delivery_id },
              `${nameById(postbacks, delivery.postback_id)}: ${t.why.attempts(delivery.attempts.at(-1).number)}, `,
              h(Time, { at: delivery.attempts.at(-1).at }),
            ),
          ),
    ),
    attempted.length > 0 &&
      fact(
        t.why.said,
        attempted.map((delivery) => {
          const last = delivery.attempts.at(-1);
          return div({ key: delivery.delivery_id }, [answerOf(last), last.response_snippet].filter(Boolean).join(": "));
        }),
      ),
    fact(t.why.next, h(Next, { event, own })),
  );
}

/** What to do, by the worst of the deliveries. */
function Next({ event, own }) {
  const failed = own.find((delivery) => delivery.state === "failed");
  if (failed !== undefined) {
    const last = failed.attempts.at(-1);
    const why = failed.reason ? (t.deliveryReason[failed.reason] ?? "") : last ? helpOf(last) : "";
    return [why, t.why.todo.failed].filter((text) => text !== "").join(" ");
  }
  const retrying = own.find((delivery) => delivery.next_attempt_at !== null);
  if (retrying !== undefined) return [t.why.todo.retrying, " ", h(Relative, { at: retrying.next_attempt_at })];
  const states = [...event.callbacks, ...event.skipped].map((one) => one.state);
  const state = ["pending", "held", "delivered", "superseded"].find((one) => states.includes(one));
  if (state !== undefined) return t.why.todo[state];
  return event.skipped.map(({ reason }) => t.skippedHint[reason]).find(Boolean) ?? t.why.todo.skipped;
}

function Event({ event, deliveries, number, shownId }) {
  const { postbacks } = useApp();
  const [kind, sentence] = summaryOf(event);
  return section(
    { class: "card event" },
    h2(
      number === null ? t.status[event.status] : `${t.why.event(number)}: ${t.status[event.status]}`,
      span({ class: "muted" }, ` ${t.why.goal.toLowerCase()} ${event.goal}`),
    ),
    shownId !== null && p({ class: "muted" }, t.why.conversion(shownId)),
    p({ class: `verdict ${kind}` }, sentence),
    h(Answer, { event, deliveries }),
    event.callbacks.length > 0 && h3(t.why.sent),
    event.callbacks.map((callback) => h(Callback, { key: callback.delivery_id, callback, postbacks })),
    event.skipped.length > 0 && h3(t.why.notSent),
    event.skipped.map((skipped) =>
      div(
        { key: skipped.postback_id ?? "none" },
        h(Skipped, { skipped, postbacks, status: t.status[event.status].toLowerCase(), goal: event.goal }),
        skipped.delivery_id && h(Attempted, { id: skipped.delivery_id }),
      ),
    ),
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
