// The start pages: an affiliate's overview, and the manager's choice of affiliates.
import { dropAffiliate, recentAffiliates, Session } from "./api.js";
import { Charts } from "./charts.js";
import { answerOf } from "./delivery.js";
import { el, h, useEffect, useMemo, useState } from "./dom.js";
import { nameOf } from "./format.js";
import { Held, useHeld, WithHeld } from "./held.js";
import { AffiliateList, Troubles } from "./manager.js";
import { OfferList, usePausing } from "./postbacks.js";
import { useApp, useLoad, useTicking } from "./store.js";
import { statisticsOf, sumOf } from "./statistics.js";
import { t } from "./texts.js";
import { Empty, Failure, Field, Icon, Link, Loading, Page, Pill, SmallLink } from "./ui.js";

const { a, article, button, div, form, h2, h3, li, p, section, span, ul } = el;

const DAY = 86_400_000;
const LOOK = 10_000;
const ID = /^[A-Za-z0-9_.-]{1,64}$/;

const dayAgo = () => new Date(Date.now() - DAY).toISOString();

export function Overview() {
  const { session, role, affiliateId, postbacks, error, reload, link, go } = useApp();
  const since = useMemo(dayAgo, [session]);
  const troubled = useLoad(() => troubles(session, since), [session]);
  useTicking(() => Promise.all([troubled.reload(), reload()]), LOOK);
  const title = role === "manager" ? t.overview.titleOf(affiliateId) : t.overview.title;
  const back = role === "manager" ? { to: "#/", text: t.affiliates.title } : null;
  if (postbacks === null)
    return h(Page, { title, back }, error === null ? h(Loading) : h(Failure, { error, retry: reload }));
  const filter = (more) => go("log", { ...(more.since ? {} : { period: "24h" }), ...more });
  return h(
    Page,
    { title, back },
    postbacks.length === 0 && h(FirstPostback, { link }),
    postbacks.length > 0 && h(WithHeld, { postbacks }, h(Attention, { postbacks, troubled })),
    h(LastDay, { since, filter }),
    postbacks.length > 0 && h(OfferList, { postbacks, link }),
  );
}

/** The newest failed and retrying deliveries, which show whether there are any; tests do not count. */
async function troubles(session, since) {
  const ask = (state) => session.page("/deliveries", { state, since, test: false }, 200);
  const [failed, retrying] = await Promise.all([ask("failed"), ask("retrying")]);
  const all = failed.next === null && retrying.next === null ? null : await exactly(session, since);
  return { failed, retrying, all };
}

/** The statistics; null if there are too many postbacks for one answer. */
async function exactly(session, since) {
  try {
    return (await statisticsOf(session, { since })).items;
  } catch (e) {
    if (e.status !== 422) throw e;
    return null;
  }
}

const LastDay = ({ since, filter }) => {
  const filters = useMemo(() => ({ since, test: false }), [since]);
  return section(
    { class: "last-day", "aria-label": t.overview.last24 },
    h2(t.overview.last24),
    h(Charts, { filters, filter }),
  );
};

const FirstPostback = ({ link }) =>
  h(
    Empty,
    { title: t.overview.none },
    p(t.overview.noneText),
    div(
      { class: "actions centre" },
      h(Link, { to: link("profile"), className: "button primary" }, t.overview.addGlobal),
      h(Link, { to: link("offers"), className: "button" }, t.overview.addOffer),
    ),
  );

function Attention({ postbacks, troubled }) {
  const { data } = troubled;
  const { counts } = useHeld();
  const paused = postbacks
    .filter((postback) => postback.state === "paused")
    .sort((one, other) => severity(one) - severity(other));
  const failing = data === null ? [] : failingOf(data, postbacks);
  const holding = postbacks.filter(({ state, postback_id: id }) => state === "active" && (counts.get(id) ?? 0) > 0);
  const calm = data !== null && paused.length === 0 && failing.length === 0 && holding.length === 0;
  return section(
    { "aria-label": t.overview.attention },
    calm
      ? div(
          { class: "all-well" },
          span({ class: "tick", "aria-hidden": "true" }),
          div(h2(t.overview.allWell), p({ class: "muted" }, t.overview.allWellText)),
        )
      : h2(t.overview.attention),
    data === null && troubled.error === null && h(Loading),
    troubled.error !== null && h(Failure, { error: troubled.error, retry: troubled.reload }),
    paused.map((postback) =>
      h(PausedCard, { key: postback.postback_id, postback, failed: failing.find((one) => one.postback === postback) }),
    ),
    holding.map((postback) => h(HoldingCard, { key: `held ${postback.postback_id}`, postback })),
    failing
      .filter(({ postback }) => postback.state === "active")
      .map((one) => h(FailingCard, { key: one.postbackId, ...one })),
  );
}

