// Compares the export of the affiliate's tracker with the delivery log. The file never leaves the browser.
import { patiently } from "./api.js";
import { answerOf, helpOf } from "./delivery.js";
import { el, Fragment, h, useEffect, useMemo, useRef, useState } from "./dom.js";
import { count, hostOf, nameOf, ofField, startOfDay, toField, zone } from "./format.js";
import { backfillPeriods, FIELDS, join, OurLog, readExport } from "./join.js";
import { useApp } from "./store.js";
import { said, t } from "./texts.js";
import { Empty, Failure, Field, Link, Loading, Page, StatePill, Time } from "./ui.js";

const { button, div, form, h2, input, label, li, p, progress, section, span, ul } = el;

const DAY = 86_400_000;
const PAGE = 200;
const SHOWN = 50;

/** How long the page may be busy before it gives way to the user's input, in milliseconds. */
const SLICE = 12;

/** Waits if the page has been busy for a slice. */
function slices(onProgress) {
  let began = performance.now();
  return (done) => {
    if (performance.now() - began < SLICE) return null;
    onProgress(done);
    return new Promise((resolve) =>
      setTimeout(() => {
        began = performance.now();
        resolve();
      }),
    );
  };
}

/** Calls `take` with every item of a list, the newest first, and reports how far back it has come. */
async function readAll(session, path, parameters, take, onProgress) {
  const until = Date.parse(parameters.until);
  const whole = until - Date.parse(parameters.since);
  let cursor = null;
  do {
    const query = new URLSearchParams({ ...parameters, limit: PAGE, ...(cursor !== null && { cursor }) });
    const page = await session.get(`${path}?${query}`);
    page.items.forEach(take);
    const reached = page.searched_until ?? page.items.at(-1)?.created_at;
    if (reached) onProgress((until - Date.parse(reached)) / whole);
    cursor = page.next;
  } while (cursor !== null);
}

/** The days that the export covers, as the values of fields. */
function periodOf(sheet) {
  const from = startOfDay(sheet.first ?? Date.now() - 7 * DAY);
  const until = sheet.last === null ? Date.now() : Math.min(Date.now(), startOfDay(sheet.last) + DAY);
  return { from: toField(new Date(from).toISOString()), until: toField(new Date(until + 59_999).toISOString()) };
}

/** A host is a tracker: the postbacks that send to it belong together. */
const hostsOf = (postbacks) => [...new Set(postbacks.map((postback) => hostOf(postback.url)))];

export function Compare() {
  const { postbacks, error, reload } = useApp();
  const [file, setFile] = useState(null);
  return h(
    Page,
    { title: t.compare.title, lead: t.compare.lead },
    h(Drop, { file, choose: setFile }),
    postbacks === null && (error === null ? h(Loading) : h(Failure, { error, retry: reload })),
    postbacks !== null &&
      file !== null &&
      h(Export, { key: `${file.name}/${file.lastModified}/${file.size}/${zone()}`, file }),
  );
}

function Drop({ file, choose }) {
  const [over, setOver] = useState(false);
  const drop = (event) => {
    event.preventDefault();
    setOver(false);
    if (event.dataTransfer.files.length > 0) choose(event.dataTransfer.files[0]);
  };
  return div(
    {
      class: over ? "drop over" : "drop",
      onDragOver: (event) => {
        event.preventDefault();
        setOver(true);
      },
      onDragLeave: () => setOver(false),
      onDrop: drop,
    },
    label({ for: "export" }, file === null ? t.compare.drop : t.compare.dropAnother),
    input({
      id: "export",
      type: "file",
      accept: ".csv,.tsv,.txt,.xls,text/csv,text/plain",
      onChange: (event) => event.target.files.length > 0 && choose(event.target.files[0]),
    }),
    p({ class: "hint" }, t.compare.private),
  );
}

const Bar = ({ share, children }) =>
  div(
    { class: "bar-of" },
    progress({ value: share, max: 1, "aria-label": children }),
    span({ class: "muted" }, children),
  );

