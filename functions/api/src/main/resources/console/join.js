// Compares a tracker's export with the delivery log: which columns the export has, and what differs.
import { readCsv } from "./csv.js";
import { instantOf } from "./format.js";

export const FIELDS = ["click", "transaction", "payout", "status", "time"];

/** The names of columns, without case and punctuation, the best first. */
const NAMES = {
  click: ["clickid", "subid", "cnvid", "cid", "uclick", "hitid", "affsub", "click", "refid"],
  transaction: ["transactionid", "txid", "tid", "txnid", "orderid", "conversionid", "convid", "actionid"],
  payout: ["payout", "conversionpayout", "revenue", "conversionrevenue", "amount", "commission", "income", "sum"],
  status: ["status", "conversionstatus", "cnvstatus", "status1", "originalstatus", "state", "clickrealfiltered"],
  time: [
    "postbacktimestamp",
    "postbackdatetime",
    "conversiontime",
    "convtime",
    "conversiondate",
    "conversiontimestamp",
    "postbacktime",
    "datetime",
    "date",
    "time",
    "timestamp",
    "createdat",
    "visittimestamp",
    "clickdatetime",
    "tracktime",
    "clicktime",
  ],
};

/** The position of the column of each field, null where none looks like it. */
export function guessColumns(header) {
  const names = header.map((name) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ""));
  const taken = new Set();
  const find = (matches) => {
    const at = names.findIndex((name, i) => !taken.has(i) && matches(name));
    if (at < 0) return null;
    taken.add(at);
    return at;
  };
  const columns = {};
  for (const field of FIELDS)
    columns[field] = NAMES[field].reduce((found, known) => found ?? find((name) => name === known), null);
  for (const field of FIELDS)
    columns[field] ??= NAMES[field].slice(0, 3).reduce((found, known) => found ?? find((n) => n.includes(known)), null);
  return columns;
}

const words = (text) => text.split(" ");

/** The trackers' words. `none` is a click that did not convert. Hold and pending mean the same to a tracker. */
const STATUSES = new Map(
  Object.entries({
    approved: words("approved approve sale confirmed paid conversion converted accepted success completed rebill"),
    pending: words("pending hold onhold lead waiting new"),
    declined: words("declined decline rejected reject cancelled canceled trash refund refunded chargeback"),
    none: words("real filtered"),
  }).flatMap(([status, own]) => own.map((word) => [word, status])),
);

/** `approved`, `pending`, `declined`, `none`, or null for a word that is not known. */
export const statusOf = (text) => STATUSES.get(text.toLowerCase().replace(/[^a-z]/g, "")) ?? null;

/** The number in a text such as `$1,234.50` or `1.234,50 €`; null if there is none. */
export function amountOf(text) {
  let digits = text.replace(/[^\d.,-]/g, "");
  if (!/\d/.test(digits)) return null;
  const comma = digits.lastIndexOf(",");
  const point = digits.lastIndexOf(".");
  const groups = comma >= 0 && point < 0 && (digits.indexOf(",") !== comma || /,\d{3}$/.test(digits));
  digits =
    comma > point && !groups
      ? digits.replace(/\./g, "").replace(",", ".")
      : digits.replace(/,/g, "").replace(/\.(?=.*\.)|\.(?<=\..*\.)/g, "");
  const amount = Number(digits);
  return Number.isNaN(amount) ? null : amount;
}

/** Whether the tracker has our payout, which it may have rounded, but not to fewer than two digits. */
export function samePayout(ours, theirs) {
  const digits = Math.max(2, /[.,](\d+)\D*$/.exec(theirs)?.[1].length ?? 0);
  return Math.abs(Number(ours) - amountOf(theirs)) <= 0.5 * 10 ** -Math.min(digits, 9) + 1e-9;
}

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d?):(\d\d)(?::(\d\d))?(?:\.\d+)?)?\s*([AP]M)?\s*(Z|UTC|[+-]\d\d:?\d\d)?$/i;
const NUMERIC = /^(\d\d?)([./])(\d\d?)\2(\d{4}|\d\d),?(?:\s+(\d\d?):(\d\d)(?::(\d\d))?\s*([AP]M)?)?$/i;

const hours = (hour, half) => (half ? (Number(hour) % 12) + (half.toUpperCase() === "PM" ? 12 : 0) : Number(hour ?? 0));

