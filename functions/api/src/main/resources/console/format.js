// Formats numbers and times for display: in the language and the time zone in use, with UTC on hover.
import { choose, locale, remembered, t } from "./texts.js";

const DAY = 86_400_000;
const KEY = "natifico.zone";

const DATE = { day: "numeric", month: "short" };
const MINUTES = { hour: "2-digit", minute: "2-digit" };
const SECONDS = { ...MINUTES, second: "2-digit" };
const WALL = {
  year: "numeric",
  month: "numeric",
  day: "numeric",
  hour: "numeric",
  minute: "numeric",
  second: "numeric",
};

const isZone = (name) => {
  try {
    return Boolean(name && new Intl.DateTimeFormat("en", { timeZone: name }));
  } catch {
    return false;
  }
};

export const BROWSER_ZONE = new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The zone that the user chose; null for the browser's. */
let chosen = isZone(remembered(KEY)) ? remembered(KEY) : null;

/** The name of the time zone in use. */
export const zone = () => chosen ?? BROWSER_ZONE;

/** Uses this zone; null for the browser's. */
export function chooseZone(name) {
  chosen = name;
  choose(KEY, name);
}

/** Formats are made once for each language and zone. */
const formats = new Map();
const formatOf = (name, make) => {
  const key = `${locale}/${zone()}/${name}`;
  if (!formats.has(key)) formats.set(key, make());
  return formats.get(key);
};
const dates = (options) => ({
  format: (ms) =>
    formatOf(
      Object.keys(options).join(),
      () => new Intl.DateTimeFormat(locale, { ...options, hourCycle: "h23", timeZone: zone() }),
    ).format(ms),
});
const clock = dates(SECONDS);
const minutes = dates(MINUTES);
const day = dates(DATE);
const dayAndClock = dates({ ...DATE, ...SECONDS });
const dayAndMinutes = dates({ ...DATE, ...MINUTES });

const numbers = (digits) =>
  formatOf(
    digits,
    () => new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  );

export const count = (n) => numbers(0).format(n);

/** How far the clocks of the zone are ahead of UTC at this time; both in milliseconds. */
export function ahead(ms) {
  if (chosen === null) return -new Date(ms).getTimezoneOffset() * 60_000;
  const wall = formatOf("wall", () => new Intl.DateTimeFormat("en", { ...WALL, hourCycle: "h23", timeZone: chosen }));
  const at = Object.fromEntries(wall.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(at.year, at.month - 1, at.day, at.hour, at.minute, at.second) - Math.floor(ms / 1000) * 1000;
}

/** The time at which the clocks of the zone show what those of UTC show at `wall`; both in milliseconds. */
export const instantOf = (wall) => wall - ahead(wall - ahead(wall));

export const startOfDay = (ms) => instantOf(Math.floor((ms + ahead(ms)) / DAY) * DAY);

const isSameDay = (one, other) => startOfDay(one) === startOfDay(other);

export const time = (iso) => {
  const ms = new Date(iso).getTime();
  return (isSameDay(ms, Date.now()) ? clock : dayAndClock).format(ms);
};

export const utc = (iso) => `${iso.replace("T", " ").replace(/\.\d+Z$|Z$/, "")} UTC`;

/** A tick of an axis or the end of a period, as precise as a step of this many milliseconds needs. */
export const tick = (ms, step) => (step >= DAY ? day : step >= DAY / 4 ? dayAndMinutes : minutes).format(ms);

export const range = (from, to) => {
  const [a, b] = [from, to].map((at) => new Date(at).getTime());
  return isSameDay(a, b)
    ? `${dayAndMinutes.format(a)}–${minutes.format(b)}`
    : `${dayAndMinutes.format(a)} – ${dayAndMinutes.format(b)}`;
};

export function latency(ms) {
  if (ms < 1000) return `${count(ms)} ${t.unit.ms}`;
  return `${numbers(ms < 10_000 ? 1 : 0).format(ms / 1000)} ${t.unit.s}`;
}

/** "in 5 min", "3 s ago". */
export function relative(iso, now = Date.now()) {
  const s = Math.round((new Date(iso).getTime() - now) / 1000);
  const a = Math.abs(s);
  const [seconds, unit] = a < 60 ? [1, "s"] : a < 3600 ? [60, "min"] : a < 172_800 ? [3600, "h"] : [86_400, "d"];
  return { text: `${count(Math.round(a / seconds))} ${t.unit[unit]}`, future: s > 0 };
}

/** Converts between times and the value of a datetime-local field. */
export const toField = (iso) => {
  const ms = new Date(iso).getTime();
  return new Date(ms + ahead(ms)).toISOString().slice(0, 16);
};
export const ofField = (value) => (value === "" ? null : new Date(instantOf(Date.parse(`${value}Z`))).toISOString());

export const hostOf = (url) => /^[a-z]+:\/\/([^/?#]*)/i.exec(url)?.[1] ?? url;

/** The displayed name of a postback: its label, or the host of its URL. */
export const nameOf = (postback) => postback.label ?? hostOf(postback.url);

/** The name of the postback with this id; the id if it has been deleted. */
export function nameById(postbacks, id) {
  const found = postbacks?.find((postback) => postback.postback_id === id);
  return found ? nameOf(found) : id;
}
