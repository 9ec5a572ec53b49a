// What was refused of the ad networks' pushes, for account managers.
import { call, codeOf, query } from "./api.js";
import { el, h, useState } from "./dom.js";
import { useApp, useLoad } from "./store.js";
import { t } from "./texts.js";
import { Empty, Failure, Loading, Page, Pill, Said, Time } from "./ui.js";

const { article, button, code, div, li, p, pre, span, ul } = el;

const PAGE = 50;

export function Refused() {
  const { place } = useApp();
  const keyId = place.query.key_id ?? null;
  // A list of its own for each key, because a cursor belongs to its filters.
  return h(RefusedPushes, { key: `${keyId}`, keyId });
}

function RefusedPushes({ keyId }) {
  const { key, leave } = useApp();
  const [pages, setPages] = useState([]);
  const [cursor, setCursor] = useState(null);
  const { data, error, loading, reload } = useLoad(
    () => load(key, { outcome: "refused", key_id: keyId, limit: PAGE, cursor }, leave),
    [key, keyId, cursor],
  );
  const shown = data === null ? pages : [...pages, data];
  const items = shown.flatMap((page) => page.items);
  const notKept = shown.reduce((sum, page) => sum + page.not_kept, 0);
  const next = data?.next ?? null;
  const more = () => {
    setPages(shown);
    setCursor(next);
  };
  return h(
    Page,
    { title: t.refused.title, lead: t.refused.lead },
    keyId !== null &&
      div(
        { class: "actions" },
        span(t.refused.onlyOf(items[0]?.key_label ?? keyId)),
        button({ class: "small", onClick: () => (location.hash = "#/refused") }, t.refused.allKeys),
      ),
    notKept > 0 && p({ class: "notice", role: "status" }, t.refused.notKept(notKept)),
    ul(
      { class: "refused" },
      items.map((item, i) => li({ key: i }, h(RefusedPush, { item, filtered: keyId !== null }))),
    ),
    data !== null && items.length === 0 && h(Empty, { title: t.refused.none }, p(t.refused.noneText)),
    error !== null && h(Failure, { error, retry: reload }),
    loading && h(Loading),
    next !== null && div({ class: "paging" }, button({ onClick: more }, t.refused.more)),
  );
}

async function load(key, parameters, leave) {
  try {
    return await call(key, "GET", `/v1/pushes${query(parameters)}`);
  } catch (e) {
    if (e.status === 401 || (e.status === 403 && !e.fromApi)) leave(t.signIn.expired);
    throw e;
  }
}

function RefusedPush({ item, filtered }) {
  const { problem } = item;
  // The detail of a single error is its message.
  const errors = problem.errors.filter((one) => one.message !== problem.detail);
  const name = item.key_label ?? item.key_id;
  return article(
    { class: "card attention" },
    div(
      { class: "postback-head" },
      h(Time, { at: item.at }),
      h(Pill, { kind: "failed", title: problem.title }, t.http(item.status)),
      span(t.refused.route[item.route] ?? item.route),
      filtered
        ? span({ class: "muted" }, t.refused.key(name))
        : button(
            {
              class: "small",
              title: item.key_id,
              onClick: () => (location.hash = `#/refused${query({ key_id: item.key_id })}`),
            },
            t.refused.key(name),
          ),
    ),
    p(h(Said, { error: { code: codeOf(problem.type), message: problem.detail } })),
    errors.length > 0 &&
      ul(
        { class: "reasons" },
        errors.map((one, i) => li({ key: i }, one.field !== "" && code(one.field), h(Said, { error: one }))),
      ),
    item.content === ""
      ? p({ class: "muted" }, t.refused.empty)
      : pre(
          { class: "snippet", tabIndex: 0, "aria-label": t.refused.content },
          item.content,
          item.truncated && span({ class: "muted" }, ` ${t.refused.truncated}`),
        ),
  );
}
