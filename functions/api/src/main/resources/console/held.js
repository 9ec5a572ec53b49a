// The held callbacks of the affiliate's postbacks, shown as long as there are any.
import { patiently } from "./api.js";
import { createContext, el, Fragment, h, useContext, useEffect, useRef, useState } from "./dom.js";
import { nameOf, time } from "./format.js";
import { resendAll } from "./resend.js";
import { useApp, useTicking } from "./store.js";
import { said, t } from "./texts.js";
import { SmallLink } from "./ui.js";

const { button, div, p } = el;

/** The interval between counts while callbacks may still be added, in milliseconds. */
const LOOK = 60_000;

/** The limit of requests for one count; each returns up to 200 deliveries and reads up to 10,000 rows. */
const MAX_REQUESTS = 20;

const NOTHING = { counts: new Map(), next: null, searchedUntil: null };

/** Continues a count from its cursor: `{ counts, next, searchedUntil }`, the counts by postback. */
async function counted(session, { counts, next }) {
  const sums = new Map(counts);
  let cursor = next;
  let searchedUntil = null;
  let requests = 0;
  do {
    const page = await patiently(() => session.one("/deliveries", { state: "held", limit: 200, cursor }));
    for (const { postback_id: id } of page.items) sums.set(id, (sums.get(id) ?? 0) + 1);
    cursor = page.next;
    searchedUntil = page.searched_until ?? null;
    requests++;
  } while (cursor !== null && requests < MAX_REQUESTS);
  return { counts: sums, next: cursor, searchedUntil };
}

const Counted = createContext({ counts: NOTHING.counts, complete: true, reload: () => {} });

/** `{ counts, complete, reload }` of the surrounding `WithHeld`. */
export const useHeld = () => useContext(Counted);

/** Counts the held callbacks of all postbacks at once, for the cards inside. */
export function WithHeld({ postbacks, children }) {
  const { session } = useApp();
  const [state, setState] = useState(NOTHING);
  const run = useRef(0);
  const count = async (from) => {
    const mine = ++run.current;
    try {
      const found = await counted(session, from);
      if (mine === run.current) setState(found);
    } catch {
      // The count is an addition to the page; the next one is made soon.
    }
  };
  const reload = () => count(NOTHING);
  const states = postbacks.map((postback) => postback.postback_id + postback.state).join();
  useEffect(() => {
    reload();
    return () => run.current++;
  }, [session, states]);
  const mayGrow = state.counts.size > 0 || postbacks.some((postback) => postback.state === "paused");
  useTicking(reload, mayGrow && state.next === null ? LOOK : null);
  return h(
    Counted.Provider,
    { value: { counts: state.counts, complete: state.next === null, reload } },
    h(
      Fragment,
      null,
      children,
      state.next !== null &&
        p(
          { class: "hint" },
          `${t.held.searched(time(state.searchedUntil))} `,
          button({ class: "small", onClick: () => count(state) }, t.lookup.further),
        ),
    ),
  );
}

/** The number of callbacks that are held for the postback, and the button that resends them. */
export function Held({ postback }) {
  const { session, toast, link } = useApp();
  const { counts, complete, reload } = useHeld();
  const [busy, setBusy] = useState(false);
  const [resent, setResent] = useState(false);
  const n = counts.get(postback.postback_id) ?? 0;
  if (n === 0) return null;
  const resend = async () => {
    setBusy(true);
    try {
      const request = { since: "2000-01-01T00:00:00Z", states: ["held"], postback_id: postback.postback_id };
      toast(t.resend.done(await resendAll(session, request)));
    } catch (e) {
      toast(said(e), { kind: "bad" });
    }
    await reload();
    setResent(true);
    setBusy(false);
  };
  const active = postback.state === "active";
  return div(
    { class: "warning held" },
    p(active ? t.held.active(n, !complete) : t.held.paused(n, !complete)),
    active && resent && !busy && p(t.held.left),
    active &&
      button(
        { class: "small", disabled: busy, onClick: resend, "aria-label": `${t.held.resend}: ${nameOf(postback)}` },
        busy ? t.resend.busy : t.held.resend,
      ),
    h(SmallLink, {
      to: link("log", { postback_id: postback.postback_id, state: "held", period: "all" }),
      text: t.overview.seeLog,
      about: nameOf(postback),
    }),
  );
}
