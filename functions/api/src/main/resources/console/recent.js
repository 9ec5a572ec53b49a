// "What would it have sent?": the newest conversions with the postback as edited, beside the stored one.
import { el, Fragment, h, useEffect, useId, useState } from "./dom.js";
import { draftOf, settingsOf } from "./draft.js";
import { compared, difference, partsOf } from "./request.js";
import { useApp, useSettled } from "./store.js";
import { said, t } from "./texts.js";
import { Empty, Failure, Icon, Loading, Pill, Said, Time } from "./ui.js";

const { button, caption, code, div, h3, h4, li, mark, ol, p, section, span } = el;
const { table, tbody, td, th, thead, tr } = el;

/** Longer than for the live preview, because each request reads stored conversions; in milliseconds. */
const PAUSE = 600;

const SOME = 5;
const MOST = 20;

export function Recent({ draft, postback, offerId }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  return section(
    { class: "recent", "aria-label": t.recent.title },
    h3(
      button(
        {
          type: "button",
          class: "expand-title",
          "aria-expanded": String(open),
          "aria-controls": id,
          onClick: () => setOpen(!open),
        },
        h(Icon, { name: "chevron" }),
        t.recent.title,
      ),
    ),
    p({ class: "hint" }, postback === null ? t.recent.hintNew : t.recent.hint),
    div({ id, class: "recent-list" }, open && h(Examples, { draft, postback, offerId })),
  );
}

/**
 * `{ edited, present, warnings }`: the examples, by their event what the stored postback would send, and what the
 * newest conversions lack; null while loading.
 */
function useExamples(draft, postback, offerId, most) {
  const { session } = useApp();
  const settings = useSettled(settingsOf(draft, postback, offerId), PAUSE);
  const [state, setState] = useState({ found: null, error: null });
  const [run, setRun] = useState(0);
  const wanted = JSON.stringify(settings);
  useEffect(() => {
    if (settings.url === "") return setState({ found: null, error: null });
    const given = new AbortController();
    const ask = async (body) => {
      const request = { ...body, recent: most, postback_id: postback?.postback_id ?? null };
      return session.post("/postbacks/preview", request, { signal: given.signal });
    };
    const load = async () => {
      const { examples: edited, warnings } = await ask(settings);
      if (postback === null || edited.every(({ sent }) => sent !== null))
        return { edited, present: new Map(), warnings };
      const stored = (await ask(settingsOf(draftOf(postback), postback, offerId))).examples;
      return { edited, present: new Map(stored.map((example) => [example.event_id, example])), warnings };
    };
    load().then(
      (found) => !given.signal.aborted && setState({ found, error: null }),
      (error) => !given.signal.aborted && setState({ found: null, error }),
    );
    return () => given.abort();
  }, [wanted, postback?.version, most, run]);
  return { ...state, empty: settings.url === "", retry: () => setRun(run + 1) };
}

function Examples({ draft, postback, offerId }) {
  const [most, setMost] = useState(SOME);
  const { found, error, empty, retry } = useExamples(draft, postback, offerId, most);
  if (empty) return p({ class: "muted" }, t.editor.previewEmpty);
  if (error !== null) return h(Refusal, { error, retry });
  if (found === null) return h(Loading);
  if (found.edited.length === 0)
    return h(
      Empty,
      { title: offerId === null ? t.recent.none : t.recent.noneOfOffer(offerId) },
      p(offerId === null ? t.recent.noneText : t.recent.noneOfOfferText),
    );
  const cases = found.edited.map((example) => caseOf(example, postback, found.present.get(example.event_id)));
  return h(
    Fragment,
    null,
    p({ role: "status", class: "strong" }, summaryOf(cases, postback)),
    found.warnings.map((error) => p({ class: "warning", key: error.code + error.message }, h(Said, { error }))),
    ol(
      { class: "examples" },
      cases.map((one) => li({ key: one.example.event_id }, h(Example, { ...one, offerId }))),
    ),
    most === SOME &&
      cases.length === SOME &&
      div(
        { class: "actions" },
        button({ type: "button", class: "small", onClick: () => setMost(MOST) }, t.recent.more),
      ),
  );
}

/** A refusal names what is wrong; anything else can be tried again. */
const Refusal = ({ error, retry }) =>
  error.errors?.length > 0
    ? div({ class: "notice bad", role: "alert" }, p(`${t.recent.refused} ${error.errors.map(said).join(" ")}`))
    : h(Failure, { error, retry });

/**
 * What is to be said of one event.
 *
 * `edited` and `present` are requests, null where nothing is sent; `verdict` is new, same, different, stops, starts,
 * neither or unknown.
 */
function caseOf(example, postback, stored) {
  const edited = example.skipped === null ? example : null;
  const present = example.sent ?? (stored?.skipped === null ? stored : null);
  const rows = edited !== null && present !== null ? compared(edited, present) : null;
  const verdict =
    postback === null
      ? "new"
      : rows !== null
        ? rows.every(({ kind }) => kind === "same")
          ? "same"
          : "different"
        : present !== null
          ? "stops"
          : stored === undefined
            ? "unknown"
            : edited !== null
              ? "starts"
              : "neither";
  return { example, stored, edited, present, rows, verdict, wasSent: example.sent !== null };
}

