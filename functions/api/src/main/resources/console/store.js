// The data that the pages share, and how a page loads its own.
import { createContext, useCallback, useContext, useEffect, useLayoutEffect, useRef, useState } from "./dom.js";

const MAX_POSTBACKS = 4_000;

export const App = createContext(null);

/** `{ session, role, key, affiliateId, postbacks, error, reload, put, remove, toast, place, link, go, leave }`. */
export const useApp = () => useContext(App);

/**
 * The affiliate's postbacks, reloaded with every new page, because other clients and responses of the tracker
 * change them as well: `{ list, error, reload, put, drop }`.
 */
export function usePostbacks(session, page) {
  const [state, setState] = useState({ list: null, error: null });
  const reload = useCallback(async () => {
    if (session === null) return;
    try {
      const { items } = await session.all("/postbacks", {}, MAX_POSTBACKS);
      setState({ list: items, error: null });
    } catch (error) {
      setState((old) => ({ ...old, error }));
    }
  }, [session]);
  useEffect(() => {
    setState({ list: null, error: null });
    reload();
  }, [reload]);
  const pageBefore = useRef(page);
  useEffect(() => {
    if (pageBefore.current !== page) reload();
    pageBefore.current = page;
  }, [page]);
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
  return { ...state, reload, put, drop };
}

/** The result of `load`: `{ data, error, loading, reload }`. A result that is out of date is dropped. */
export function useLoad(load, inputs) {
  const [state, setState] = useState({ data: null, error: null, loading: true });
  const run = useRef(0);
  const reload = useCallback(() => {
    const mine = ++run.current;
    setState((old) => ({ ...old, loading: true }));
    return load().then(
      (data) => mine === run.current && setState({ data, error: null, loading: false }),
      (error) => mine === run.current && setState((old) => ({ data: old.data, error, loading: false })),
    );
  }, inputs);
  useEffect(() => {
    setState({ data: null, error: null, loading: true });
    reload();
    return () => {
      run.current++;
    };
  }, [reload]);
  return { ...state, reload };
}

/** The text of a field that follows a value without overwriting what the user types. */
export function useDraft(value) {
  const [draft, setDraft] = useState(value);
  // Not useEffect, which runs after the field is shown and would drop what was typed until then.
  useLayoutEffect(() => setDraft(value), [value]);
  return [draft, setDraft];
}

/** Calls the function at this interval in milliseconds while the page is visible; null for never. */
export function useTicking(tick, ms) {
  const latest = useRef(tick);
  latest.current = tick;
  useEffect(() => {
    if (ms === null) return undefined;
    let busy = false;
    const timer = setInterval(async () => {
      if (busy || document.visibilityState !== "visible") return;
      busy = true;
      try {
        await latest.current();
      } finally {
        busy = false;
      }
    }, ms);
    return () => clearInterval(timer);
  }, [ms]);
}

/** The value after it has not changed for this many milliseconds. */
export function useSettled(value, ms) {
  const [settled, setSettled] = useState(value);
  const text = JSON.stringify(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [text, ms]);
  return settled;
}
