// Sends a test conversion and shows its result.
import { el, h, useEffect, useRef, useState } from "./dom.js";
import { nameById, nameOf } from "./format.js";
import { Attempts, Reason } from "./delivery.js";
import { useApp } from "./store.js";
import { t } from "./texts.js";
import { Dialog, Failure, Field, Said, StatePill, Template } from "./ui.js";

const { button, div, form, h3, li, ol, p, section, span } = el;

/** The polling interval, and the usual maximum duration, in milliseconds. */
const LOOK = 400;
const PATIENCE = 30_000;

const isFinal = (delivery) => ["delivered", "failed", "held", "superseded"].includes(delivery.state);

export function TestDialog({ offerId, postback, close }) {
  const { session, postbacks } = useApp();
  const [draft, setDraft] = useState({
    offer_id: offerId ?? "",
    status: postback?.statuses[0] ?? "approved",
    goal: postback?.goals[0] ?? "",
    ref_id: "",
  });
  const [report, setReport] = useState(null);
  const [problem, setProblem] = useState(null);
  const [running, setRunning] = useState(false);
  const [slow, setSlow] = useState(false);
  const [sent, setSent] = useState(null);
  const open = useRef(true);
  const results = useRef(null);
  useEffect(() => () => (open.current = false), []);

  const field = (name) => ({
    value: draft[name],
    set: (text) => setDraft({ ...draft, [name]: text }),
    autocomplete: "off",
    errors: problem?.errors.filter((error) => error.field === name) ?? [],
  });

  const send = async (event) => {
    event.preventDefault();
    setRunning(true);
    setProblem(null);
    setReport(null);
    setSlow(false);
    setSent(draft);
    const given = Object.fromEntries(
      Object.entries(draft)
        .map(([name, value]) => [name, value.trim()])
        .filter(([, value]) => value !== ""),
    );
    try {
      const started = Date.now();
      let current = await session.startTest({ ...given, ...(postback && { postback_id: postback.postback_id }) });
      requestAnimationFrame(() => results.current?.scrollIntoView({ block: "nearest" }));
      while (open.current) {
        setReport(current);
        if (current.complete) break;
        setSlow(Date.now() - started > PATIENCE);
        await new Promise((resolve) => setTimeout(resolve, LOOK));
        current = await session.lookAtTest(current.test_conversion_id);
      }
    } catch (e) {
      setProblem(e);
    } finally {
      setRunning(false);
    }
  };

  return h(
    Dialog,
    { title: postback ? `${t.test.title}: ${nameOf(postback)}` : t.test.title, close, wide: true },
    p({ class: "muted" }, t.test.lead),
    form(
      { onSubmit: send, noValidate: true },
      div(
        { class: "columns four" },
        h(Field, { label: t.test.offer, ...field("offer_id") }),
        h(Field, { label: t.test.status, kind: "select", options: Object.entries(t.status), ...field("status") }),
        h(Field, { label: t.test.goal, placeholder: "1", ...field("goal") }),
        h(Field, { label: t.test.refId, hint: t.test.refIdHint, ...field("ref_id") }),
      ),
      problem && problem.errors.length === 0 && h(Failure, { error: problem }),
      div(
        { class: "dialog-actions start" },
        button(
          { class: "primary", disabled: running },
          running ? t.test.sending : report === null ? t.test.send : t.test.again,
        ),
      ),
    ),
    div({ ref: results }, report && h(Report, { report, slow, postbacks, sent })),
  );
}

function Report({ report, slow, postbacks, sent }) {
  const { deliveries, skipped, complete } = report;
  const done = deliveries.filter(isFinal).length;
  const step = complete ? 3 : deliveries.some((delivery) => delivery.attempts.length > 0) ? 2 : 1;
  return section(
    { class: "report" },
    ol(
      { class: "steps" },
      t.test.progress.map((name, i) =>
        li(
          {
            key: name,
            class: i < step ? "done" : i === step ? "now" : "",
            "aria-current": i === step ? "step" : undefined,
          },
          name,
        ),
      ),
    ),
    p(
      { class: "strong", role: "status" },
      deliveries.length === 0
        ? skipped.some((one) => one.postback_id === null)
          ? t.test.noPostbacks
          : t.test.nothing
        : complete
          ? t.test.complete(deliveries.length)
          : t.test.waiting(done, deliveries.length),
    ),
    slow && p({ class: "muted" }, t.test.slow),
    report.warnings.map((error) => p({ class: "warning", key: error.code + error.message }, h(Said, { error }))),
    deliveries.map((delivery) =>
      div(
        { class: "result", key: delivery.delivery_id },
        div(
          { class: "result-head" },
          h(StatePill, { state: delivery.state }),
          h3(nameById(postbacks, delivery.postback_id)),
        ),
        h(Template, { text: `${delivery.method} ${delivery.url}` }),
        delivery.body !== null && h(Template, { text: delivery.body }),
        h(Reason, { delivery }),
        h(Attempts, { delivery }),
      ),
    ),
    skipped.length > 0 && h3(t.test.skipped),
    skipped.map((one) =>
      h(Skipped, {
        key: one.postback_id,
        skipped: one,
        postbacks,
        test: true,
        status: t.status[sent.status].toLowerCase(),
        goal: sent.goal.trim() || "1",
      }),
    ),
  );
}

/** A postback that was not called, and the reason. */
export function Skipped({ skipped, postbacks, test, status = "", goal = "" }) {
  const reason = test && skipped.reason === "paused" ? "test_paused" : skipped.reason;
  return div(
    { class: "skipped" },
    skipped.postback_id !== null && span({ class: "strong" }, nameById(postbacks, skipped.postback_id)),
    skipped.state && h(StatePill, { state: skipped.state }),
    p(
      t.skipped[reason](reason === "goal_filtered" ? goal : status),
      skipped.same_as && ` (${nameById(postbacks, skipped.same_as)})`,
    ),
    t.skippedHint[reason] && p({ class: "hint" }, t.skippedHint[reason]),
  );
}
