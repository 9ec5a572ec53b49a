// The delivery log: filters and pages; the first page is updated live.
import { Charts } from "./charts.js";
import { Details, answerOf } from "./delivery.js";
import { el, Fragment, h, useEffect, useState } from "./dom.js";
import { nameOf, ofField, time, toField } from "./format.js";
import { deliveriesOf } from "./lookup.js";
import { ResendDialog } from "./resend.js";
import { useApp, useDraft, useLoad, useTicking } from "./store.js";
import { said, t } from "./texts.js";
import { Empty, Failure, Field, Icon, Latency, Loading, Page, Pill, StatePill, Time } from "./ui.js";

const { button, caption, div, form, p, span, table, tbody, td, th, thead, tr } = el;

const PAGE = 50;
const STATES = ["delivered", "retrying", "failed", "held", "superseded"];

/** The interval between updates of the first page, in milliseconds. */
const LOOK = 3_000;

const HOUR = 3_600_000;
const PERIODS = { "1h": HOUR, "24h": 24 * HOUR, "7d": 168 * HOUR, "30d": 720 * HOUR };
const FILTERS = ["state", "offer_id", "postback_id", "id"];

/** The filters in the URL; a period that ends now is fixed to the time at which it was chosen. */
function useFilters(place) {
  const text = JSON.stringify(place.query);
  const [pinned, setPinned] = useState({ text: null, filters: {} });
  if (pinned.text === text) return pinned.filters;
  const { period = place.query.id ? "all" : "24h", since, until } = place.query;
  const filters = { period: since || until ? "custom" : period in PERIODS || period === "all" ? period : "24h" };
  for (const name of FILTERS) if (place.query[name]) filters[name] = place.query[name];
  if (filters.period === "custom") Object.assign(filters, { since, until });
  else if (filters.period in PERIODS) filters.since = new Date(Date.now() - PERIODS[filters.period]).toISOString();
  setPinned({ text, filters });
  return filters;
}

const asked = ({ period, id, ...filters }) => filters;

/** The page after this cursor, which is null or `{ after, by }` with what the id turned out to be. */
function load(session, filters, cursor, progress) {
  const after = cursor?.after ?? null;
  return filters.id === undefined
    ? session.page("/deliveries", asked(filters), PAGE, after, progress)
    : deliveriesOf(session, filters.id, asked(filters), PAGE, after, cursor?.by ?? null, progress);
}

