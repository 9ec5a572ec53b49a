// The live preview of what a postback would send.
import { el, h, useEffect, useState } from "./dom.js";
import { requestOf } from "./draft.js";
import { useSettled } from "./store.js";
import { expandedPieces, corrected, shown } from "./suggest.js";
import { t } from "./texts.js";
import { Said } from "./ui.js";

const { button, code, div, p, span } = el;

/** Short enough to feel live, long enough not to send a request per keystroke, in milliseconds. */
const PAUSE = 300;

const NOTHING = { data: null, errors: [], template: null };

/** The preview route's response for this draft: `{ data, errors, template }`. */
export function usePreview(session, draft, offerId) {
  const request = useSettled({ ...requestOf(draft), tracker: draft.tracker }, PAUSE);
  const [state, setState] = useState(NOTHING);
  const text = JSON.stringify(request);
  useEffect(() => {
    if (request.url === "") {
      setState(NOTHING);
      return undefined;
    }
    const given = new AbortController();
    const conversion = offerId === null ? null : { offer_id: offerId };
    session.post("/postbacks/preview", { ...request, conversion }, { signal: given.signal }).then(
      (data) => setState({ data, errors: [], template: request }),
      (e) => e.name !== "AbortError" && setState({ data: null, errors: e.errors ?? [], template: null }),
    );
    return () => given.abort();
  }, [text, offerId]);
  return state;
}

const Expanded = ({ template, expanded }) =>
  code(
    { class: "template expanded" },
    expandedPieces(template, expanded).map((piece) =>
      piece.macro ? span({ class: "macro", title: piece.name }, piece.text) : piece.text,
    ),
  );

export function Preview({ draft, preview, insert, apply }) {
  const { data, errors, template } = preview;
  const missing = data?.macros.filter(({ value }) => value === null).map(({ name }) => `{${name}}`) ?? [];
  const field = (warning) => (corrected(draft.url, warning) === draft.url && draft.body !== "" ? "body" : "url");
  return div(
    { class: "preview", "aria-live": "polite" },
    el.p({ class: "preview-title" }, t.editor.preview, span({ class: "hint" }, ` ${t.editor.previewHint}`)),
    data === null && p({ class: "muted" }, errors.length > 0 ? t.editor.previewBroken : t.editor.previewEmpty),
    data !== null && h(Expanded, { template: template.url, expanded: data.url }),
    data !== null && data.body !== null && h(Expanded, { template: template.body, expanded: data.body }),
    missing.length > 0 && p({ class: "hint" }, t.editor.missing(missing.join(", "))),
    data?.warnings.map((warning) =>
      p(
        { class: "warning", key: warning.code + warning.message },
        h(Said, { error: warning }),
        warning.suggestion !== undefined &&
          button(
            {
              type: "button",
              class: "small suggestion",
              onClick: () =>
                warning.code === "no_ref_id" ? insert(warning.suggestion) : apply(field(warning))(warning),
            },
            warning.code === "no_ref_id" ? t.common.insert(shown(warning)) : t.common.use(shown(warning)),
          ),
      ),
    ),
  );
}
