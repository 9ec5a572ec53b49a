// The frame of every page: the navigation, the signed-in role, and signing out.
import { el, h } from "./dom.js";
import { Locale } from "./locale.js";
import { t } from "./texts.js";
import { Icon } from "./ui.js";

const { a, aside, button, div, li, main, nav, span, ul } = el;

const PAGES = ["offers", "profile", "log", "why", "compare", "notifications"];

/** `id` differs for every page, so that no page inherits the state of the previous one. */
export const Frame = ({ app, leave, id, children }) => [
  a({ class: "skip", href: "#content", onClick: skip }, t.nav.skip),
  div(
    { class: "frame" },
    h(Sidebar, { app, leave }),
    div({ class: "beside" }, main({ id: "content", tabIndex: -1, key: id }, children), h(Locale)),
  ),
];

/** The fragment of the URL names the page, so this link must not change it. */
function skip(event) {
  event.preventDefault();
  document.getElementById("content").focus();
}

function Sidebar({ app, leave }) {
  const { session, place, link } = app;
  const isManager = app.role === "manager";
  const here = place.path[0] ?? "overview";
  const entry = (page, href, current) =>
    li(
      { key: page },
      a({ href, "aria-current": current ? "page" : undefined }, h(Icon, { name: page }), span(t.nav[page])),
    );
  return aside(
    { class: "side" },
    div({ class: "brand" }, div({ class: "mark", "aria-hidden": "true" }), span(t.name)),
    nav(
      { "aria-label": t.nav.label },
      ul(
        isManager && entry("affiliates", "#/", session === null && here !== "refused"),
        isManager && entry("refused", "#/refused", session === null && here === "refused"),
        session !== null && entry("overview", link(""), here === "overview"),
        session !== null && PAGES.map((page) => entry(page, link(page), here === page)),
      ),
    ),
    div(
      { class: "who" },
      div(
        { class: "who-text" },
        span(
          { class: "who-role" },
          isManager ? t.nav.manager : app.affiliateId === null ? t.nav.you : t.nav.affiliate(app.affiliateId),
        ),
        isManager && app.affiliateId !== null && span({ class: "who-affiliate" }, t.nav.affiliate(app.affiliateId)),
      ),
      button(
        { class: "quiet", onClick: leave, title: t.nav.signOut, "aria-label": t.nav.signOut },
        h(Icon, { name: "signOut" }),
      ),
    ),
  );
}
