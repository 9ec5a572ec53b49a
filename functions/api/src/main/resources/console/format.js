// Numbers and times, for people: in their own time zone, with UTC to be had.
const DAY = 86_400_000;

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const minutes = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const dayAndClock = new Intl.DateTimeFormat("en-GB", {
  day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", second: "2-digit",
});
const dayAndMinutes = new Intl.DateTimeFormat("en-GB", {
  day: "numeric", month: "short", hour: "2-digit", minute: "2-digit",
});
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const counts = new Intl.NumberFormat("en-GB");

export const count = (n) => counts.format(n);

const isToday = (date) => date.toDateString() === new Date().toDateString();

export const time = (iso) => {
  const date = new Date(iso);
  return (isToday(date) ? clock : dayAndClock).format(date);
};

export const utc = (iso) => `${iso.replace("T", " ").replace(/\.\d+Z$|Z$/, "")} UTC`;

/** A tick of an axis or the end of a period, as exact as a step of so many milliseconds needs. */
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
  const [n, unit] =
    a < 60 ? [a, "s"] : a < 3600 ? [Math.round(a / 60), "min"] : a < 172_800 ? [Math.round(a / 3600), "h"] : [Math.round(a / 86_400), "d"];
  return { text: `${n} ${unit}`, future: s > 0 };
}

/** What a datetime-local field shows, and what it means. */
export const toField = (iso) => {
  const date = new Date(iso);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};
export const ofField = (value) => (value === "" ? null : new Date(value).toISOString());

const hostOf = (url) => /^[a-z]+:\/\/([^/?#]*)/i.exec(url)?.[1] ?? url;

/** What people call a postback. */
export const nameOf = (postback) => postback.label ?? hostOf(postback.url);