export function Log() {
  const { session, postbacks, place, go } = useApp();
  const filters = useFilters(place);
  const [cursors, setCursors] = useState([null]);
  const [live, setLive] = useState(true);
  const [open, setOpen] = useState(() => new Set());
  const [resending, setResending] = useState(false);
  const [fresh, setFresh] = useState([]);
  const key = JSON.stringify(filters);
  useEffect(() => {
    setCursors([null]);
    setOpen(new Set());
    setFresh([]);
  }, [key]);

  const cursor = cursors.at(-1);
  const [reached, setReached] = useState(null);
  useEffect(() => setReached(null), [key, cursor]);
  const { data, error, loading, reload } = useLoad(
    async () => ({ ...(await load(session, filters, cursor, setReached)), number: cursors.length }),
    [session, key, cursor],
  );
  // A second click while a page is loading would use the old page's end for the new one's.
  const turn = (next) => data.number === cursors.length && setCursors(next);
  const [changes, setChanges] = useState(new Map());
  useEffect(() => {
    setChanges(new Map());
    if (data !== null) setFresh(data.items);
  }, [data]);
  const changed = (delivery) => {
    setChanges((old) => new Map(old).set(delivery.delivery_id, delivery));
    setFresh([delivery]);
  };

  useTicking(reload, live && cursor === null && !filters.until ? LOOK : null);

  const filter = (more) => {
    const next = { ...place.query, ...more };
    if ("since" in more || "until" in more) delete next.period;
    go("log", next);
  };
  const items = data?.items.map((item) => changes.get(item.delivery_id) ?? item) ?? [];
  const isFiltered = FILTERS.some((name) => filters[name]) || filters.period !== (filters.id ? "all" : "24h");
  const toggle = (id) => {
    const next = new Set(open);
    if (!next.delete(id)) next.add(id);
    setOpen(next);
  };

  const actions = button({ onClick: () => setResending(true) }, t.log.resendPeriod);
  return h(
    Page,
    { title: t.log.title, lead: t.log.lead, actions },
    h(Filters, { filters, filter, place, postbacks, clear: isFiltered ? () => go("log") : null }),
    error !== null && h(Failure, { error: withFields(error), retry: reload }),
    !filters.id && h(Charts, { filters, fresh, filter }),
    div(
      { class: "table-head" },
      h(StateChoice, { chosen: filters.state ?? "", choose: (state) => filter({ state }) }),
      cursor === null && !filters.until && h(Live, { live, setLive }),
    ),
    data === null && loading && h(Loading),
    data === null &&
      loading &&
      reached !== null &&
      p({ class: "hint", role: "status" }, t.lookup.searched(time(reached))),
    data !== null &&
      (items.length === 0 && data.next !== null
        ? p({ class: "hint", role: "status" }, t.lookup.searched(time(data.searchedUntil)))
        : items.length === 0
          ? h(Empty, { title: isFiltered ? t.log.noneFiltered : t.log.none }, !isFiltered && p(t.log.noneText))
          : h(Rows, { items, open, toggle, changed, postbacks })),
    data !== null &&
      (data.next !== null || cursors.length > 1) &&
      div(
        { class: "paging" },
        button({ disabled: data.number === 1, onClick: () => turn(cursors.slice(0, -1)) }, t.log.newer),
        span({ role: "status" }, t.log.page(data.number, items.length)),
        button(
          { disabled: data.next === null, onClick: () => turn([...cursors, { after: data.next, by: data.by }]) },
          items.length < PAGE && data.next !== null ? t.lookup.further : t.log.older,
        ),
      ),
    resending && h(ResendDialog, { filters, close: () => setResending(false), resent: reload }),
  );
}

/** The filters are few, so all of their errors are shown in one place. */
function withFields(error) {
  if (!error.errors?.length) return error;
  return { message: `${t.log.error} ${error.errors.map(said).join(" ")}` };
}

const Live = ({ live, setLive }) =>
  button(
    {
      class: `live ${live ? "on" : ""}`,
      "aria-pressed": live,
      title: live ? t.log.pauseLive : t.log.startLive,
      onClick: () => setLive(!live),
    },
    span({ class: "dot", "aria-hidden": "true" }),
    t.log.live,
  );

const StateChoice = ({ chosen, choose }) =>
  div(
    { class: "segments", role: "group", "aria-label": t.log.state },
    ["", ...STATES].map((state) =>
      button(
        { key: state, "aria-pressed": chosen === state, onClick: () => choose(state) },
        state === "" ? t.log.all : t.state[state],
      ),
    ),
  );

