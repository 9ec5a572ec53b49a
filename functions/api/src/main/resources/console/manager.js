// The account manager's view of all affiliates: what needs attention, and who there is.
import { call, query } from "./api.js";
import { el, h, useState } from "./dom.js";
import { addressOf } from "./place.js";
import { useApp, useLoad, useSettled, useTicking } from "./store.js";
import { t } from "./texts.js";
import { Failure, Icon, Link, Loading, Pill, Time } from "./ui.js";

const { a, article, button, div, h2, h3, li, p, section, span, ul } = el;

const SHOWN = 20;
const LOOK = 30_000;

/** The time after the last key press until affiliates are searched, in milliseconds. */
const TYPING = 250;

const ID = /^[A-Za-z0-9_.-]{1,64}$/;

/** Loads a list of the manager, page by page: `{ items, next, more, error, loading, reload }`. */
function useList(path, parameters) {
  const { key, leave } = useApp();
  const [limit, setLimit] = useState(SHOWN);
  const { data, error, loading, reload } = useLoad(
    () => load(key, path, { ...parameters, limit }, leave),
    [key, path, JSON.stringify(parameters), limit],
  );
  return {
    items: data?.items ?? [],
    next: data?.next ?? null,
    more: () => setLimit((shown) => shown + 3 * SHOWN),
    error,
    loading,
    reload,
  };
}

/** The first `limit` items, of as many pages as that takes. */
async function load(key, path, { limit, ...parameters }, leave) {
  const items = [];
  let next = null;
  try {
    do {
      const page = await call(
        key,
        "GET",
        path + query({ ...parameters, limit: Math.min(200, limit - items.length), cursor: next }),
      );
      items.push(...page.items);
      next = page.next;
    } while (next !== null && items.length < limit);
  } catch (e) {
    if (e.status === 401 || (e.status === 403 && !e.fromApi)) leave(t.signIn.expired);
    throw e;
  }
  return { items, next };
}

const More = ({ next, more }) => next !== null && div({ class: "paging" }, button({ onClick: more }, t.manager.more));

/** The postbacks of all affiliates that are paused or failing, the worst first. */
export function Troubles() {
  const { items, next, more, error, loading, reload } = useList("/v1/attention", {});
  useTicking(reload, LOOK);
  return section(
    { "aria-label": t.manager.attention, class: "troubles" },
    h2(t.manager.attention),
    error !== null && h(Failure, { error, retry: reload }),
    items.map((item) => h(Trouble, { key: item.postback_id, item })),
    loading && items.length === 0 && h(Loading),
    !loading && error === null && items.length === 0 && p({ class: "muted" }, t.manager.nothing),
    h(More, { next, more }),
  );
}

function Trouble({ item }) {
  const name = item.label ?? (item.offer_id === null ? t.nav.profile : t.common.offer(item.offer_id));
  const kind = item.why === "failing" || item.reason !== "by_hand" ? "failed" : "held";
  return article(
    { class: "card attention" },
    div(
      { class: "postback-head" },
      h3(h(Link, { to: addressOf(item.affiliate_id, "") }, t.nav.affiliate(item.affiliate_id))),
      h(Pill, { kind }, item.why === "failing" ? t.event.failing : t.paused[item.reason]),
      span({ class: "muted" }, name),
    ),
    p(
      { class: "hint" },
      t.manager.since,
      " ",
      h(Time, { at: item.since }),
      item.failed_24h > 0 && ` · ${t.affiliates.failed(item.failed_24h, false)}`,
      item.held > 0 && ` · ${t.manager.held(item.held)}`,
    ),
  );
}

/** All affiliates, or those whose ids begin with what is typed. */
export function AffiliateList({ typed }) {
  const prefix = useSettled(typed.trim(), TYPING);
  const valid = prefix === "" || ID.test(prefix);
  return section(
    { "aria-label": t.manager.all },
    h2(prefix === "" ? t.manager.all : t.manager.beginWith(prefix)),
    valid && h(Found, { key: prefix, prefix }),
  );
}

function Found({ prefix }) {
  const { items, next, more, error, loading, reload } = useList("/v1/affiliates", { prefix });
  return div(
    error !== null && h(Failure, { error, retry: reload }),
    ul(
      { class: "rows" },
      items.map((item) => li({ key: item.affiliate_id }, h(Affiliate, { item }))),
    ),
    loading && items.length === 0 && h(Loading),
    !loading && error === null && items.length === 0 && p({ class: "muted" }, t.manager.none),
    h(More, { next, more }),
  );
}

const Affiliate = ({ item }) =>
  a(
    { href: addressOf(item.affiliate_id, "") },
    span({ class: "row-title" }, t.nav.affiliate(item.affiliate_id)),
    span(
      { class: "condition" },
      item.failed_24h > 0 && h(Pill, { kind: "failed" }, t.affiliates.failed(item.failed_24h, false)),
      span(
        { class: "muted" },
        item.postbacks === 0 ? t.affiliates.empty : t.affiliates.postbacks(item.postbacks),
        ` · ${t.manager.delivered(item.delivered_24h)}`,
      ),
    ),
    h(Icon, { name: "chevron" }),
  );
