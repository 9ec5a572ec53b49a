// Small parts that every page uses.
import { el, h, useEffect, useId, useRef, useState } from "./dom.js";
import { latency, relative, time, utc } from "./format.js";
import { pieces, shown } from "./suggest.js";
import { language, t, translated } from "./texts.js";

const { a, button, code, dialog, div, h2, p, path, span, svg } = el;
const { fieldset, input, label, legend, option, select, textarea } = el;

const ICONS = {
  affiliates:
    "M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6Zm8 0a3 3 0 1 0 0-6M2.5 19c.5-3 2.600-5 5.500-5s5 2 5.500 5M16 14c2.900 0 5 2 5.500 5",
  overview: "M4 13h6V4H4v9Zm0 7h6v-4H4v4Zm10 0h6v-9h-6v9Zm0-16v4h6V4h-6Z",
  offers: "M4 12V5a1 1 0 0 1 1-1h7l8 8-8 8-8-8Zm4.500-4.500h.01",
  profile:
    "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM3.500 9h17M3.500 15h17M12 3c-5 5.500-5 12.500 0 18 5-5.500 5-12.500 0-18Z",
  log: "M4 6h16M4 12h16M4 18h10",
  why: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm-2.500-11.500c0-3.500 5-3.300 5-.2 0 2-2.500 2.200-2.500 4.200M12 17h.01",
  compare: "M4 7h12M12 3l4 4-4 4M20 17H8M12 13l-4 4 4 4",
  notifications: "M6 16V11a6 6 0 1 1 12 0v5l1.500 2h-15L6 16ZM10 20.500h4",
  refused: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM5.700 5.700l12.600 12.600",
  signOut: "M14 4h4a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2h-4M10 16l-4-4 4-4M6 12h9",
  close: "M6 6l12 12M18 6 6 18",
  chevron: "M9 6l6 6-6 6",
  search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14Zm5-2 4 4",
  back: "M15 6l-6 6 6 6",
  flask: "M9 3h6M10 3v6L4.500 18.500A1.700 1.700 0 0 0 6 21h12a1.700 1.700 0 0 0 1.500-2.500L14 9V3M7.500 15h9",
};

export const Icon = ({ name }) =>
  svg({ class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" }, path({ d: ICONS[name] }));

export const Pill = ({ kind, children, title }) => span({ class: `pill ${kind}`, title }, children);

export const StatePill = ({ state }) => h(Pill, { kind: state, title: t.stateHelp[state] }, t.state[state]);

export const Time = ({ at }) => el.time({ dateTime: at, title: utc(at) }, time(at));

export const Relative = ({ at }) => {
  const { text, future } = relative(at);
  return el.time({ dateTime: at, title: utc(at) }, future ? t.common.in(text) : t.common.ago(text));
};

export const Latency = ({ ms }) => span({ class: "latency" }, latency(ms));

/** A template with its macros highlighted. */
export const Template = ({ text }) =>
  code(
    { class: "template" },
    pieces(text).map((piece) => (piece.macro ? span({ class: "macro" }, piece.text) : piece.text)),
  );

export const Loading = () => div({ class: "loading", role: "status" }, span({ class: "spinner" }), t.common.loading);

/** A text of the API, which is English in every language. */
export const English = ({ children }) => span({ lang: language === "en" ? undefined : "en" }, children);

/** An error or a warning of the API: translated, with its own English words, which are more precise. */
export const Said = ({ error }) =>
  translated(error) === undefined
    ? span(error.message)
    : span(translated(error), " ", el.small({ lang: "en" }, error.message));

export const Failure = ({ error, retry }) =>
  div(
    { class: "notice bad", role: "alert" },
    p(h(Said, { error })),
    retry && button({ type: "button", class: "small", onClick: retry }, t.problem.retry),
  );

export const Empty = ({ title, children }) => div({ class: "empty" }, p({ class: "empty-title" }, title), children);

export function Copy({ text }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      setTimeout(() => setCopied(false), 2000);
    } catch {
      // The user can still select the text.
    }
  };
  return button(
    { type: "button", class: "small", onClick: copy },
    span({ "aria-live": "polite" }, copied ? t.common.copied : t.common.copy),
  );
}

