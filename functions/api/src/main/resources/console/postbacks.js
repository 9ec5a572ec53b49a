// The pages "Your Postback" of an offer and "Global postbacks" of the profile.
import { BackfillOffer } from "./backfill.js";
import { Editor } from "./editor.js";
import { el, h, useRef, useState } from "./dom.js";
import { nameOf } from "./format.js";
import { Held, WithHeld } from "./held.js";
import { useApp } from "./store.js";
import { TestDialog } from "./test.js";
import { said, t } from "./texts.js";
import { Empty, Failure, Field, Icon, Link, Loading, Page, Pill, Said, SmallLink, Template } from "./ui.js";

const { article, button, div, form, h2, h3, li, p, section, span, ul } = el;

/** The members of a postback that PUT accepts. */
const REPLACED =
  "offer_id url method body content_type headers secrets statuses goals revisions stale max_per_second also_global label state tracker answer_rules signature".split(
    " ",
  );
const replaced = (postback) => Object.fromEntries(REPLACED.map((name) => [name, postback[name]]));

export function usePausing() {
  const { session, put, toast, reload } = useApp();
  return async (postback) => {
    const pausing = postback.state === "active";
    try {
      const saved = await session.put(
        `/postbacks/${postback.postback_id}`,
        { ...replaced(postback), state: pausing ? "paused" : "active" },
        postback.version,
      );
      put(saved);
      toast(pausing ? t.postback.pausedToast : t.postback.resumed);
    } catch (e) {
      toast(e.status === 412 ? t.postback.stale : said(e), { kind: "bad" });
      reload();
    }
  };
}

function Card({ postback, edit, editable = true }) {
  const { link, remove } = useApp();
  const [testing, setTesting] = useState(false);
  const pausing = usePausing();
  const name = nameOf(postback);
  const paused = postback.state === "paused";
  const act = (label, onClick, className = "small") =>
    button({ class: className, onClick, "aria-label": `${label}: ${name}` }, label);
  return article(
    { class: `card postback ${paused ? "is-paused" : ""}`, "aria-label": name },
    div(
      { class: "postback-head" },
      h3(name),
      paused
        ? h(Pill, { kind: postback.paused_reason === "by_hand" ? "held" : "failed" }, t.paused[postback.paused_reason])
        : h(Pill, { kind: "delivered" }, t.postback.active),
      postback.endpoint.state !== "closed" && h(Pill, { kind: "retrying" }, t.endpoint[postback.endpoint.state]),
      postback.method === "POST" && h(Pill, { kind: "plain" }, "POST"),
      postback.signed && h(Pill, { kind: "plain" }, t.postback.signed),
    ),
    h(Template, { text: postback.url }),
    postback.body !== null && h(Template, { text: postback.body }),
    paused && p({ class: "hint" }, t.pausedHelp[postback.paused_reason]),
    postback.endpoint.state !== "closed" && p({ class: "hint" }, t.endpointHelp[postback.endpoint.state]),
    p(
      { class: "fires" },
      t.postback.firesFor,
      " ",
      postback.statuses.map((status) => h(Pill, { kind: "plain", key: status }, t.status[status])),
      " ",
      span(postback.goals.length === 0 ? t.postback.anyGoal : t.postback.goals(postback.goals.join(", "))),
      postback.also_global &&
        span({ class: "also" }, postback.offer_id === null ? t.postback.alsoGlobalGlobal : t.postback.alsoGlobalOffer),
    ),
    postback.warnings.map((warning) =>
      p({ class: "warning", key: warning.code + warning.message }, h(Said, { error: warning })),
    ),
    h(Held, { postback }),
    editable &&
      div(
        { class: "actions" },
        act(t.postback.edit, edit),
        act(paused ? t.postback.resume : t.postback.pause, () => pausing(postback)),
        !paused && act(t.postback.test, () => setTesting(true)),
        h(SmallLink, { to: link("log", { postback_id: postback.postback_id }), text: t.postback.log, about: name }),
        act(t.postback.remove, () => remove(postback, name), "small danger"),
      ),
    testing && h(TestDialog, { offerId: postback.offer_id, postback, close: () => setTesting(false) }),
  );
}

