// The console's frame: signing in and out, where one is, and what all pages share.
import { forget, keepKey, Problem, rememberAffiliate, roleOf, Session, storedKey } from "./api.js";
import { el, h, render, useCallback, useEffect, useMemo, useRef, useState } from "./dom.js";
import { Affiliates, Overview } from "./home.js";
import { Log } from "./log.js";
import { OfferPage, Offers, Profile } from "./postbacks.js";
import { SignIn } from "./signin.js";
import { App, PendingDeletes, usePlace } from "./store.js";
import { t } from "./texts.js";
import { Failure, Icon, Loading, Page, Toasts } from "./ui.js";
import { Why } from "./why.js";

const { a, aside, button, div, h1, li, main, nav, span, ul } = el;

/** So long a deleted postback may be brought back, and a message stands, in milliseconds. */
const UNDO = 7_000;
const MESSAGE = 6_000;

const MOST_POSTBACKS = 4_000;

function Console() {
  const [signed, setSigned] = useState(() => (storedKey() === null ? { is: "out" } : { is: "asking" }));

  useEffect(() => {
    if (signed.is !== "asking") return;
    const key = storedKey();
    roleOf(key).then(
      (who) => setSigned(who.role === "other" ? { is: "out", message: t.signIn.notForPeople } : { is: "in", key, ...who }),
      (e) => setSigned(e instanceof Problem && (e.status === 401 || e.status === 403) ? { is: "out", message: t.signIn.expired } : { is: "error", error: e }),
    );
  }, [signed]);

  const signOut = useCallback((message) => {
    forget();
    location.hash = "#/";
    setSigned({ is: "out", message });
  }, []);

  if (signed.is === "asking") return main({ class: "signin" }, h(Loading));
  if (signed.is === "error") {
    return main({ class: "signin" }, h1(t.name), h(Failure, { error: signed.error, retry: () => setSigned({ is: "asking" }) }));
  }
  if (signed.is === "out") {
    const signedIn = (key, who) => {
      keepKey(key);
      setSigned({ is: "in", key, ...who });
    };
    return h(SignIn, { message: signed.message, signedIn });
  }
  return h(Signed, { signed, signOut });
}

/** The affiliate's postbacks: the list, and how a page changes it after the API did. */
function usePostbacks(session, deletes) {
  const [state, setState] = useState({ list: null, error: null });
  const reload = useCallback(async () => {
    if (session === null) return;
    try {
      const { items } = await session.all("/postbacks", {}, MOST_POSTBACKS);
      setState({ list: items, error: null });
    } catch (error) {
      setState((old) => ({ ...old, error }));
    }
  }, [session]);
  useEffect(() => {
    setState({ list: null, error: null });
    reload();
  }, [reload]);
  const put = useCallback((postback) => {
    setState(({ list, error }) => {
      const known = (list ?? []).some((other) => other.postback_id === postback.postback_id);
      const next = known
        ? list.map((other) => (other.postback_id === postback.postback_id ? postback : other))
        : [...(list ?? []), postback];
      return { list: next, error };
    });
  }, []);
  const drop = useCallback((id) => {
    setState(({ list, error }) => ({ list: (list ?? []).filter((other) => other.postback_id !== id), error }));
  }, []);
  const list = state.list?.filter((postback) => !deletes.has(postback.postback_id)) ?? null;
  return { postbacks: list, everyPostback: state.list, error: state.error, reload, put, drop };
}

