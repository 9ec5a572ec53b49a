// Formats numbers and times for display: in the user's time zone, with UTC on hover.
const DAY = 86_400_000;

const DATE = { day: "numeric", month: "short" };
const MINUTES = { hour: "2-digit", minute: "2-digit" };
const SECONDS = { ...MINUTES, second: "2-digit" };
const formatOf = (options) => new Intl.DateTimeFormat("en-GB", options);
const clock = formatOf(SECONDS);
const minutes = formatOf(MINUTES);
const day = formatOf(DATE);
const dayAndClock = formatOf({ ...DATE, ...SECONDS });
const dayAndMinutes = formatOf({ ...DATE, ...MINUTES });
const counts = new Intl.NumberFormat("en-GB");

export const count = (n) => counts.format(n);

const isToday = (date) => date.toDateString() === new Date().toDateString();

export const time = (iso) => {
  const date = new Date(iso);
  return (isToday(date) ? clock : dayAndClock).format(date);
};

export const utc = (iso) => `${iso.replace("T", " ").replace(/\.\d+Z$|Z$/, "")} UTC`;

/** A tick of an axis or the end of a period, as precise as a step of this many milliseconds needs. */
export const tick = (ms, step) => (step >= DAY ? day : step >= DAY / 4 ? dayAndMinutes : minutes).format(ms);

export const range = (from, to) => {
  const a = new Date(from);
  const b = new Date(to);
  return a.toDateString() === b.toDateString()
    ? `${dayAndMinutes.format(a)}–${minutes.format(b)}`
    : `${dayAndMinutes.format(a)} – ${dayAndMinutes.format(b)}`;
};

export function latency(ms) {
  return ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;
}

/** "in 5 min", "3 s ago". */
export function relative(iso, now = Date.now()) {
  const s = Math.round((new Date(iso).getTime() - now) / 1000);
  const a = Math.abs(s);
  const [seconds, unit] = a < 60 ? [1, "s"] : a < 3600 ? [60, "min"] : a < 172_800 ? [3600, "h"] : [86_400, "d"];
  return { text: `${Math.round(a / seconds)} ${unit}`, future: s > 0 };
}

/** Converts between times and the value of a datetime-local field. */
export const toField = (iso) => {
  const date = new Date(iso);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};
export const ofField = (value) => (value === "" ? null : new Date(value).toISOString());

export const hostOf = (url) => /^[a-z]+:\/\/([^/?#]*)/i.exec(url)?.[1] ?? url;

/** The displayed name of a postback: its label, or the host of its URL. */
export const nameOf = (postback) => postback.label ?? hostOf(postback.url);

/** The name of the postback with this id; the id if it has been deleted. */
export function nameById(postbacks, id) {
  const found = postbacks?.find((postback) => postback.postback_id === id);
  return found ? nameOf(found) : id;
}