function Export({ file }) {
  const [columns, setColumns] = useState(null);
  const [sheet, setSheet] = useState(null);
  const [share, setShare] = useState(0);
  const [problem, setProblem] = useState(null);
  useEffect(() => {
    const stop = new AbortController();
    setSheet(null);
    setProblem(null);
    setShare(0);
    readExport(file, columns, { onProgress: setShare, signal: stop.signal }).then(
      (read) => !stop.signal.aborted && setSheet(read),
      (error) => !stop.signal.aborted && setProblem(error),
    );
    return () => stop.abort();
  }, [file, columns]);
  if (problem !== null) return h(Failure, { error: { message: t.compare.unreadable } });
  if (sheet === null) return h(Bar, { share }, t.compare.reading);
  if (sheet.sample === null) return h(Empty, { title: t.compare.empty });
  return h(
    Fragment,
    null,
    p(
      { role: "status" },
      t.compare.read(sheet.rows.length),
      sheet.clicks > 0 && ` ${t.compare.clicks(sheet.clicks)}`,
      !sheet.closed && ` ${t.compare.unclosed}`,
    ),
    // The columns chosen last, because the sheet of the previous choice may not have been read yet.
    h(Columns, {
      sheet,
      choose: (field, at) => setColumns((chosen) => ({ ...(chosen ?? sheet.columns), [field]: at })),
    }),
    sheet.columns.click === null && sheet.columns.transaction === null
      ? h(Failure, { error: { message: t.compare.noId } })
      : h(Comparison, { sheet }),
  );
}

const Columns = ({ sheet, choose }) =>
  section(
    { "aria-label": t.compare.columns },
    h2(t.compare.columns),
    p({ class: "hint" }, t.compare.columnsHint),
    div(
      { class: "columns four" },
      FIELDS.map((field) => {
        const at = sheet.columns[field];
        return h(Field, {
          key: field,
          label: t.compare.fields[field],
          kind: "select",
          value: at === null ? "" : String(at),
          options: [
            ["", t.compare.none],
            ...sheet.header.map((name, i) => [String(i), name.trim() || t.compare.column(i + 1)]),
          ],
          set: (value) => choose(field, value === "" ? null : Number(value)),
          hint: at === null ? null : t.compare.sample((sheet.sample[at] ?? "").slice(0, 40)),
        });
      }),
    ),
  );

function Comparison({ sheet }) {
  const { session, postbacks } = useApp();
  const hosts = useMemo(() => hostsOf(postbacks), [postbacks]);
  const [host, setHost] = useState(hosts[0] ?? "");
  const [{ from, until }, setPeriod] = useState(() => periodOf(sheet));
  const [work, setWork] = useState(null);
  const [problem, setProblem] = useState(null);
  const [result, setResult] = useState(null);
  const run = useRef(0);
  useEffect(() => () => void run.current++, []);
  useEffect(() => {
    run.current++;
    setWork(null);
    setResult(null);
  }, [sheet, host, from, until]);

  const compare = async (event) => {
    event?.preventDefault();
    const mine = ++run.current;
    const show = (doing) => (share) => {
      if (mine !== run.current) throw new DOMException("", "AbortError");
      setWork({ doing, share });
    };
    setResult(null);
    setProblem(null);
    show(t.compare.loading)(0);
    try {
      const period = { from: Date.parse(ofField(from)), until: Date.parse(ofField(until)) };
      const log = await readLog(session, postbacks, host, period, show(t.compare.loading));
      const joined = await join(sheet.rows, log, period, slices(show(t.compare.joining)));
      if (mine !== run.current) return;
      setResult({ ...joined, periods: backfillPeriods(log.entries, joined.missing) });
      setWork(null);
    } catch (e) {
      if (mine !== run.current) return;
      setProblem(e);
      setWork(null);
    }
  };

  return h(
    Fragment,
    null,
    form(
      { class: "filters", onSubmit: compare },
      hosts.length > 1 &&
        h(Field, {
          label: t.compare.host,
          kind: "select",
          value: host,
          options: hosts.map((one) => [one, one]),
          set: setHost,
        }),
      h(Field, {
        label: t.log.from,
        type: "datetime-local",
        required: true,
        value: from,
        set: (value) => setPeriod({ from: value, until }),
      }),
      h(Field, {
        label: t.log.to,
        type: "datetime-local",
        required: true,
        value: until,
        set: (value) => setPeriod({ from, until: value }),
      }),
      button({ class: "primary", disabled: work !== null }, t.compare.submit),
    ),
    p({ class: "hint" }, t.compare.periodHint),
    problem !== null && h(Failure, { error: problem, retry: compare }),
    work !== null && h(Bar, { share: work.share }, work.doing),
    result !== null && h(Result, { result, host }),
  );
}