function Signed({ signed, signOut }) {
  const place = usePlace();
  const [toasts, setToasts] = useState([]);
  const [, redraw] = useState(0);
  const deletes = useMemo(() => new PendingDeletes(() => redraw((n) => n + 1)), []);
  const isManager = signed.role === "manager";
  const affiliateId = isManager ? place.affiliateId : signed.affiliateId;

  const session = useMemo(() => {
    if (isManager && affiliateId === null) return null;
    const made = new Session(signed.key, signed.role, affiliateId);
    made.onExpired = () => signOut(t.signIn.expired);
    return made;
  }, [signed.key, isManager ? affiliateId : null]);

  const store = usePostbacks(session, deletes);

  // Others change postbacks as well, and so does a tracker that answers 410.
  const page = place.path.join("/");
  const pageBefore = useRef(page);
  useEffect(() => {
    if (pageBefore.current !== page) store.reload();
    pageBefore.current = page;
  }, [page]);

  const dismiss = useCallback((id) => setToasts((all) => all.filter((toast) => toast.id !== id)), []);
  const toast = useCallback((text, { action, kind, ms = MESSAGE } = {}) => {
    const id = crypto.randomUUID();
    setToasts((all) => [...all.slice(-2), { id, text, action, kind }]);
    setTimeout(() => dismiss(id), ms);
  }, []);

  useEffect(() => {
    const leave = () => deletes.flush(true);
    addEventListener("pagehide", leave);
    return () => removeEventListener("pagehide", leave);
  }, []);
  useEffect(() => {
    if (isManager && affiliateId !== null) rememberAffiliate(affiliateId);
  }, [isManager, affiliateId]);

  const link = (path, parameters) => {
    const search = parameters === undefined ? "" : new URLSearchParams(Object.entries(parameters).filter(([, v]) => v)).toString();
    const root = isManager && affiliateId !== null ? `#/a/${encodeURIComponent(affiliateId)}/` : "#/";
    return root + path + (search === "" ? "" : `?${search}`);
  };
  const remove = (postback, name) => {
    const id = postback.postback_id;
    const run = async (leaving) => {
      try {
        await session.delete(`/postbacks/${id}`, { keepalive: leaving });
        store.drop(id);
      } catch (e) {
        if (!(e instanceof Problem && e.status === 404)) toast(t.postback.deleteFailed(e.message), { kind: "bad" });
        else store.drop(id);
      }
    };
    deletes.add(id, run, UNDO);
    toast(t.postback.deleting(name), { ms: UNDO, action: { label: t.common.undo, run: () => deletes.undo(id) } });
  };
  const knownId = affiliateId ?? store.everyPostback?.[0]?.affiliate_id ?? null;
  const app = { session, role: signed.role, key: signed.key, affiliateId: knownId, ...store, remove, toast, place, link, go: (...to) => (location.hash = link(...to)) };
  const leave = () => {
    deletes.flush(false);
    signOut();
  };

  return h(
    App.Provider,
    { value: app },
    a({ class: "skip", href: "#content", onClick: skip }, t.nav.skip),
    div(
      { class: "frame" },
      h(Sidebar, { app, isManager, leave }),
      main({ id: "content", tabIndex: -1, key: `${affiliateId}/${place.path.join("/")}` }, session === null ? h(Affiliates) : h(Route, { place })),
    ),
    h(Toasts, { toasts, dismiss }),
  );
}

/** The address is the router's, so the link may not change it. */
function skip(event) {
  event.preventDefault();
  document.getElementById("content").focus();
}

const PAGES = ["offers", "profile", "log", "why"];

function Sidebar({ app, isManager, leave }) {
  const { session, place, link } = app;
  const here = place.path[0] ?? "overview";
  const entry = (page, href, current) =>
    li({ key: page }, a({ href, "aria-current": current ? "page" : undefined }, h(Icon, { name: page }), span(t.nav[page])));
  return aside(
    { class: "side" },
    div({ class: "brand" }, div({ class: "mark", "aria-hidden": "true" }), span(t.name)),
    nav(
      { "aria-label": t.nav.label },
      ul(
        isManager && entry("affiliates", "#/", session === null),
        session !== null && entry("overview", link(""), here === "overview"),
        session !== null && PAGES.map((page) => entry(page, link(page), here === page)),
      ),
    ),
    div(
      { class: "who" },
      div(
        { class: "who-text" },
        span({ class: "who-role" }, isManager ? t.nav.manager : app.affiliateId === null ? t.nav.you : t.nav.affiliate(app.affiliateId)),
        isManager && app.affiliateId !== null && span({ class: "who-affiliate" }, t.nav.affiliate(app.affiliateId)),
      ),
      button({ class: "quiet", onClick: leave, title: t.nav.signOut, "aria-label": t.nav.signOut }, h(Icon, { name: "signOut" })),
    ),
  );
}

function Route({ place }) {
  const [page, id, ...rest] = place.path;
  if (rest.length === 0) {
    if (page === undefined) return h(Overview);
    if (page === "offers") return id === undefined ? h(Offers) : h(OfferPage, { offerId: id });
    if (page === "profile" && id === undefined) return h(Profile);
    if (page === "log" && id === undefined) return h(Log);
    if (page === "why") return h(Why, { conversionId: id ?? null });
  }
  return h(Page, { title: t.problem.notFound }, a({ href: "#/" }, t.problem.home));
}

render(h(Console), document.getElementById("app"));