/** The time in milliseconds; without a zone it is taken for one of the zone in use. Null if it cannot be read. */
export function timeOf(text) {
  const given = text.trim();
  if (/^\d{10}$/.test(given)) return Number(given) * 1000;
  if (/^\d{13}$/.test(given)) return Number(given);
  const iso = ISO.exec(given);
  if (iso) {
    const [, year, month, day, hour, minute, second, half, zone] = iso;
    const parts = [year, month - 1, day, hours(hour, half), minute ?? 0, second ?? 0].map(Number);
    if (!zone) return instantOf(Date.UTC(...parts));
    const [, sign, zoneHours, zoneMinutes] = /([+-])(\d\d):?(\d\d)/.exec(zone) ?? [null, "+", 0, 0];
    return Date.UTC(...parts) - Number(`${sign}1`) * (zoneHours * 60 + Number(zoneMinutes)) * 60_000;
  }
  const numeric = NUMERIC.exec(given);
  if (!numeric) return null;
  const [, one, separator, two, year, hour, minute, second, half] = numeric;
  const dayFirst = separator === "." || Number(one) > 12;
  const [day, month] = dayFirst ? [one, two] : [two, one];
  return instantOf(
    Date.UTC(
      Number(year) + (year.length === 2 ? 2000 : 0),
      month - 1,
      Number(day),
      hours(hour, half),
      Number(minute ?? 0),
      Number(second ?? 0),
    ),
  );
}

/**
 * The conversions of an export: `{ header, sample, columns, rows, clicks, first, last, closed }`. `columns` is the
 * guess if it is null. `clicks` is the number of rows that are no conversions.
 */
export async function readExport(file, columns, options) {
  const sheet = { header: null, sample: null, columns, rows: [], clicks: 0, first: null, last: null, closed: true };
  const take = (record) => {
    if (sheet.header === null) {
      sheet.header = record;
      sheet.columns ??= guessColumns(record);
      return;
    }
    sheet.sample ??= record;
    const cell = (field) => (record[sheet.columns[field] ?? -1] ?? "").trim();
    const row = {
      click: cell("click"),
      transaction: cell("transaction"),
      payout: cell("payout"),
      word: cell("status"),
      status: statusOf(cell("status")),
      time: timeOf(cell("time")),
    };
    if (row.status === "none") {
      sheet.clicks++;
      return;
    }
    sheet.rows.push(row);
    if (row.time !== null) {
      sheet.first = Math.min(sheet.first ?? row.time, row.time);
      sheet.last = Math.max(sheet.last ?? row.time, row.time);
    }
  };
  sheet.closed = await readCsv(file, take, options);
  return sheet;
}

const lastOf = (attempts) => {
  if (attempts.length === 0) return null;
  const { at, outcome, http_status, meaning, error } = attempts.at(-1);
  return { at, outcome, http_status, meaning, error };
};

/** Whether a postback fires for an event that it has not had. */
const fires = (postback, event) =>
  (postback.offer_id === null || postback.offer_id === event.offer_id) &&
  postback.statuses.includes(event.status) &&
  (postback.goals.length === 0 || postback.goals.some((goal) => goal.toLowerCase() === event.goal.toLowerCase())) &&
  (event.revision === 1 || postback.revisions === "send");

/** What we know of the conversions: one entry for each conversion and goal, since a tracker keeps one row for it. */
export class OurLog {
  #entries = new Map();
  #byTransaction = new Map();
  #byClick = new Map();

