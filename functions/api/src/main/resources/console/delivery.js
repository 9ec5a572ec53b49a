// The details of a delivery: what was sent, each attempt, what comes next, and why.
import { el, h, useState } from "./dom.js";
import { latency } from "./format.js";
import { useApp, useTicking } from "./store.js";
import { t } from "./texts.js";
import { Copy, Failure, Latency, Link, Pill, Relative, Template, Time } from "./ui.js";

const { button, dd, div, dl, dt, li, ol, p, pre, span } = el;

/** How often an open delivery is reloaded while it is not final, in milliseconds. */
const LOOK = 2_000;

const STAGES = ["dns_ms", "connect_ms", "tls_ms", "first_byte_ms"];

/** What the outcome of an attempt means, and what to do. */
export const helpOf = (attempt) => {
  if (attempt.outcome === "http_error") return t.httpHelp(attempt.http_status);
  if (attempt.outcome === "rejected") return t.meaningHelp[attempt.meaning ?? "other"] ?? t.meaningHelp.other;
  return t.outcomeHelp[attempt.outcome] ?? "";
};

const BY_RULE = ["rejected", "deferred_by_rule"];

export const answerOf = (attempt) =>
  attempt.http_status === null || BY_RULE.includes(attempt.outcome)
    ? t.outcome[attempt.outcome]
    : t.http(attempt.http_status);

/** Explains the delivery's state. */
export function Reason({ delivery }) {
  const last = delivery.attempts.at(-1);
  if (delivery.state === "delivered") return null;
  const text = delivery.reason
    ? (t.deliveryReason[delivery.reason] ?? delivery.reason)
    : last && delivery.state !== "held"
      ? helpOf(last)
      : "";
  return p({ class: "reason" }, span(t.stateHelp[delivery.state]), text !== "" && span(` ${text}`));
}

export const Attempts = ({ delivery }) =>
  delivery.attempts.length === 0
    ? delivery.state === "pending" && p({ class: "muted" }, t.delivery.noAttempts)
    : ol(
        { class: "attempts" },
        delivery.attempts.flatMap((attempt, i) => [
          i > 0 &&
            attempt.number > delivery.attempts[i - 1].number + 1 &&
            li({ key: "omitted", class: "muted" }, t.delivery.omitted(delivery.attempts_omitted)),
          li({ key: attempt.number }, h(AttemptRow, { attempt, only: delivery.attempts.length === 1 })),
        ]),
      );

function AttemptRow({ attempt, only }) {
  const ok = attempt.outcome === "delivered";
  const split = STAGES.filter((stage) => attempt.latency[stage] !== undefined);
  return div(
    { class: "attempt" },
    div(
      { class: "attempt-head" },
      !only && span({ class: "strong" }, t.delivery.attempt(attempt.number)),
      h(Pill, { kind: ok ? "delivered" : "failed" }, answerOf(attempt)),
      h(Latency, { ms: attempt.latency_ms }),
      span({ class: "muted" }, h(Time, { at: attempt.at })),
    ),
    attempt.error !== null && p({ lang: "en" }, attempt.error),
    split.length > 1 &&
      p(
        { class: "hint" },
        split.map((stage) => `${t.delivery.split[stage]} ${latency(attempt.latency[stage])}`).join(" · "),
      ),
    attempt.note && p({ class: "hint", lang: "en" }, attempt.note),
    attempt.response_snippet !== null &&
      attempt.response_snippet !== "" &&
      div(p({ class: "hint" }, t.delivery.answer), pre({ tabIndex: 0, class: "snippet" }, attempt.response_snippet)),
  );
}

/** All details, reloaded periodically while the delivery is not final. */
export function Details({ delivery, changed }) {
  const { session, link, toast } = useApp();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(null);
  const waiting = delivery.state === "pending" || delivery.state === "retrying";
  const path = `/deliveries/${delivery.delivery_id}`;

  useTicking(
    async () => {
      try {
        changed(await session.get(path));
      } catch {
        // The next reload tries again.
      }
    },
    waiting ? LOOK : null,
  );

  const resend = async (force) => {
    setBusy(true);
    setProblem(null);
    try {
      changed(await session.post(`${path}/resend`, { force }));
      toast(t.delivery.resent);
    } catch (e) {
      setProblem(e);
    } finally {
      setBusy(false);
    }
  };

  return div(
    { class: "details" },
    h(Reason, { delivery }),
    dl(
      { class: "facts" },
      div(
        dt(delivery.attempts.length === 0 ? t.delivery.willUrl : t.delivery.url),
        dd(
          div(
            { class: "with-suffix" },
            h(Template, { text: `${delivery.method} ${delivery.url}` }),
            h(Copy, { text: delivery.url }),
          ),
        ),
      ),
      delivery.body !== null && div(dt(t.delivery.body), dd(h(Template, { text: delivery.body }))),
      delivery.next_attempt_at !== null &&
        div(
          dt(t.delivery.next),
          dd(h(Relative, { at: delivery.next_attempt_at }), " (", h(Time, { at: delivery.next_attempt_at }), ")"),
        ),
    ),
    p({ class: "strong" }, t.delivery.attempts),
    delivery.attempts.length === 0 && delivery.state !== "pending"
      ? p({ class: "muted" }, t.delivery.noAttempts)
      : h(Attempts, { delivery }),
    problem && h(Failure, { error: problem }),
    div(
      { class: "actions" },
      delivery.state !== "pending" &&
        button(
          { class: "small", onClick: () => resend(false), disabled: busy },
          busy ? t.delivery.resending : t.delivery.resend,
        ),
      delivery.attempts.length > 0 &&
        button({ class: "small", onClick: () => resend(true), disabled: busy }, t.delivery.force),
      h(
        Link,
        { to: link(`why/${encodeURIComponent(delivery.conversion_id)}`), className: "button small" },
        t.delivery.why,
      ),
      span({ class: "hint id" }, `${t.delivery.ids} ${delivery.delivery_id}`),
    ),
    delivery.attempts.length > 0 && p({ class: "hint" }, t.delivery.resendHint),
  );
}
