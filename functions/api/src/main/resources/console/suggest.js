// Applies the API's suggestions to a text.

const ESCAPE = /[.*+?^${}()|[\]\\]/g;
const escaped = (text) => text.replace(ESCAPE, "\\$&");
const MACRO_CODES = new Set(["unknown_macro", "ambiguous_macro", "foreign_macro", "blank_in_braces"]);

/** The spellings of a macro: ours, and those of other systems. */
const SPELLED = /\$?\{+[^{}]*\}+|\[+[^\[\]]*\]+|<+[^<>]*>+|#+[^#]+#+|%5b[^%]*%5d|%3c[^%]*%3e|%23[^%]*%23|%7b[^%]*%7d/gi;

/** The macro that the message names, as it is written in the text, with its filters. */
function culprit(text, message, suggestion) {
  for (const [named] of message.matchAll(SPELLED)) {
    if (named === "{name}") continue;
    const bare = named.replace(/^\$?\{+|\}+$/g, "");
    if (named === `{${suggestion}}`) {
      // The name is right, but the characters around it are not.
      const marked = new RegExp(`(?:\\$\\{+|\\{\\{+)${escaped(bare)}(\\|[^{}]*)?\\}+`, "i").exec(text);
      if (marked === null) continue;
      return { written: marked[0], filters: marked[1] ?? "" };
    }
    if (named.startsWith("{") && !named.startsWith("{{")) {
      const found = new RegExp(`\\{${escaped(bare)}(\\|[^{}]*)?\\}`, "i").exec(text);
      if (found !== null) return { written: found[0], filters: found[1] ?? "" };
    }
    if (text.includes(named)) {
      return { written: named, filters: /(\|[^{}]*)\}/.exec(named)?.[1] ?? "" };
    }
  }
  return null;
}

/**
 * The text with the error replaced by the suggestion; null if the error's place is unknown. The suggestion is
 * then inserted at the cursor.
 */
export function corrected(text, { code, message, suggestion }) {
  if (MACRO_CODES.has(code)) {
    const found = culprit(text, message, suggestion);
    if (found !== null) return text.split(found.written).join(`{${suggestion}${found.filters}}`);
    return null;
  }
  if (code === "no_ref_id") return null;
  if (code === "fragment") return text.replace(/#/g, suggestion);
  const quoted = [...message.matchAll(/"([^"]+)"/g)].map((match) => match[1]).find((part) => text.includes(part));
  if (quoted !== undefined && !/^https?:/.test(suggestion)) return text.split(quoted).join(suggestion);
  return suggestion;
}

/** The button's text: a macro is shown with its braces. */
export const shown = ({ code, suggestion }) =>
  MACRO_CODES.has(code) || code === "no_ref_id" ? `{${suggestion}}` : suggestion;

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
