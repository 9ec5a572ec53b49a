// Compares two requests part by part: method, address, parameters, content type, body and headers.
import { t } from "./texts.js";

const pairsOf = (form) =>
  form
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const at = pair.indexOf("=");
      return at < 0 ? [pair, ""] : [pair.slice(0, at), pair.slice(at + 1)];
    });

/** Keeps numbers as they are written: 12.50 and 12.5 are different bodies. */
const asWritten = (_, value, context) =>
  typeof value === "object" && value !== null ? value : (context?.source ?? JSON.stringify(value));

/** The leaves of a JSON value, `[path, text]`. */
function leavesOf(value, path = "") {
  if (typeof value === "string") return [[path, value]];
  const members = Object.entries(value);
  return members.length === 0
    ? [[path, JSON.stringify(value)]]
    : members.flatMap(([name, member]) => leavesOf(member, path === "" ? name : `${path}.${name}`));
}

function fieldsOf(body, type) {
  if (type?.startsWith("application/x-www-form-urlencoded")) return pairsOf(body);
  try {
    return leavesOf(JSON.parse(body, asWritten));
  } catch {
    return [["", body]];
  }
}

/** The parts of a request, from name to value; a repeated name is numbered. */
export function partsOf({ method, url, body, content_type: type, headers }) {
  const parts = new Map();
  const add = (name, value) => {
    let free = name;
    for (let i = 2; parts.has(free); i++) free = `${name} (${i})`;
    parts.set(free, value);
  };
  const query = url.indexOf("?");
  add(t.recent.parts.method, method);
  add(t.recent.parts.address, query < 0 ? url : url.slice(0, query));
  if (query >= 0) for (const [name, value] of pairsOf(url.slice(query + 1))) add(name, value);
  if (type !== null) add(t.recent.parts.type, type);
  if (body !== null)
    for (const [name, value] of fieldsOf(body, type))
      add(name === "" ? t.recent.parts.body : t.recent.parts.field(name), value);
  for (const [name, value] of Object.entries(headers)) add(t.recent.parts.header(name), value);
  return parts;
}

const kindOf = (edited, present) =>
  edited === present ? "same" : present === undefined ? "added" : edited === undefined ? "removed" : "changed";

/** Every part of the two requests: `{ name, edited, present, kind }`, kind being same, changed, added or removed. */
export function compared(edited, present) {
  const one = partsOf(edited);
  const other = partsOf(present);
  const rows = [...new Set([...one.keys(), ...other.keys()])].map((name) => ({
    name,
    edited: one.get(name),
    present: other.get(name),
    kind: kindOf(one.get(name), other.get(name)),
  }));
  if (rows.some(({ kind }) => kind !== "same")) return rows;
  // The same parts in another order, or written differently.
  const whole = [
    { name: t.recent.parts.url, edited: edited.url, present: present.url },
    { name: t.recent.parts.body, edited: edited.body, present: present.body },
  ];
  return [...whole.filter((row) => row.edited !== row.present).map((row) => ({ ...row, kind: "changed" })), ...rows];
}

/** Splits a text where it differs from the other: `[before, different, after]`. */
export function difference(one, other) {
  let start = 0;
  while (start < one.length && one[start] === other[start]) start++;
  let end = 0;
  const most = Math.min(one.length, other.length) - start;
  while (end < most && one.at(-1 - end) === other.at(-1 - end)) end++;
  return [one.slice(0, start), one.slice(start, one.length - end), one.slice(one.length - end)];
}
