// Applies the API's suggestions and its filters to a text.

const MACRO_CODES = new Set(["unknown_macro", "ambiguous_macro", "foreign_macro", "blank_in_braces"]);

/**
 * The text with the suggestion followed; null if its place is the author's choice. The suggestion is then
 * inserted at the cursor.
 */
export const corrected = (text, { correction }) =>
  correction === undefined ? null : text.split(correction.replace).join(correction.with);

/** The button's text: a macro is shown with its braces. */
export const shown = ({ code, suggestion }) =>
  (MACRO_CODES.has(code) && /^[a-z]/.test(suggestion)) || code === "no_ref_id" ? `{${suggestion}}` : suggestion;

const PIECE = /\{[A-Za-z][\w-]*(?:\|[^{}]*)?\}/g;

/** Splits a template into pieces, `{ macro, text }`. */
export function pieces(template) {
  const found = [];
  let end = 0;
  for (const match of template.matchAll(PIECE)) {
    if (match.index > end) found.push({ macro: false, text: template.slice(end, match.index) });
    found.push({ macro: true, text: match[0] });
    end = match.index + match[0].length;
  }
  if (end < template.length) found.push({ macro: false, text: template.slice(end) });
  return found;
}

/**
 * The text with a filter added to the macro that the selection is in or directly after; elsewhere the filter's
 * example replaces the selection. The cursor is then after the macro.
 */
export function filtered(text, start, end, { example }) {
  const put = (from, to, written) => ({
    text: text.slice(0, from) + written + text.slice(to),
    cursor: from + written.length,
  });
  let from = 0;
  for (const piece of pieces(text)) {
    const to = from + piece.text.length;
    if (piece.macro && start >= from && end > from && end <= to) {
      return put(from, to, piece.text.slice(0, -1) + example.slice(example.indexOf("|")));
    }
    from = to;
  }
  return put(start, end, example);
}

/** Splits the expanded text into the pieces of its template; one piece if the two do not match. */
export function expandedPieces(template, expanded) {
  const whole = [{ macro: false, text: expanded }];
  const parts = pieces(template);
  const found = [];
  let at = 0;
  for (let i = 0; i < parts.length; i++) {
    if (!parts[i].macro) {
      if (!expanded.startsWith(parts[i].text, at)) return whole;
      found.push(parts[i]);
      at += parts[i].text.length;
    } else {
      const next = parts[i + 1];
      const end = next === undefined ? expanded.length : next.macro ? at : expanded.indexOf(next.text, at);
      if (end < 0) return whole;
      found.push({ macro: true, name: parts[i].text, text: expanded.slice(at, end) });
      at = end;
    }
  }
  return at === expanded.length ? found : whole;
}