/** The log around the period: a conversion at its edge may have another time in the export. */
async function readLog(session, postbacks, host, { from, until }, onProgress) {
  const log = new OurLog();
  const own = postbacks.filter((postback) => hostOf(postback.url) === host);
  const ids = new Set(own.map((postback) => postback.postback_id));
  const isOwn = (delivery) => host === "" || ids.has(delivery.postback_id) || hostOf(delivery.url) === host;
  const period = { since: new Date(from - DAY).toISOString(), until: new Date(until + DAY).toISOString() };
  await readAll(
    session,
    "/deliveries",
    { ...period, test: "false" },
    (delivery) => isOwn(delivery) && log.addDelivery(delivery),
    (share) => onProgress(share * 0.7),
  );
  await readAll(
    session,
    "/conversions",
    period,
    (event) => log.addEvent(event, own),
    (share) => onProgress(0.7 + share * 0.3),
  );
  return log;
}

const Result = ({ result, host }) =>
  div(
    { class: "compared" },
    p({ role: "status", class: "strong" }, t.compare.summary(...counts(result))),
    result.notSent > 0 && p({ class: "hint" }, t.compare.notSent(result.notSent)),
    h(
      Part,
      { title: t.compare.missing, items: result.missing, hint: t.compare.missingHint, item: Missing },
      h(Repair, { result, host }),
    ),
    h(Part, { title: t.compare.doubles, items: result.doubles, hint: t.compare.doublesHint, item: Double }),
    h(Part, { title: t.compare.different, items: result.different, hint: t.compare.differentHint, item: Different }),
    h(Part, { title: t.compare.unknown, items: result.unknown, hint: t.compare.unknownHint, item: Unknown }),
  );

const counts = ({ agreed, missing, doubles, different, unknown }) => [
  agreed,
  missing.length,
  doubles.length,
  different.length,
  unknown.length,
];

function Part({ title, items, hint, item, children }) {
  const [shown, setShown] = useState(SHOWN);
  if (items.length === 0) return null;
  return section(
    { "aria-label": title },
    h2(`${title} (${count(items.length)})`),
    p({ class: "hint" }, hint),
    children,
    ul(
      { class: "rows findings" },
      items.slice(0, shown).map((one, i) => li({ key: i }, h(item, one))),
    ),
    items.length > shown &&
      button({ onClick: () => setShown(shown + 10 * SHOWN) }, t.compare.more(items.length - shown)),
  );
}

/** What a finding is about, and the reason from our side. */
function Finding({ entry, event, children }) {
  const { link } = useApp();
  const delivery = event.deliveries.at(0);
  return div(
    { class: "finding" },
    div(
      { class: "result-head" },
      h(Link, { to: link(`why/${encodeURIComponent(entry.conversionId)}`), className: "mono" }, entry.conversionId),
      entry.refId && span({ class: "muted mono" }, t.compare.click(entry.refId)),
      delivery && h(StatePill, { state: delivery.state }),
      span({ class: "muted" }, h(Time, { at: event.at })),
    ),
    children,
  );
}

