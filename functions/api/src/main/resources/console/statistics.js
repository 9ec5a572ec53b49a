// The exact counts of an affiliate's deliveries, by postback and hour, without test conversions.
import { query } from "./api.js";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Beyond this the counts are asked for by day; in milliseconds. */
const HOURS_UP_TO = 31 * DAY;

/** Whether the statistics can count what this filter of the log matches. */
export const isCounted = ({ since, offer_id: offerId, test }) =>
  Boolean(since) && !offerId && String(test ?? "") !== "true";

/**
 * `{ items, step }`: the counts since the start of the hour or day of `since`, and how long that is in milliseconds.
 * The statistics are a minute or two late.
 */
export async function statisticsOf(session, { since, until, postback_id: postbackId }) {
  const to = until ? new Date(until).getTime() : Date.now();
  const step = to - new Date(since).getTime() > HOURS_UP_TO ? DAY : HOUR;
  const { items } = await session.get(`/statistics${query({ since, until, by: step === DAY ? "day" : "hour" })}`);
  return { items: items.filter((item) => !postbackId || item.postback_id === postbackId), step };
}

/** The numbers by state as the log names them: there, a rejected delivery is a failed one. */
export const statesOf = ({ delivered, retrying, held, superseded, failed, rejected }) => ({
  delivered,
  retrying,
  held,
  superseded,
  failed: failed + rejected,
});

/** The sum of this state over the counts of one postback, or of all. */
export const sumOf = (items, state, postbackId = null) =>
  items
    .filter((item) => postbackId === null || item.postback_id === postbackId)
    .reduce((sum, item) => sum + statesOf(item)[state], 0);