const severity = (postback) => ["failing", "gone", "by_hand"].indexOf(postback.paused_reason);

/** The failures by postback, in descending order. */
function failingOf({ failed, retrying, all }, postbacks) {
  const by = (page) => Map.groupBy(page.items, (delivery) => delivery.postback_id);
  const failedBy = by(failed);
  const retryingBy = by(retrying);
  return [...new Set([...failedBy.keys(), ...retryingBy.keys()])]
    .map((postbackId) => {
      const own = [...(failedBy.get(postbackId) ?? []), ...(retryingBy.get(postbackId) ?? [])];
      return {
        postbackId,
        postback: postbacks.find((postback) => postback.postback_id === postbackId),
        failed: numberOf("failed", failedBy.get(postbackId), all, postbackId),
        retrying: numberOf("retrying", retryingBy.get(postbackId), all, postbackId),
        more: all === null && (failed.next !== null || retrying.next !== null),
        last: own
          .map((delivery) => delivery.attempts.at(-1))
          .filter(Boolean)
          .sort((one, other) => (one.at < other.at ? 1 : -1))[0],
      };
    })
    .filter(({ postback }) => postback !== undefined)
    .sort((one, other) => other.failed - one.failed || other.retrying - one.retrying);
}

/** The statistics are exact but a minute late, and the rows are only the newest. */
const numberOf = (state, rows, all, postbackId) =>
  Math.max(rows?.length ?? 0, all === null ? 0 : sumOf(all, state, postbackId));

const pageOf = (postback) =>
  postback.offer_id === null ? "profile" : `offers/${encodeURIComponent(postback.offer_id)}`;
const whereOf = (postback) => (postback.offer_id === null ? t.nav.profile : t.common.offer(postback.offer_id));

function PausedCard({ postback, failed }) {
  const { link } = useApp();
  const pausing = usePausing();
  return article(
    { class: "card attention" },
    div(
      { class: "postback-head" },
      h3(nameOf(postback)),
      h(Pill, { kind: postback.paused_reason === "by_hand" ? "held" : "failed" }, t.paused[postback.paused_reason]),
      span({ class: "muted" }, whereOf(postback)),
    ),
    p({ class: "hint" }, t.pausedHelp[postback.paused_reason]),
    h(Held, { postback }),
    failed?.failed > 0 && p(t.overview.failed(failed.failed, failed.more)),
    div(
      { class: "actions" },
      button(
        { class: "small", onClick: () => pausing(postback), "aria-label": `${t.overview.resume}: ${nameOf(postback)}` },
        t.overview.resume,
      ),
      h(SmallLink, { to: link(pageOf(postback)), text: t.overview.edit, about: nameOf(postback) }),
    ),
  );
}

/** An active postback with callbacks that were held while it was paused. */
const HoldingCard = ({ postback }) =>
  article(
    { class: "card attention" },
    div(
      { class: "postback-head" },
      h3(nameOf(postback)),
      h(Pill, { kind: "held" }, t.state.held),
      span({ class: "muted" }, whereOf(postback)),
    ),
    h(Held, { postback }),
  );

