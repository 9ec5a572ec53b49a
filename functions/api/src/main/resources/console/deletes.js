// Deletes a postback after a few seconds in which the user can undo it.
import { Problem } from "./api.js";
import { useEffect, useMemo, useState } from "./dom.js";
import { said, t } from "./texts.js";

/** How long a deletion can be undone, in milliseconds. */
const UNDO = 7_000;

/** Deletions that can still be undone. They are sent at once when the user leaves the page. */
class PendingDeletes {
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

/** `drop` removes the postback from the list after the API has deleted it. */
export function useDeletes(session, drop, toast) {
  const [, redraw] = useState(0);
  const pending = useMemo(() => new PendingDeletes(() => redraw((n) => n + 1)), []);
  useEffect(() => {
    const leave = () => pending.flush(true);
    addEventListener("pagehide", leave);
    return () => removeEventListener("pagehide", leave);
  }, []);
  const remove = (postback, name) => {
    const id = postback.postback_id;
    const run = async (leaving) => {
      try {
        await session.delete(`/postbacks/${id}`, { keepalive: leaving });
        drop(id);
      } catch (e) {
        if (!(e instanceof Problem && e.status === 404)) toast(t.postback.deleteFailed(said(e)), { kind: "bad" });
        else drop(id);
      }
    };
    pending.add(id, run, UNDO);
    toast(t.postback.deleting(name), { ms: UNDO, action: { label: t.common.undo, run: () => pending.undo(id) } });
  };
  return { pending, remove };
}
