// What the pages share: who is signed in, where we are, the affiliate's postbacks, and messages.
import { createContext, useCallback, useContext, useEffect, useLayoutEffect, useRef, useState } from "./dom.js";

export const App = createContext(null);

/** `{ session, postbacks, reload, toast, go, link, place }`. */
export const useApp = () => useContext(App);

/** `#/a/77/log?state=failed` as `{ affiliateId, path: ["log"], query: { state: "failed" } }`. */
export function placeOf(hash) {
  const [path, search = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const parts = path.split("/").filter((part) => part !== "").map(decoded);
  const query = Object.fromEntries(new URLSearchParams(search));
  return parts[0] === "a" ? { affiliateId: parts[1] ?? null, path: parts.slice(2), query } : { affiliateId: null, path: parts, query };
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function usePlace() {
  const [place, setPlace] = useState(() => placeOf(location.hash));
  useEffect(() => {
    const moved = () => setPlace(placeOf(location.hash));
    addEventListener("hashchange", moved);
    return () => removeEventListener("hashchange", moved);
  }, []);
  return place;
}

/** What `load` promises: `{ data, error, loading, reload }`. An answer that came too late is dropped. */
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

/** The text of a field that follows a value, without a moment in which it would overwrite what is typed. */
export function useDraft(value) {
  const [draft, setDraft] = useState(value);
  // Not useEffect: that runs after the field is shown, and drops what was typed until then.
  useLayoutEffect(() => setDraft(value), [value]);
  return [draft, setDraft];
}

/** Calls it every so many milliseconds as long as the page is to be seen; null for never. */
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

/** The value once it has not changed for so many milliseconds. */
export function useSettled(value, ms) {
  const [settled, setSettled] = useState(value);
  const text = JSON.stringify(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [text, ms]);
  return settled;
}

/** What was deleted and may still be brought back; whoever leaves the page means it. */
export class PendingDeletes {
  #pending = new Map();
  #changed;

  constructor(changed) {
    this.#changed = changed;
  }

  has(id) {
    return this.#pending.has(id);
  }

  add(id, run, ms) {
    this.#pending.set(id, { run, timer: setTimeout(() => this.#finish(id, false), ms) });
    this.#changed();
  }

  undo(id) {
    clearTimeout(this.#pending.get(id)?.timer);
    this.#pending.delete(id);
    this.#changed();
  }

  flush(leaving) {
    for (const id of [...this.#pending.keys()]) this.#finish(id, leaving);
  }

  async #finish(id, leaving) {
    const pending = this.#pending.get(id);
    if (pending === undefined) return;
    clearTimeout(pending.timer);
    await pending.run(leaving);
    this.#pending.delete(id);
    this.#changed();
  }
}