function FailingCard({ postback, failed, retrying, more, last }) {
  const { link } = useApp();
  const see = link("log", {
    postback_id: postback.postback_id,
    state: failed > 0 ? "failed" : "retrying",
    period: "24h",
  });
  return article(
    { class: "card attention" },
    div(
      { class: "postback-head" },
      h3(nameOf(postback)),
      failed > 0 && h(Pill, { kind: "failed" }, t.state.failed),
      retrying > 0 && h(Pill, { kind: "retrying" }, t.state.retrying),
      span({ class: "muted" }, whereOf(postback)),
    ),
    failed > 0 && p(t.overview.failed(failed, more)),
    retrying > 0 && p(t.overview.retrying(retrying, more)),
    last && p({ class: "hint" }, `${t.overview.lastReason} ${last.error ?? answerOf(last)}`),
    div(
      { class: "actions" },
      h(SmallLink, { to: see, text: t.overview.seeLog, about: nameOf(postback) }),
      h(SmallLink, { to: link(pageOf(postback)), text: t.overview.edit, about: nameOf(postback) }),
    ),
  );
}

/** The manager's start page: any affiliate by its id, and those opened before, most problems first. */
export function Affiliates() {
  const { key } = useApp();
  const [id, setId] = useState("");
  const [wrong, setWrong] = useState(false);
  const [ids, setIds] = useState(recentAffiliates);
  const open = (event) => {
    event.preventDefault();
    const given = id.trim();
    setWrong(!ID.test(given) || given === "me");
    if (ID.test(given) && given !== "me") location.hash = `#/a/${encodeURIComponent(given)}/`;
  };
  const [found, setFound] = useState({});
  useEffect(() => {
    let current = true;
    for (const one of ids) {
      conditionOf(new Session(key, "manager", one)).then(
        (condition) => current && setFound((old) => ({ ...old, [one]: condition })),
        () => {},
      );
    }
    return () => (current = false);
  }, [key, ids.join()]);
  const trouble = (one) => (found[one]?.paused ?? 0) * 1000 + (found[one]?.failed ?? 0);
  const sorted = [...ids].sort((one, other) => trouble(other) - trouble(one));
  const drop = (one) => {
    dropAffiliate(one);
    setIds(recentAffiliates());
  };
  return h(
    Page,
    { title: t.affiliates.title, lead: t.affiliates.lead },
    form(
      { class: "inline-form", onSubmit: open, noValidate: true },
      h(Field, {
        label: t.affiliates.id,
        value: id,
        autocomplete: "off",
        set: setId,
        errors: wrong ? [{ field: "id", code: "invalid", message: t.affiliates.invalid }] : [],
      }),
      button({ class: "primary" }, t.affiliates.open),
    ),
    ul(
      { class: "rows recent" },
      sorted.map((one) =>
        li(
          { key: one },
          a(
            { href: `#/a/${encodeURIComponent(one)}/` },
            span({ class: "row-title" }, t.nav.affiliate(one)),
            found[one] && h(Condition, { ...found[one] }),
            h(Icon, { name: "chevron" }),
          ),
          button(
            { class: "quiet icon-only", "aria-label": t.affiliates.remove(one), onClick: () => drop(one) },
            h(Icon, { name: "close" }),
          ),
        ),
      ),
    ),
    h(Troubles),
    h(AffiliateList, { typed: id }),
  );
}

async function conditionOf(session) {
  const since = dayAgo();
  const [postbacks, failed] = await Promise.all([
    session.all("/postbacks", {}, 2_000),
    session.page("/deliveries", { state: "failed", since, test: false }, 200),
  ]);
  const all = failed.next === null ? null : await exactly(session, since);
  return {
    postbacks: postbacks.items.length,
    paused: postbacks.items.filter((postback) => postback.state === "paused").length,
    failed: numberOf("failed", failed.items, all, null),
    more: all === null && failed.next !== null,
  };
}

const Condition = ({ postbacks, paused, failed, more }) =>
  span(
    { class: "condition" },
    paused > 0 && h(Pill, { kind: "held" }, t.affiliates.paused(paused)),
    failed > 0 && h(Pill, { kind: "failed" }, t.affiliates.failed(failed, more)),
    paused + failed === 0 &&
      span(
        { class: "muted" },
        postbacks === 0 ? t.affiliates.empty : `${t.affiliates.postbacks(postbacks)} · ${t.affiliates.fine}`,
      ),
  );