function summaryOf(cases, postback) {
  const count = (...verdicts) => cases.filter(({ verdict }) => verdicts.includes(verdict)).length;
  return postback === null
    ? t.recent.summaryNew(cases.length, cases.filter(({ edited }) => edited !== null).length)
    : t.recent.summary(cases.length, count("different"), count("starts"), count("stops"));
}

const reasonOf = ({ status, goal, skipped }) =>
  (t.recent.skipped[skipped.reason] ?? t.skipped[skipped.reason])(
    skipped.reason === "goal_filtered" ? goal : t.status[status],
  );

const PILLS = { different: "retrying", starts: "retrying", stops: "failed", neither: "plain" };

function Example({ example, stored, edited, present, rows, verdict, wasSent, offerId }) {
  return div(
    { class: "result" },
    div(
      { class: "result-head" },
      h4({ class: "mono" }, example.conversion_id),
      h(Pill, { kind: "plain" }, t.status[example.status]),
      span(
        { class: "muted" },
        offerId === null && `${t.common.offer(example.offer_id)} · `,
        example.goal !== "1" && `${t.why.goal} ${example.goal} · `,
        example.sum !== null && `${`${example.sum} ${example.currency ?? ""}`.trim()} · `,
        h(Time, { at: example.created_at }),
      ),
    ),
    div(
      { class: "result-head" },
      verdict === "new"
        ? h(
            Pill,
            { kind: edited === null ? "failed" : "delivered" },
            edited === null ? t.recent.notSent : t.recent.sent,
          )
        : h(Pill, { kind: PILLS[verdict] ?? "plain" }, t.recent.verdict[verdict]),
      p(sentenceOf(verdict, example, stored, wasSent)),
    ),
    rows !== null
      ? h(Beside, { rows, wasSent, about: example.conversion_id })
      : h(Alone, { request: edited ?? present, isEdited: edited !== null, wasSent, about: example.conversion_id }),
  );
}

/** The verdict's sentence, with the reason where nothing is sent. */
function sentenceOf(verdict, example, stored, wasSent) {
  if (verdict === "new") return example.skipped === null ? t.recent.sentText : reasonOf(example);
  if (verdict === "starts") return t.recent.startsText(reasonOf(stored));
  if (verdict === "stops" || verdict === "neither") return reasonOf(example);
  if (verdict === "unknown")
    return [example.skipped !== null && reasonOf(example), t.recent.unknownText].filter(Boolean).join(" ");
  return verdict === "same" ? t.recent.sameText(wasSent) : t.recent.differentText(wasSent);
}

/** Two requests side by side, their differences marked. */
const Beside = ({ rows, wasSent, about }) =>
  table(
    { class: "parts" },
    caption({ class: "unseen" }, t.recent.caption(about)),
    thead(
      tr(
        th({ scope: "col" }, t.recent.part),
        th({ scope: "col" }, t.recent.edited),
        th({ scope: "col" }, t.recent.present(wasSent)),
      ),
    ),
    tbody(
      rows.map(({ name, edited, present, kind }) =>
        tr(
          { key: name, class: kind },
          th(
            { scope: "row" },
            span({ class: "mono" }, name),
            kind !== "same" && h(Pill, { kind: "retrying" }, t.recent.kind[kind]),
          ),
          td(
            { "data-label": kind === "same" ? t.recent.both : t.recent.edited },
            h(Value, { text: edited, other: present }),
          ),
          td({ "data-label": t.recent.present(wasSent) }, h(Value, { text: present, other: edited })),
        ),
      ),
    ),
  );

/** The only request that there is; nothing if there is none. */
const Alone = ({ request, isEdited, wasSent, about }) => {
  if (request === null) return null;
  const title = isEdited ? t.recent.edited : t.recent.present(wasSent);
  return table(
    { class: "parts" },
    caption({ class: "unseen" }, t.recent.caption(about)),
    thead(tr(th({ scope: "col" }, t.recent.part), th({ scope: "col" }, title))),
    tbody(
      [...partsOf(request)].map(([name, value]) =>
        tr(
          { key: name },
          th({ scope: "row" }, span({ class: "mono" }, name)),
          td({ "data-label": title }, h(Value, { text: value, other: value })),
        ),
      ),
    ),
  );
};

/** A part's value; what differs from the other is marked. */
function Value({ text: value, other }) {
  if (value === undefined || value === null) return span({ class: "muted" }, t.recent.absent);
  if (value === "") return span({ class: "muted" }, t.recent.empty);
  if (other === undefined || other === null) return code(mark(value));
  const [before, different, after] = difference(value, other);
  return code(before, different !== "" && mark(different), after);
}
