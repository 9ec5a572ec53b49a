// A suggestion of the API, put where it belongs in a text.

const ESCAPE = /[.*+?^${}()|[\]\\]/g;
const escaped = (text) => text.replace(ESCAPE, "\\$&");
const MACRO_CODES = new Set(["unknown_macro", "ambiguous_macro", "foreign_macro", "blank_in_braces"]);

/** How a macro may be spelled: ours, and those of other systems. */
const SPELLED = /\$?\{+[^{}]*\}+|\[+[^\[\]]*\]+|<+[^<>]*>+|#+[^#]+#+|%5b[^%]*%5d|%3c[^%]*%3e|%23[^%]*%23|%7b[^%]*%7d/gi;

/** The spelled macro that the message speaks of, as it stands in the text with its filters. */
function culprit(text, message, suggestion) {
  for (const [named] of message.matchAll(SPELLED)) {
    if (named === "{name}") continue;
    const bare = named.replace(/^\$?\{+|\}+$/g, "");
    if (named === `{${suggestion}}`) {
      // The name is right, and what stands around it is not.
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
 * The text with the suggestion in the place of what was wrong; null if its place cannot be told, and then it
 * is to be inserted where the cursor stands.
 */
export function mended(text, { code, message, suggestion }) {
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

/** What the button says: a macro bears its braces. */
export const shown = ({ code, suggestion }) =>
  MACRO_CODES.has(code) || code === "no_ref_id" ? `{${suggestion}}` : suggestion;

const PIECE = /\{[A-Za-z][\w-]*(?:\|[^{}]*)?\}/g;

/** A template in pieces, `{ macro, text }`. */
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

/** The expanded text in the pieces of its template; one piece if they do not fit each other. */
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