/** The postbacks of one scope with their editor; `offerId` is null for global postbacks. */
function Scope({ offerId, title, none, noneText }) {
  const { postbacks, put, toast } = useApp();
  const [editing, setEditing] = useState(null);
  const [offered, setOffered] = useState(null);
  const add = useRef(null);
  const items = postbacks.filter((postback) => postback.offer_id === offerId);
  const close = (id) => {
    setEditing(null);
    // The focus returns to the button that opened the editor.
    requestAnimationFrame(() => {
      const card = id && document.querySelector(`[data-postback="${CSS.escape(id)}"] button`);
      (card ?? add.current)?.focus();
    });
  };
  const saved = (postback) => {
    put(postback);
    toast(t.postback.saved);
    setOffered(postback.state === "active" ? postback : null);
    close(postback.postback_id);
  };
  const content = section(
    { "aria-label": title },
    div(
      { class: "section-head" },
      h2(title),
      button(
        { class: "primary", ref: add, disabled: editing === "new", onClick: () => setEditing("new") },
        t.postback.add,
      ),
    ),
    offered !== null && h(BackfillOffer, { postback: offered, close: () => setOffered(null) }),
    items.length === 0 && editing !== "new" && h(Empty, { title: none }, p(noneText)),
    items.map((postback) =>
      div(
        { key: postback.postback_id, "data-postback": postback.postback_id },
        editing === postback.postback_id
          ? h(Editor, { postback, offerId, saved, cancel: () => close(postback.postback_id) })
          : h(Card, { postback, edit: () => setEditing(postback.postback_id) }),
      ),
    ),
    editing === "new" && h(Editor, { postback: null, offerId, saved, cancel: () => close(null) }),
  );
  return h(WithHeld, { postbacks: items }, content);
}

/** A page that needs the postbacks. */
function WithPostbacks({ children }) {
  const { postbacks, error, reload } = useApp();
  if (postbacks !== null) return children();
  return error === null ? h(Loading) : h(Failure, { error, retry: reload });
}

export function Offers() {
  const { postbacks, link, go } = useApp();
  const [id, setId] = useState("");
  const open = (event) => {
    event.preventDefault();
    if (id.trim() !== "") go(`offers/${encodeURIComponent(id.trim())}`);
  };
  return h(
    Page,
    { title: t.offers.title, lead: t.offers.lead },
    form(
      { class: "inline-form", onSubmit: open },
      h(Field, { label: t.offers.id, value: id, autocomplete: "off", set: setId }),
      button({ class: "primary" }, t.offers.open),
    ),
    h(WithPostbacks, null, () => h(OfferList, { postbacks, link })),
  );
}

export const OfferList = ({ postbacks, link }) => {
  const offers = Map.groupBy(
    postbacks.filter((postback) => postback.offer_id !== null),
    (postback) => postback.offer_id,
  );
  if (offers.size === 0) return p({ class: "muted" }, t.offers.none);
  return section(
    h2(t.offers.list),
    ul(
      { class: "rows" },
      [...offers].map(([offerId, own]) => {
        const paused = own.filter((postback) => postback.state === "paused").length;
        return li(
          { key: offerId },
          h(
            Link,
            { to: link(`offers/${encodeURIComponent(offerId)}`) },
            span({ class: "row-title" }, t.common.offer(offerId)),
            span({ class: "muted" }, t.offers.postbacks(own.length)),
            paused > 0 && h(Pill, { kind: "held" }, t.offers.paused(paused)),
            h(Icon, { name: "chevron" }),
          ),
        );
      }),
    ),
  );
};

export function OfferPage({ offerId }) {
  const { postbacks, link } = useApp();
  const [testing, setTesting] = useState(false);
  const actions = button({ onClick: () => setTesting(true) }, h(Icon, { name: "flask" }), t.test.button);
  return h(
    Page,
    { title: t.common.offer(offerId), back: { to: link("offers"), text: t.offers.back }, actions },
    h(WithPostbacks, null, () => [
      h(Scope, { offerId, title: t.offer.section, none: t.offer.none, noneText: t.offer.noneText }),
      h(Globals, { offerId, postbacks, link }),
    ]),
    testing && h(TestDialog, { offerId, close: () => setTesting(false) }),
  );
}

/** Whether the global postbacks fire for this offer. */
function Globals({ offerId, postbacks, link }) {
  const own = postbacks.filter((postback) => postback.offer_id === offerId);
  const globals = postbacks.filter((postback) => postback.offer_id === null);
  const behaviour = (postback) => {
    if (postback.state === "paused") return ["held", t.offer.paused];
    if (own.length === 0) return ["delivered", t.offer.firesBecauseNone];
    if (postback.also_global) return ["delivered", t.offer.fires];
    return own.some((other) => other.also_global)
      ? ["delivered", t.offer.firesBecauseOffer]
      : ["plain", t.offer.silent];
  };
  return section(
    h2(t.offer.globals),
    globals.length === 0
      ? p({ class: "muted" }, t.offer.globalsNone)
      : ul(
          { class: "rows" },
          globals.map((postback) => {
            const [kind, text] = behaviour(postback);
            return li(
              { key: postback.postback_id },
              h(
                Link,
                { to: link("profile") },
                span({ class: "row-title" }, nameOf(postback)),
                h(Pill, { kind }, text),
                h(Icon, { name: "chevron" }),
              ),
            );
          }),
        ),
  );
}

export const Profile = () =>
  h(
    Page,
    { title: t.profile.title, lead: t.profile.lead },
    h(WithPostbacks, null, () =>
      h(Scope, { offerId: null, title: t.profile.title, none: t.profile.none, noneText: t.profile.noneText }),
    ),
  );