/** The errors of a field, each with its suggestion as one click. */
export const Errors = ({ id, errors, apply }) =>
  div(
    { id, class: "errors", "aria-live": "polite" },
    errors.map((error) =>
      p(
        { class: "error", key: error.field + error.code + error.message },
        h(Said, { error }),
        error.suggestion !== undefined &&
          apply !== undefined &&
          button(
            { type: "button", class: "small suggestion", onClick: () => apply(error) },
            t.common.use(shown(error)),
          ),
      ),
    ),
  );

/**
 * A labelled field. `kind` is input, textarea or select. `set` is called with the new value; everything
 * else goes to the element.
 */
export function Field({
  label: text,
  hint,
  errors = [],
  apply,
  kind = "input",
  options,
  inputRef,
  set,
  suffix,
  ...props
}) {
  const id = useId();
  const described = [hint && `${id}-hint`, errors.length > 0 && `${id}-errors`].filter(Boolean).join(" ");
  const make = kind === "textarea" ? textarea : kind === "select" ? select : input;
  const control = make(
    {
      id,
      ref: inputRef,
      "aria-invalid": errors.length > 0 ? "true" : undefined,
      "aria-describedby": described === "" ? undefined : described,
      ...(set && { [kind === "select" ? "onChange" : "onInput"]: (event) => set(event.target.value) }),
      ...props,
    },
    options?.map(([value, name]) => option({ value, key: value, selected: value === props.value }, name)),
  );
  return div(
    { class: "field" },
    label({ for: id }, text),
    suffix ? div({ class: "with-suffix" }, control, suffix) : control,
    hint && p({ class: "hint", id: `${id}-hint` }, hint),
    h(Errors, { id: `${id}-errors`, errors, apply }),
  );
}

/** A checkbox. `set` is called with whether it is checked. */
export function Check({ label: text, hint, set, ...props }) {
  const id = useId();
  return div(
    { class: "check" },
    input({
      type: "checkbox",
      id,
      "aria-describedby": hint && `${id}-hint`,
      onChange: (event) => set(event.target.checked),
      ...props,
    }),
    div(label({ for: id }, text), hint && p({ class: "hint", id: `${id}-hint` }, hint)),
  );
}

export const Group = ({ legend: text, hint, errors = [], children, className = "" }) => {
  const id = useId();
  return fieldset(
    { class: className, "aria-describedby": `${id}-errors` },
    legend(text),
    div({ class: "choices" }, children),
    hint && p({ class: "hint" }, hint),
    h(Errors, { id: `${id}-errors`, errors }),
  );
};

/** A dialog that traps the focus and returns it when it closes. */
export function Dialog({ title, close, children, wide }) {
  const ref = useRef(null);
  const id = useId();
  useEffect(() => {
    const box = ref.current;
    const before = document.activeElement;
    if (!box.open) box.showModal();
    return () => {
      if (box.open) box.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return dialog(
    {
      ref,
      class: wide ? "wide" : "",
      "aria-labelledby": id,
      onCancel: (event) => {
        event.preventDefault();
        close();
      },
      onClick: (event) => event.target === ref.current && close(),
    },
    div(
      { class: "dialog-body" },
      div(
        { class: "dialog-head" },
        h2({ id, tabIndex: -1 }, title),
        button(
          { type: "button", class: "quiet icon-only", "aria-label": t.common.close, onClick: close },
          h(Icon, { name: "close" }),
        ),
      ),
      children,
    ),
  );
}

export const Link = ({ to, className, children, ...props }) => a({ href: to, class: className, ...props }, children);

/** A small button that is a link; `about` completes its text for screen readers. */
export const SmallLink = ({ to, text, about }) =>
  h(Link, { to, className: "button small", "aria-label": `${text}: ${about}` }, text);

/** A page: its title gets the focus after navigation, so that screen readers announce it. */
export function Page({ title, lead, back, actions, children }) {
  const heading = useRef(null);
  useEffect(() => {
    document.title = `${title} · ${t.name}`;
  }, [title]);
  useEffect(() => {
    if (cameFromAnotherPage) heading.current.focus({ preventScroll: true });
    cameFromAnotherPage = true;
    scrollTo(0, 0);
  }, []);
  return div(
    { class: "page" },
    back && a({ class: "back", href: back.to }, h(Icon, { name: "back" }), back.text),
    el.header(
      { class: "page-head" },
      el.h1({ ref: heading, tabIndex: -1 }, title),
      actions && div({ class: "page-actions" }, actions),
    ),
    lead && p({ class: "lead" }, lead),
    children,
  );
}

let cameFromAnotherPage = false;
