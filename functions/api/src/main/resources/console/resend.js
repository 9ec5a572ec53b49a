// Resends the deliveries of a period.
import { patiently } from "./api.js";
import { el, h, useState } from "./dom.js";
import { ofField, toField } from "./format.js";
import { useApp } from "./store.js";
import { t } from "./texts.js";
import { Check, Dialog, Failure, Field, Group } from "./ui.js";

const { button, div, form, p } = el;

const HOUR = 3_600_000;

/** Resends page by page and reports the number so far. */
export async function resendAll(session, request, soFar = () => {}) {
  let sum = 0;
  let cursor = null;
  do {
    const answer = await patiently(() => session.post("/resends", cursor === null ? request : { ...request, cursor }));
    sum += answer.count;
    cursor = answer.next;
    soFar(sum);
  } while (cursor !== null);
  return sum;
}

export function ResendDialog({ filters, close, resent }) {
  const { session, postbacks } = useApp();
  const [from, setFrom] = useState(toField(filters.since ?? new Date(Date.now() - 24 * HOUR)));
  const [to, setTo] = useState(filters.until ? toField(filters.until) : "");
  const [states, setStates] = useState(["failed", "held"]);
  const [postbackId, setPostbackId] = useState(filters.postback_id ?? "");
  const [offerId, setOfferId] = useState(filters.offer_id ?? "");
  const [busy, setBusy] = useState(false);
  const [count, setCount] = useState(0);
  const [done, setDone] = useState(null);
  const [problem, setProblem] = useState(null);

  const own = (field) => {
    const errors = problem?.errors ?? [];
    return errors.filter((error) => error.field.replace(/\[.*/, "") === field);
  };
  const missing = (field, message) => setProblem({ errors: [{ field, code: "missing", message }] });
  const submit = async (event) => {
    event.preventDefault();
    if (from === "") return missing("since", t.resend.missing);
    if (states.length === 0) return missing("states", t.resend.noState);
    setBusy(true);
    setProblem(null);
    setDone(null);
    setCount(0);
    try {
      const request = {
        since: ofField(from),
        until: ofField(to),
        states,
        postback_id: postbackId || null,
        offer_id: offerId.trim() || null,
      };
      setDone(await resendAll(session, request, setCount));
      resent();
    } catch (e) {
      setProblem(e);
    } finally {
      setBusy(false);
    }
  };
  const toggle = (state) => (on) => setStates(on ? [...states, state] : states.filter((other) => other !== state));

  return h(
    Dialog,
    { title: t.resend.title, close },
    p({ class: "muted" }, t.resend.lead),
    form(
      { onSubmit: submit, noValidate: true },
      div(
        { class: "columns" },
        h(Field, { label: t.resend.from, type: "datetime-local", value: from, set: setFrom, errors: own("since") }),
        h(Field, { label: t.resend.to, type: "datetime-local", value: to, set: setTo, errors: own("until") }),
      ),
      h(
        Group,
        { legend: t.resend.states, errors: own("states") },
        ["failed", "held", "superseded", "delivered", "retrying"].map((state) =>
          h(Check, { key: state, label: t.state[state], checked: states.includes(state), set: toggle(state) }),
        ),
      ),
      div(
        { class: "columns" },
        h(Field, {
          label: t.resend.postback,
          kind: "select",
          value: postbackId,
          set: setPostbackId,
          options: [
            ["", t.resend.every],
            ...(postbacks ?? []).map((postback) => [postback.postback_id, postback.label ?? postback.url.slice(0, 60)]),
          ],
          errors: own("postback_id"),
        }),
        h(Field, { label: t.resend.offer, value: offerId, set: setOfferId, errors: own("offer_id") }),
      ),
      problem instanceof Error && problem.errors.length === 0 && h(Failure, { error: problem }),
      p(
        { role: "status", class: "strong" },
        done !== null ? t.resend.done(done) : busy && count > 0 ? t.resend.progress(count) : "",
      ),
      div(
        { class: "dialog-actions" },
        button({ type: "button", onClick: close }, done === null ? t.common.cancel : t.common.close),
        button({ class: "primary", disabled: busy }, busy ? t.resend.busy : t.resend.submit),
      ),
    ),
  );
}