/** The reason in words: the state, why it failed, and how the tracker answered. */
function reasonOf(event) {
  const delivery = event.deliveries.at(0);
  if (delivery === undefined) return t.compare.neverSent;
  const { last, reason } = delivery;
  const parts = [
    t.stateHelp[delivery.state],
    reason !== null && t.deliveryReason[reason],
    last !== null && t.compare.answered(delivery.attempts, answerOf(last)),
    last !== null && helpOf(last),
    last?.error,
  ];
  return parts.filter(Boolean).join(" ");
}

const Missing = ({ entry, event }) => h(Finding, { entry, event }, p(reasonOf(event)));

const Double = ({ entry, event }) =>
  h(
    Finding,
    { entry, event },
    p(t.compare.rows(entry.rows.length, [...entry.events.values()].filter((one) => one.deliveries.length > 0).length)),
    p({ class: "muted" }, reasonOf(event)),
  );

const Different = ({ entry, event, row, status, payout }) =>
  h(
    Finding,
    { entry, event },
    status && p(t.compare.statusDiffers(t.status[event.status], row.word)),
    payout && p(t.compare.payoutDiffers(`${event.sum} ${event.currency ?? ""}`.trim(), row.payout)),
    p({ class: "muted" }, reasonOf(event)),
  );

const Unknown = (row) =>
  div(
    { class: "finding" },
    div(
      { class: "result-head" },
      span({ class: "mono" }, row.transaction || row.click || t.compare.noIdRow),
      row.transaction && row.click && span({ class: "muted mono" }, t.compare.click(row.click)),
      span({ class: "muted" }, [row.word, row.payout].filter(Boolean).join(" · ")),
    ),
  );

/** One button: resends what was sent and is missing, and back-fills what was never sent. */
function Repair({ result, host }) {
  const { session, postbacks } = useApp();
  const [done, setDone] = useState(null);
  const [share, setShare] = useState(null);
  const deliveries = result.missing.flatMap(({ event }) => event.deliveries.map((delivery) => delivery.id));
  const targets = postbacks.filter((one) => one.state === "active" && (host === "" || hostOf(one.url) === host));

  const repair = async () => {
    const outcome = { resent: 0, backfilled: 0, problems: new Map() };
    const steps = [
      ...deliveries.map((id) => async () => {
        // Its tracker does not have it, so a receiver that drops repeats must take it.
        await patiently(() => session.post(`/deliveries/${id}/resend`, { force: true }));
        outcome.resent++;
      }),
      ...targets.flatMap(({ postback_id }) =>
        result.periods.map((period) => async () => {
          let cursor = null;
          do {
            const body = { postback_id, ...period, dry_run: false, ...(cursor !== null && { cursor }) };
            const answer = await patiently(() => session.post("/backfills", body));
            outcome.backfilled += answer.count;
            cursor = answer.next;
          } while (cursor !== null);
        }),
      ),
    ];
    for (const [i, step] of steps.entries()) {
      setShare(i / steps.length);
      try {
        await step();
      } catch (e) {
        outcome.problems.set(said(e), (outcome.problems.get(said(e)) ?? 0) + 1);
      }
    }
    setShare(null);
    setDone(outcome);
  };

  if (share !== null) return h(Bar, { share }, t.compare.repairing);
  if (done === null)
    return div(
      { class: "actions" },
      button({ class: "primary", onClick: repair }, t.compare.repair),
      result.periods.length > 0 &&
        span({ class: "hint" }, t.compare.backfillTo(targets.map(nameOf).join(", ") || t.compare.noTarget)),
    );
  return div(
    { role: "status" },
    p({ class: "strong" }, t.compare.repaired(done.resent, done.backfilled)),
    [...done.problems].map(([message, times]) =>
      p({ class: "bad-text", key: message }, t.compare.notRepaired(times, message)),
    ),
  );
}