  #event({ conversion_id: conversionId, goal, ref_id: refId, event_id: id, ...one }, status) {
    const key = `${conversionId}\n${goal}`;
    let entry = this.#entries.get(key);
    if (entry === undefined) {
      entry = { conversionId, goal, refId, events: new Map(), rows: [] };
      this.#entries.set(key, entry);
      const index = (map, by) => (map.get(by) ?? map.set(by, []).get(by)).push(entry);
      index(this.#byTransaction, conversionId);
      if (refId) index(this.#byClick, refId);
    }
    let event = entry.events.get(id);
    if (event === undefined) {
      const { sum, currency, revision = 1, created_at: at } = one;
      event = { id, status, sum, currency, revision, at, deliveries: [], wanted: false };
      entry.events.set(id, event);
    }
    return event;
  }

  addDelivery(delivery) {
    this.#event(delivery, delivery.conversion_status).deliveries.push({
      id: delivery.delivery_id,
      state: delivery.state,
      reason: delivery.failed_reason ?? delivery.reason ?? null,
      attempts: delivery.attempts.length + (delivery.attempts_omitted ?? 0),
      last: lastOf(delivery.attempts),
    });
  }

  /**
   * An event of the search for conversions, added after the deliveries: these postbacks, those of the tracker, may not
   * have had it.
   */
  addEvent(event, postbacks) {
    const own = new Set(postbacks.map((postback) => postback.postback_id));
    const skipped = event.skipped.filter((one) => own.has(one.postback_id));
    const had = [...event.callbacks, ...skipped.filter((one) => one.delivery_id)];
    if (event.test || had.some((one) => own.has(one.postback_id))) return;
    const wanted = skipped.length === 0 && postbacks.some((postback) => fires(postback, event));
    this.#event(event, event.status).wanted = wanted;
  }

  get entries() {
    return [...this.#entries.values()];
  }

  /** The entries that a row can belong to. */
  of(row) {
    return (
      (row.transaction !== "" && this.#byTransaction.get(row.transaction)) ||
      (row.click !== "" && this.#byClick.get(row.click)) ||
      []
    );
  }
}

const sentOf = (entry) => [...entry.events.values()].filter((event) => event.deliveries.length > 0);

const newest = (events) =>
  events.reduce((best, one) =>
    one.revision > best.revision || (one.revision === best.revision && one.at > best.at) ? one : best,
  );

const kindOf = (status) => (status === "hold" ? "pending" : status);

const statusDiffers = (event, row) => row.status !== null && row.status !== kindOf(event.status);

function payoutDiffers(event, row) {
  if (event.sum === null || event.sum === undefined || amountOf(row.payout) === null) return false;
  // A tracker takes the payout of a declined conversion back.
  if (event.status === "declined" && amountOf(row.payout) === 0) return false;
  return !samePayout(event.sum, row.payout);
}

/** How well a row fits an entry. */
function fit(entry, row) {
  const event = newest([...entry.events.values()]);
  return (entry.rows.length === 0 ? 4 : 0) + (statusDiffers(event, row) ? 0 : 2) + (payoutDiffers(event, row) ? 0 : 1);
}

const PERFECT = 7;

/** Whether there are more rows of a status than events that we sent. */
function isDouble(entry, sent) {
  const rows = Map.groupBy(entry.rows, (row) => row.status);
  return [...rows].some(([status, own]) => {
    const events = status === null ? sent : sent.filter((event) => kindOf(event.status) === status);
    return own.length > Math.max(1, events.length);
  });
}

/**
 * What is wrong: `{ missing, doubles, different, unknown, agreed, notSent }`. Only what we accepted from `from` to
 * `until` can be missing. `pause` is awaited now and then with the share that is done.
 */
export async function join(rows, log, { from, until }, pause = () => {}) {
  const result = { missing: [], doubles: [], different: [], unknown: [], agreed: 0, notSent: 0 };
  const entries = log.entries;
  for (const entry of entries) entry.rows = [];
  const all = rows.length + entries.length;
  let done = 0;
  const step = () => (++done % 64 === 0 ? pause(done / all) : null);
  const each = async (items, act) => {
    for (const item of items) {
      act(item);
      const wait = step();
      if (wait) await wait;
    }
  };

  // What fits perfectly takes its place first, so that it does not go to a row that fits half.
  const later = [];
  await each(rows, (row) => {
    const own = log.of(row);
    if (own.length === 0) return result.unknown.push(row);
    const place = own.length === 1 ? own[0] : own.find((entry) => fit(entry, row) === PERFECT);
    return (place?.rows ?? later).push(row);
  });
  await each(later, (row) =>
    log
      .of(row)
      .reduce((one, other) => (fit(other, row) > fit(one, row) ? other : one))
      .rows.push(row),
  );
  await each(entries, (entry) => judge(entry, from, until, result));
  return result;
}

function judge(entry, from, until, result) {
  const sent = sentOf(entry);
  if (entry.rows.length === 0) {
    const event = newest(sent.length > 0 ? sent : [...entry.events.values()]);
    const at = Date.parse(event.at);
    if (at < from || at >= until) return;
    if (sent.length > 0 || event.wanted) result.missing.push({ entry, event });
    else result.notSent++;
    return;
  }
  if (sent.length === 0) {
    result.agreed++;
    return;
  }
  const event = newest(sent);
  const double = isDouble(entry, sent);
  const agrees = entry.rows.some((row) => !statusDiffers(event, row) && !payoutDiffers(event, row));
  if (double) result.doubles.push({ entry, event });
  if (!agrees) {
    const row = entry.rows.reduce((last, one) => ((one.time ?? 0) >= (last.time ?? 0) ? one : last));
    result.different.push({ entry, event, row, status: statusDiffers(event, row), payout: payoutDiffers(event, row) });
  }
  if (agrees && !double) result.agreed++;
}

/**
 * The periods, `{ since, until }`, that contain every missing event that was never sent, and no other event that was
 * never sent: a back-fill of them sends what is missing and nothing else.
 */
export function backfillPeriods(entries, missing) {
  const wanted = new Set(missing.map(({ event }) => event).filter((event) => event.deliveries.length === 0));
  const unsent = entries
    .flatMap((entry) => [...entry.events.values()])
    .filter((event) => event.deliveries.length === 0)
    .sort((one, other) => (one.at < other.at ? -1 : 1));
  const periods = [];
  let open = null;
  for (const event of unsent) {
    if (!wanted.has(event)) {
      open = null;
      continue;
    }
    const until = new Date(Date.parse(event.at) + 1).toISOString();
    if (open === null) periods.push((open = { since: event.at, until }));
    else open.until = until;
  }
  return periods;
}
