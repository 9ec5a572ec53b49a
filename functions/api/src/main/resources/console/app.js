// The entry point: signing in, then the page that the URL names.
import { Compare } from "./compare.js";
import { el, h, render } from "./dom.js";
import { useDeletes } from "./deletes.js";
import { Frame } from "./frame.js";
import { Affiliates, Overview } from "./home.js";
import { Log } from "./log.js";
import { Notifications } from "./notifications.js";
import { addressOf, usePlace } from "./place.js";
import { OfferPage, Offers, Profile } from "./postbacks.js";
import { Refused } from "./refused.js";
import { useSession, useSignedIn } from "./session.js";
import { SignIn } from "./signin.js";
import { App, usePostbacks } from "./store.js";
import { t } from "./texts.js";
import { Toasts, useToasts } from "./toasts.js";
import { Failure, Loading, Page } from "./ui.js";
import { Why } from "./why.js";

const { a, h1, main } = el;

function Console() {
  const { state, retry, signIn, signOut } = useSignedIn();
  switch (state.is) {
    case "asking":
      return main({ class: "signin" }, h(Loading));
    case "error":
      return main({ class: "signin" }, h1(t.name), h(Failure, { error: state.error, retry }));
    case "out":
      return h(SignIn, { message: state.message, signedIn: signIn });
    default:
      return h(Signed, { signed: state, signOut });
  }
}

function Signed({ signed, signOut }) {
  const place = usePlace();
  const page = place.path.join("/");
  const chosen = signed.role === "manager" ? place.affiliateId : null;
  const affiliateId = chosen ?? signed.affiliateId;
  const session = useSession(signed, chosen, signOut);
  const { toasts, toast, dismiss } = useToasts();
  const { list, drop, ...store } = usePostbacks(session, page);
  const { pending, remove } = useDeletes(session, drop, toast);

  const link = (path, parameters) => addressOf(chosen, path, parameters);
  const app = {
    session,
    role: signed.role,
    key: signed.key,
    affiliateId: affiliateId ?? list?.[0]?.affiliate_id ?? null,
    ...store,
    postbacks: list?.filter((postback) => !pending.has(postback.postback_id)) ?? null,
    remove,
    toast,
    place,
    link,
    go: (...to) => (location.hash = link(...to)),
    leave: (message) => {
      pending.flush(false);
      signOut(message);
    },
  };
  const leave = () => app.leave();
  return h(
    App.Provider,
    { value: app },
    h(
      Frame,
      { app, leave, id: `${affiliateId}/${page}` },
      session === null ? h(page === "refused" ? Refused : Affiliates) : h(Route, { place }),
    ),
    h(Toasts, { toasts, dismiss }),
  );
}

function Route({ place }) {
  const [page, id, ...rest] = place.path;
  if (rest.length === 0) {
    if (page === undefined) return h(Overview);
    if (page === "offers") return id === undefined ? h(Offers) : h(OfferPage, { offerId: id });
    if (page === "profile" && id === undefined) return h(Profile);
    if (page === "log" && id === undefined) return h(Log);
    if (page === "compare" && id === undefined) return h(Compare);
    if (page === "notifications" && id === undefined) return h(Notifications);
    if (page === "why") return h(Why, { id: id ?? null });
  }
  return h(Page, { title: t.problem.notFound }, a({ href: "#/" }, t.problem.home));
}

const draw = () => render(h(Console), document.getElementById("app"));
draw();
// Everything is drawn again in another language or time zone, and what was entered is kept.
addEventListener("chosen", draw);