function Filters({ filters, filter, place, postbacks, clear }) {
  const [offer, setOffer] = useDraft(filters.offer_id ?? "");
  const [id, setId] = useDraft(filters.id ?? "");
  const period = filters.period;
  const choose = (event) => {
    const chosen = event.target.value;
    if (chosen === "custom")
      filter({ period: "", since: filters.since ?? new Date(Date.now() - 24 * HOUR).toISOString(), until: "" });
    else filter({ period: chosen, since: "", until: "" }, true);
  };
  const submit = (event) => {
    event.preventDefault();
    filter({ offer_id: offer.trim(), id: id.trim() });
  };
  const periods = [
    ...Object.keys(PERIODS).map((name) => [name, t.log.periods[name]]),
    ["all", t.log.periods[""]],
    ["custom", t.log.periods.custom],
  ];
  return form(
    { class: "filters", onSubmit: submit },
    div(
      { class: "any-id" },
      h(Field, {
        label: t.lookup.id,
        value: id,
        autocomplete: "off",
        spellcheck: false,
        class: "mono",
        set: setId,
        onBlur: submitIf(id, filters.id, submit),
      }),
    ),
    h(Field, { label: t.log.period, kind: "select", value: period, options: periods, onChange: choose }),
    period === "custom" &&
      h(Field, {
        label: t.log.from,
        type: "datetime-local",
        value: filters.since ? toField(filters.since) : "",
        onChange: (e) => filter({ since: ofField(e.target.value) }),
      }),
    period === "custom" &&
      h(Field, {
        label: t.log.to,
        type: "datetime-local",
        value: filters.until ? toField(filters.until) : "",
        onChange: (e) => filter({ until: ofField(e.target.value) }),
      }),
    h(Field, {
      label: t.log.postback,
      kind: "select",
      value: filters.postback_id ?? "",
      options: [
        ["", t.common.any],
        ...(postbacks ?? []).map((one) => [
          one.postback_id,
          `${nameOf(one)}${one.offer_id === null ? "" : ` (${one.offer_id})`}`,
        ]),
      ],
      set: (postback_id) => filter({ postback_id }),
    }),
    h(Field, {
      label: t.log.offer,
      value: offer,
      autocomplete: "off",
      set: setOffer,
      onBlur: submitIf(offer, filters.offer_id, submit),
    }),
    button({ class: "unseen" }, t.common.search),
    clear && button({ type: "button", class: "quiet", onClick: clear }, t.log.clear),
  );
}

const submitIf = (text, now, submit) => (event) => text.trim() !== (now ?? "") && submit(event);

function Rows({ items, open, toggle, changed, postbacks }) {
  const names = new Map((postbacks ?? []).map((postback) => [postback.postback_id, nameOf(postback)]));
  return table(
    { class: "log" },
    caption({ class: "unseen" }, t.log.caption),
    thead(
      tr(
        th({ scope: "col" }, t.log.columns.state),
        th({ scope: "col" }, t.log.columns.time),
        th({ scope: "col" }, t.log.columns.offer),
        th({ scope: "col" }, t.log.columns.postback),
        th({ scope: "col" }, t.log.columns.answer),
        th({ scope: "col" }, t.log.columns.conversion),
      ),
    ),
    tbody(
      items.map((item) =>
        h(Row, {
          key: item.delivery_id,
          item,
          isOpen: open.has(item.delivery_id),
          toggle,
          changed,
          name: names.get(item.postback_id) ?? t.log.deletedPostback,
        }),
      ),
    ),
  );
}

function Row({ item, isOpen, toggle, changed, name }) {
  const last = item.attempts.at(-1);
  const id = item.delivery_id;
  return h(
    Fragment,
    null,
    tr(
      {
        class: isOpen ? "row open" : "row",
        onClick: (event) => event.target.closest("a, button") === null && getSelection().isCollapsed && toggle(id),
      },
      td(
        button(
          {
            class: "quiet expand",
            "aria-expanded": isOpen,
            "aria-controls": isOpen ? `details-${id}` : undefined,
            "aria-label": t.log.details(item.conversion_id),
            onClick: () => toggle(id),
          },
          h(Icon, { name: "chevron" }),
        ),
        h(StatePill, { state: item.state }),
        item.test && h(Pill, { kind: "plain" }, t.log.test),
      ),
      td({ "data-label": t.log.columns.time }, h(Time, { at: item.created_at })),
      td({ "data-label": t.log.columns.offer }, item.offer_id),
      td({ "data-label": t.log.columns.postback, class: "ellipsis" }, name),
      td(
        { "data-label": t.log.columns.answer },
        last && span({ class: last.outcome === "delivered" ? "" : "bad-text" }, answerOf(last)),
        last && " ",
        last && h(Latency, { ms: last.latency_ms }),
        item.attempts.length > 1 && span({ class: "muted" }, ` ×${item.attempts.length}`),
      ),
      td({ "data-label": t.log.columns.conversion, class: "mono ellipsis" }, item.conversion_id),
    ),
    isOpen &&
      tr({ class: "details-row", id: `details-${id}` }, td({ colSpan: 6 }, h(Details, { delivery: item, changed }))),
  );
}
