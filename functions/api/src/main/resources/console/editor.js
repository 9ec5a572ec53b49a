// The form that edits and saves a postback.
import { el, Fragment, h, useEffect, useLayoutEffect, useRef, useState } from "./dom.js";
import { bodyOf, draftOf, hasSecret, headerLines, headersOf, lacksSecret, STATUSES, usedSecrets } from "./draft.js";
import { loadTrackers, PostbackInformation, useList } from "./macros.js";
import { Preview, usePreview } from "./preview.js";
import { Recent } from "./recent.js";
import { useApp } from "./store.js";
import { corrected, filtered } from "./suggest.js";
import { said, t } from "./texts.js";
import { Check, Copy, English, Field, Group } from "./ui.js";

const { a, button, code, details, div, form, h3, p, summary } = el;

const fieldOf = (error) => error.field.replace(/[[.].*/, "");
const SHOWN = [
  "url",
  "method",
  "body",
  "content_type",
  "headers",
  "label",
  "statuses",
  "goals",
  "also_global",
  "signature",
  "signing_secret",
];

export function Editor({ postback, offerId, saved, cancel }) {
  const { session, put } = useApp();
  const [draft, setDraft] = useState(() => draftOf(postback));
  const [problem, setProblem] = useState(null);
  const [busy, setBusy] = useState(false);
  const [unfilled, setUnfilled] = useState([]);
  const [understood, setUnderstood] = useState(STATUSES);
  const [version, setVersion] = useState(postback?.version);
  const [stored, setStored] = useState(postback?.secrets ?? []);
  const preview = usePreview(session, draft, offerId);
  const trackers = useList(loadTrackers);
  const at = useRef({ field: "url", start: null, end: null });
  const controls = { url: useRef(null), body: useRef(null) };
  const formRef = useRef(null);

  useEffect(() => {
    formRef.current.scrollIntoView({ block: "nearest" });
    controls.url.current.focus({ preventScroll: true });
  }, []);

  /** The cursor position after the next render; set synchronously, so that typing does not move it. */
  const cursorAfter = useRef(null);
  useLayoutEffect(() => {
    if (cursorAfter.current === null) return;
    const { field, cursor } = cursorAfter.current;
    cursorAfter.current = null;
    controls[field].current?.focus();
    controls[field].current?.setSelectionRange(cursor, cursor);
  }, [draft]);

  const change = (changes) => {
    setDraft((old) => ({ ...old, ...changes }));
    setProblem(
      (old) =>
        old && {
          ...old,
          message: null,
          errors: old.errors.filter(
            (error) => !(fieldOf(error) in changes) && !(error.field === "signing_secret" && "secret" in changes),
          ),
        },
    );
  };
  /** The API's messages from the last save and from the live preview, without duplicates. */
  const errorsOf = (field) => {
    const all = [...(problem?.errors ?? []), ...preview.errors].filter((error) => fieldOf(error) === field);
    return all.filter(
      (error, i) => all.findIndex((other) => other.code === error.code && other.message === error.message) === i,
    );
  };
  const field = (name) => ({ value: draft[name], set: (text) => change({ [name]: text }), errors: errorsOf(name) });
  const remember = (field) => (event) => {
    at.current = { field, start: event.target.selectionStart, end: event.target.selectionEnd };
  };
  /** Changes the text at the cursor, where it is or was last: `(text, start, end)` to `{ text, cursor }`. */
  const edit = (changed) => {
    const field = draft.method === "POST" ? at.current.field : "url";
    const old = draft[field];
    const start = at.current.field === field ? (at.current.start ?? old.length) : old.length;
    const end = at.current.field === field ? (at.current.end ?? start) : start;
    const { text, cursor } = changed(old, start, end);
    at.current = { field, start: cursor, end: cursor };
    cursorAfter.current = { field, cursor };
    change({ [field]: text });
  };
  const insert = (name) =>
    edit((text, start, end) => ({
      text: `${text.slice(0, start)}{${name}}${text.slice(end)}`,
      cursor: start + name.length + 2,
    }));
  const filter = (one) => edit((text, start, end) => filtered(text, start, end, one));
  const apply = (field) => (error) => {
    const text = corrected(draft[field], error);
    if (text === null) insert(error.suggestion);
    else change({ [field]: text });
    controls[field].current?.focus();
  };
  const focusFirstError = () =>
    requestAnimationFrame(() => formRef.current?.querySelector("[aria-invalid=true], .errors .error")?.focus?.());

  const save = async (event, ifMatch = version) => {
    event?.preventDefault();
    const missing = (field, message) => ({ field, code: "missing", message });
    const errors =
      draft.url === ""
        ? [missing("url", t.editor.urlMissing)]
        : ["url", "body"].flatMap((field) =>
            unfilled
              .filter((name) => draft[field].includes(name))
              .map((name) => missing(field, t.editor.unfilled(name, field))),
          );
    if (lacksSecret(draft, postback)) errors.push(missing("signing_secret", t.editor.secretMissing));
    if (errors.length > 0) {
      setProblem({ message: null, errors });
      focusFirstError();
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      const body = bodyOf(draft, postback, offerId);
      saved(
        postback === null
          ? await session.post("/postbacks", body)
          : await session.put(`/postbacks/${postback.postback_id}`, body, ifMatch),
      );
    } catch (e) {
      const unplaced = (e.errors ?? []).filter((error) => !SHOWN.includes(fieldOf(error)));
      const message =
        (e.errors ?? []).length === 0 || unplaced.length > 0
          ? [e.errors?.length ? null : said(e), ...unplaced.map(said)].filter(Boolean).join(" ")
          : null;
      setProblem({ message, errors: e.errors ?? [], stale: e.status === 412 });
      setBusy(false);
      focusFirstError();
    }
  };
  const choose = (status) => (on) =>
    change({ statuses: STATUSES.filter((other) => (other === status ? on : draft.statuses.includes(other))) });
  /** The statuses that the chosen tracker would count as conversions. */
  const misunderstood = draft.statuses
    .filter((status) => !understood.includes(status))
    .map((status) => t.status[status]);
  const theirs = async () => {
    const current = await session.get(`/postbacks/${postback.postback_id}`);
    put(current);
    setDraft(draftOf(current));
    setVersion(current.version);
    setStored(current.secrets);
    setProblem(null);
  };
  const mine = async () => {
    const current = await session.get(`/postbacks/${postback.postback_id}`);
    setVersion(current.version);
    await save(null, current.version);
  };

  const title =
    postback !== null
      ? t.editor.titleEdit
      : offerId === null
        ? t.editor.titleNewGlobal
        : t.editor.titleNewOffer(offerId);
  const template = (name) => ({
    value: draft[name],
    errors: errorsOf(name),
    inputRef: controls[name],
    onInput: (event) => {
      remember(name)(event);
      change({ [name]: name === "url" ? event.target.value.replace(/\n/g, "") : event.target.value });
    },
    onSelect: remember(name),
    onBlur: remember(name),
    onKeyUp: remember(name),
    onClick: remember(name),
    apply: apply(name),
    spellcheck: false,
    class: "mono",
  });

  return form(
    { class: "card editor", ref: formRef, onSubmit: save, noValidate: true, "aria-label": title },
    h3(title),
    div(
      { class: "editor-columns" },
      div(
        { class: "editor-main" },
        postback === null && h(TrackerChooser, { draft, change, setUnfilled, setUnderstood }),
        h(Field, {
          label: t.editor.url,
          hint: t.editor.urlHint,
          kind: "textarea",
          rows: 3,
          autocapitalize: "off",
          ...template("url"),
        }),
        h(Secrets, {
          draft,
          change,
          stored,
          known: trackers.find((one) => one.id === draft.tracker)?.secrets ?? [],
          errors: errorsOf("secrets"),
        }),
        h(Preview, { draft, preview, insert, apply }),
        h(
          Group,
          {
            legend: t.editor.statuses,
            hint: t.editor.statusesHint,
            errors: errorsOf("statuses"),
            className: "statuses",
          },
          STATUSES.map((status) =>
            h(Check, {
              key: status,
              label: t.status[status],
              checked: draft.statuses.includes(status),
              set: choose(status),
            }),
          ),
        ),
        misunderstood.length > 0 &&
          p({ class: "warning", role: "status" }, t.editor.misunderstood(misunderstood.join(", "))),
        div(
          { class: "columns" },
          h(Field, {
            label: t.editor.goals,
            hint: t.editor.goalsHint,
            placeholder: t.editor.goalsPlaceholder,
            autocomplete: "off",
            ...field("goals"),
          }),
          h(Field, { label: t.editor.label, hint: t.editor.labelHint, autocomplete: "off", ...field("label") }),
        ),
        h(Field, {
          label: t.editor.maxPerSecond,
          hint: t.editor.maxPerSecondHint,
          inputmode: "decimal",
          autocomplete: "off",
          ...field("max_per_second"),
        }),
        h(Check, {
          label: t.editor.corrections,
          hint: [t.editor.correctionsHint, h(OfTracker, { tracker: trackers.find((one) => one.id === draft.tracker) })],
          checked: draft.corrections,
          set: (corrections) => change({ corrections }),
        }),
        h(Check, {
          label: t.editor.keepsStale,
          hint: t.editor.keepsStaleHint,
          checked: draft.keepsStale,
          set: (keepsStale) => change({ keepsStale }),
        }),
        h(Check, {
          label: offerId === null ? t.editor.alsoGlobalGlobal : t.editor.alsoGlobalOffer,
          hint: offerId === null ? t.editor.alsoGlobalGlobalHint : t.editor.alsoGlobalOfferHint,
          checked: draft.also_global,
          set: (also_global) => change({ also_global }),
        }),
        h(Advanced, { draft, change, errorsOf, field, template, postback }),
      ),
      h(PostbackInformation, { insert, filter }),
    ),
    h(Recent, { draft, postback, offerId }),
    problem?.message &&
      div(
        { class: "notice bad", role: "alert" },
        p(`${t.editor.general} ${problem.stale ? t.postback.stale : problem.message}`),
        problem.stale &&
          h(
            Fragment,
            null,
            button({ type: "button", class: "small", onClick: theirs }, t.postback.reload),
            " ",
            button({ type: "button", class: "small", onClick: mine }, t.postback.overwrite),
          ),
      ),
    div(
      { class: "dialog-actions" },
      button({ type: "button", onClick: cancel }, t.common.cancel),
      button({ class: "primary", disabled: busy }, busy ? t.common.saving : t.common.save),
    ),
  );
}

/** What the tracker does with corrections, by its documentation. */
const OfTracker = ({ tracker }) =>
  tracker &&
  h(English, null, ` ${t.editor.correctionsOf(tracker.name, tracker.corrections.note, tracker.corrections.source)}`);

const METHODS = ["GET", "POST"].map((method) => [method, method]);
const TYPES = ["application/json", "application/x-www-form-urlencoded"].map((type) => [type, type]);

/** 32 random bytes in the format of a Standard Webhooks secret. */
const newSecret = () => `whsec_${btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))))}`;

function Advanced({ draft, change, errorsOf, field, template, postback }) {
  const wrong = ["method", "body", "content_type", "headers", "signature", "signing_secret"].some(
    (field) => errorsOf(field).length > 0,
  );
  return details(
    { class: "advanced", open: wrong || draft.method === "POST" || undefined },
    summary(t.editor.advanced),
    h(Field, { label: t.editor.method, kind: "select", options: METHODS, ...field("method") }),
    h(AnswersOf, { draft, change }),
    draft.method === "POST" &&
      h(Field, { label: t.editor.body, hint: t.editor.bodyHint, kind: "textarea", rows: 4, ...template("body") }),
    draft.method === "POST" &&
      h(Field, {
        label: t.editor.contentType,
        kind: "select",
        options: [["", t.editor.contentTypeAuto], ...TYPES],
        ...field("content_type"),
      }),
    h(Headers, { draft, change, errors: errorsOf("headers") }),
    h(Signature, { draft, change, errorsOf, field, postback }),
  );
}

function Signature({ draft, change, errorsOf, field, postback }) {
  return h(
    Fragment,
    null,
    h(Field, {
      label: t.editor.signature,
      hint: t.editor.signatureHint[draft.signature],
      kind: "select",
      options: Object.entries(t.editor.signatures),
      ...field("signature"),
    }),
    draft.signature === "ed25519" &&
      p(
        { class: "hint" },
        a({ href: "/.well-known/jwks.json", target: "_blank", rel: "noreferrer" }, t.editor.publicKeys),
        postback && ` ${t.editor.ownId(postback.postback_id)}`,
      ),
    draft.signature === "hmac" &&
      h(Field, {
        label: t.editor.secret,
        hint: hasSecret(postback) ? t.editor.secretSigned : t.editor.secretHint,
        value: draft.secret,
        placeholder: "whsec_…",
        autocomplete: "off",
        spellcheck: false,
        class: "mono",
        set: (secret) => change({ secret }),
        errors: errorsOf("signing_secret"),
        suffix: button(
          { type: "button", class: "small", onClick: () => change({ secret: newSecret() }) },
          t.editor.secretMake,
        ),
      }),
  );
}

/** The request headers, one in each line. */
function Headers({ draft, change, errors }) {
  const [text, setText] = useState(headerLines(draft.headers));
  const isCurrent = headerLines(headersOf(text)) === headerLines(draft.headers);
  return h(Field, {
    label: t.editor.headers,
    hint: t.editor.headersHint,
    kind: "textarea",
    rows: 2,
    spellcheck: false,
    class: "mono",
    // A template may have replaced them.
    value: isCurrent ? text : headerLines(draft.headers),
    set: (changed) => {
      setText(changed);
      change({ headers: headersOf(changed) });
    },
    errors,
  });
}

/** A field for each secret that a placeholder or the tracker needs, or that is stored. */
function Secrets({ draft, change, stored, known, errors }) {
  const used = usedSecrets(draft);
  const names = [...new Set([...used, ...known.map(({ name }) => name), ...stored])].sort();
  const hintOf = (name) => {
    const secret = known.find((one) => one.name === name);
    if (stored.includes(name)) return t.editor.secretStored;
    if (secret === undefined) return t.editor.secretNeeded;
    return [
      h(English, null, secret.description),
      ` ${secret.needed_for === "test_conversions" ? t.editor.secretForTests : t.editor.secretNeeded}`,
    ];
  };
  return names.map((name) =>
    div(
      { key: name },
      h(Field, {
        label: t.editor.secretNamed(name),
        hint: hintOf(name),
        type: "password",
        autocomplete: "new-password",
        spellcheck: false,
        value: draft.secrets[name] ?? "",
        set: (value) => change({ secrets: { ...draft.secrets, [name]: value } }),
        errors: errors.filter((error) => error.field === `secrets.${name}`),
      }),
      stored.includes(name) &&
        !used.includes(name) &&
        h(Check, {
          label: t.editor.secretNamedRemove(name),
          checked: draft.removedSecrets.includes(name),
          set: (on) =>
            change({
              removedSecrets: on ? [...draft.removedSecrets, name] : draft.removedSecrets.filter((one) => one !== name),
            }),
        }),
    ),
  );
}

/** Whose answers are expected; a postback's own rules are kept. */
function AnswersOf({ draft, change }) {
  const trackers = useList(loadTrackers);
  return h(Field, {
    label: t.editor.answers,
    hint: draft.answer_rules === null ? t.editor.answersHint : t.editor.answersOwn,
    kind: "select",
    value: draft.tracker ?? "",
    options: [["", t.editor.answersNone], ...trackers.map((one) => [one.id, one.name])],
    onChange: (event) => change({ tracker: event.target.value || null }),
  });
}

const filled = (tracker, values, template) =>
  tracker.placeholders.reduce((text, { name }) => text.replace(name, () => values[name]?.trim() || name), template);

/** The parts of the draft that a template fills in. */
const fill = (tracker, values) => ({
  url: filled(tracker, values, tracker.template),
  body: filled(tracker, values, tracker.body ?? ""),
});

/** The tracker's template with its placeholders, and the matching tracking link. */
function TrackerChooser({ draft, change, setUnfilled, setUnderstood }) {
  const trackers = useList(loadTrackers);
  const [id, setId] = useState("");
  const [values, setValues] = useState({});
  const tracker = trackers.find((one) => one.id === id);
  const untouched =
    tracker !== undefined && Object.entries(fill(tracker, values)).every(([name, text]) => draft[name] === text);

  const choose = (event) => {
    const chosen = trackers.find((one) => one.id === event.target.value);
    setId(event.target.value);
    setValues({});
    setUnfilled(chosen?.placeholders.map(({ name }) => name) ?? []);
    setUnderstood(chosen?.statuses ?? STATUSES);
    if (chosen !== undefined) {
      const { method, headers, statuses, id: tracker } = chosen;
      change({ ...fill(chosen, {}), method, headers, statuses, tracker });
    } else change(untouched ? { url: "", body: "", method: "GET", headers: {}, tracker: null } : { tracker: null });
  };
  const enter = (name) => (event) => {
    const next = { ...values, [name]: event.target.value };
    setValues(next);
    setUnfilled(tracker.placeholders.map((one) => one.name).filter((one) => !next[one]?.trim()));
    change(fill(tracker, next));
  };

  return div(
    { class: "tracker" },
    h(Field, {
      label: t.editor.tracker,
      hint: tracker?.hint ? h(English, null, tracker.hint) : t.editor.trackerHint,
      kind: "select",
      value: id,
      onChange: choose,
      options: [["", t.editor.trackerNone], ...trackers.map((one) => [one.id, one.name])],
    }),
    tracker !== undefined &&
      div(
        { class: "columns" },
        tracker.placeholders.map(({ name, description, example }) =>
          h(Field, {
            key: name,
            label: t.editor.placeholder(name),
            hint: untouched
              ? [h(English, null, description), ` ${t.editor.example(example)}`]
              : t.editor.placeholderEdited,
            placeholder: example,
            disabled: !untouched,
            value: values[name] ?? "",
            autocomplete: "off",
            spellcheck: false,
            onInput: enter(name),
          }),
        ),
      ),
    tracker !== undefined &&
      tracker.link_half !== "" &&
      div(
        { class: "link-half" },
        p({ class: "strong" }, t.editor.linkHalf),
        p({ class: "hint" }, t.editor.linkHalfText),
        div(
          { class: "with-suffix" },
          code({ class: "template" }, `&ref_id=${tracker.link_half}`),
          h(Copy, { text: `&ref_id=${tracker.link_half}` }),
        ),
      ),
  );
}
