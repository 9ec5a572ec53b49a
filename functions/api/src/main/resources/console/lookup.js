// Finds conversions and deliveries by the id that the user has, whichever it is.
import { useEffect, useRef, useState } from "./dom.js";

const DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
const DIGIT = `[${DIGITS}]`;

/** The id of an event, or of a delivery: the event's id, a dot and the id of the postback. */
const OURS = new RegExp(`^(${DIGIT}{9})-${DIGIT}{16}-(?:${DIGIT}{24}|${DIGIT}{8})(\\..+)?$`);

/** The limit of conversions that one request returns. */
const CLICKS = 50;

/**
 * What the text can be: `{ is: "delivery", at }`, `{ is: "event", at }` with the time in the id, or
 * `{ is: "given" }` for the ids that others give: of a conversion, which trackers call the transaction, or of a click.
 */
export function kindOf(text) {
  const [, time, postback] = OURS.exec(text) ?? [];
  if (time === undefined) return { is: "given" };
  const at = [...time].reduce((sum, digit) => sum * 32 + DIGITS.indexOf(digit), 0);
  return { is: postback === undefined ? "event" : "delivery", at };
}

/** The result of the promise; null if the API has nothing with this id. */
async function orNull(promise) {
  try {
    return await promise;
  } catch (e) {
    if (e.status === 404) return null;
    throw e;
  }
}

const millisecond = (at) => ({ since: new Date(at).toISOString(), until: new Date(at + 1).toISOString() });

/** The conversion of a delivery or an event of ours; null if there is none. */
async function conversionOf(session, id, { is, at }) {
  if (is === "delivery") return (await orNull(session.get(`/deliveries/${encodeURIComponent(id)}`)))?.conversion_id;
  const { items } = await session.page("/conversions", millisecond(at), CLICKS);
  return items.find((event) => event.event_id === id)?.conversion_id;
}

/**
 * Yields what is known after each request: `{ by, conversions, searchedUntil }`. `by` is delivery, event, conversion or
 * click; null as long as nothing is found.
 */
async function* finding(session, id) {
  const kind = kindOf(id);
  if (kind.is !== "given") {
    const conversion = await conversionOf(session, id, kind);
    if (conversion) return yield { by: kind.is, conversions: [conversion], searchedUntil: null };
  }
  if ((await orNull(session.get(`/conversions/${encodeURIComponent(id)}`))) !== null)
    return yield { by: "conversion", conversions: [id], searchedUntil: null };
  const conversions = new Set();
  let cursor = null;
  do {
    const page = await session.one("/conversions", { ref_id: id, limit: CLICKS, cursor });
    page.items.forEach((event) => conversions.add(event.conversion_id));
    cursor = page.next;
    yield {
      by: conversions.size > 0 ? "click" : null,
      conversions: [...conversions],
      searchedUntil: cursor === null ? null : page.searched_until,
    };
  } while (cursor !== null);
}

const NOTHING = { by: null, conversions: [], searchedUntil: null };

/**
 * The search for this id: `{ by, conversions, searchedUntil, searching, error, more, stop }`. It ends with the first
 * match; `more` continues it, or starts it again after an error. `searchedUntil` is null once everything has been
 * searched.
 */
export function useLookup(session, id) {
  const [state, setState] = useState({ ...NOTHING, searching: true, error: null });
  const run = useRef({ steps: null, number: 0 });
  const more = async () => {
    const mine = ++run.current.number;
    run.current.steps ??= finding(session, id);
    const show = (changes) => mine === run.current.number && setState((old) => ({ ...old, ...changes }));
    show({ searching: true, error: null });
    try {
      for (let found = 0; found === 0 && mine === run.current.number; ) {
        const { value, done } = await run.current.steps.next();
        if (done) break;
        show(value);
        found = value.searchedUntil === null ? 1 : value.conversions.length;
      }
    } catch (error) {
      run.current.steps = null;
      show({ error });
    }
    show({ searching: false });
  };
  const stop = () => {
    run.current.number++;
    setState((old) => ({ ...old, searching: false }));
  };
  useEffect(() => {
    more();
    return () => run.current.number++;
  }, []);
  return { ...state, more, stop };
}

/**
 * A page of the deliveries that belong to this id: `{ items, next, searchedUntil, by }`.
 *
 * @param by what the first page found the id to be; null for the first page
 */
export async function deliveriesOf(session, id, filters, limit, cursor, by, progress) {
  const kind = kindOf(id);
  if (kind.is === "delivery" && by === null) {
    const found = await orNull(session.get(`/deliveries/${encodeURIComponent(id)}`));
    if (found !== null) return { items: [found], next: null, searchedUntil: null, by: null };
  }
  if (kind.is === "event" && by === null) {
    const { items } = await session.page("/deliveries", millisecond(kind.at), limit);
    const own = items.filter((delivery) => delivery.event_id === id);
    if (own.length > 0) return { items: own, next: null, searchedUntil: null, by: null };
  }
  if (by !== "ref_id") {
    const page = await session.page("/deliveries", { ...filters, conversion_id: id }, limit, cursor, progress);
    if (page.items.length > 0 || by !== null) return { ...page, by: "conversion_id" };
  }
  const page = await session.page("/deliveries", { ...filters, ref_id: id }, limit, cursor, progress);
  return { ...page, by: "ref_id" };
}
