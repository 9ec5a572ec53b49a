// "Postback information": every macro, with search and insertion.
import { call } from "./api.js";
import { el, Fragment, h, useEffect, useState } from "./dom.js";
import { Icon } from "./ui.js";
import { t } from "./texts.js";

const { button, code, div, dl, dt, dd, h3, input, label, li, p, section, span, ul } = el;

let macros = null;
let trackers = null;

const kept = (path, known, keep) => () => known() ?? keep(call(null, "GET", path).then((answer) => answer.items));

export const loadMacros = kept(
  "/v1/macros",
  () => macros,
  (items) => (macros = items),
);
export const loadTrackers = kept(
  "/v1/trackers",
  () => trackers,
  (items) => (trackers = items),
);

/** The list that `load` resolves to; empty while it is loading and if it fails. */
export function useList(load) {
  const [items, setItems] = useState([]);
  useEffect(() => {
    load().then(setItems, () => {
      macros = null;
      trackers = null;
    });
  }, []);
  return items;
}

const NUMBERED = /^([a-z_]+?)(\d+)$/;

/** Omits all members of a numbered family except the first. */
function abridged(all) {
  const names = new Set(all.map(({ name }) => name));
  return all.filter(({ name }) => {
    const [, family, number] = NUMBERED.exec(name) ?? [];
    return family === undefined || number === "1" || !names.has(`${family}1`);
  });
}

/** `sub2 … sub30`, for each family. */
const families = (all) =>
  [
    ...Map.groupBy(
      all.filter(({ name }) => NUMBERED.test(name)),
      ({ name }) => NUMBERED.exec(name)[1],
    ),
  ]
    .filter(([, members]) => members.length > 1)
    .map(([, members]) => `${members[1].name}…${members.at(-1).name}`);

/** Matches the name first, then an alias, then the description. */
function rank(macro, words) {
  const whole = words.replace(/[{}\s_-]/g, "");
  const bare = (text) => text.toLowerCase().replace(/_/g, "");
  if (bare(macro.name) === whole) return 0;
  if (bare(macro.name).startsWith(whole)) return 1;
  if (macro.aliases.some((alias) => bare(alias) === whole)) return 2;
  if (bare(macro.name).includes(whole) || macro.aliases.some((alias) => bare(alias).includes(whole))) return 3;
  const text = `${macro.description} ${macro.format} ${macro.example}`.toLowerCase();
  return words.split(/\s+/).every((word) => text.includes(word)) ? 4 : 9;
}

export function search(all, text) {
  const words = text.trim().toLowerCase();
  if (words === "") return abridged(all);
  return all
    .map((macro) => ({ macro, rank: rank(macro, words) }))
    .filter((found) => found.rank < 9)
    .sort((one, other) => one.rank - other.rank)
    .map((found) => found.macro);
}

export function PostbackInformation({ insert }) {
  const all = useList(loadMacros);
  const [text, setText] = useState("");
  const found = search(all, text);
  return section(
    { class: "macros", "aria-label": t.macros.title },
    h3(t.macros.title),
    div(
      { class: "search" },
      h(Icon, { name: "search" }),
      label({ for: "macro-search", class: "unseen" }, t.macros.search),
      input({
        id: "macro-search",
        type: "search",
        value: text,
        placeholder: t.macros.placeholder,
        autocomplete: "off",
        spellcheck: false,
        onInput: (event) => setText(event.target.value),
        onKeyDown: (event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          if (found.length > 0) insert(found[0].name);
        },
      }),
    ),
    p({ class: "unseen", role: "status" }, text === "" ? "" : t.macros.results(found.length)),
    found.length === 0 && all.length > 0 && p({ class: "muted" }, t.macros.none),
    ul(
      { class: "macro-list" },
      found.map((macro) => li({ key: macro.name }, h(Entry, { macro, insert }))),
    ),
    text === "" && all.length > 0 && p({ class: "hint" }, t.macros.more(families(all).join(", "))),
  );
}

function Entry({ macro, insert }) {
  return h(
    Fragment,
    null,
    button(
      {
        type: "button",
        class: "macro-insert",
        "aria-label": t.macros.insert(macro.name),
        onClick: () => insert(macro.name),
      },
      code({ class: "macro" }, `{${macro.name}}`),
    ),
    p({ class: "macro-text" }, macro.description),
    dl(
      { class: "macro-facts" },
      macro.example !== "" && div(dt(t.macros.example), dd(code(macro.example))),
      macro.format !== "text" && macro.format !== "" && div(dt(t.macros.format), dd(macro.format)),
      macro.aliases.length > 0 &&
        div(dt(t.macros.aliases), dd(span({ class: "aliases" }, macro.aliases.map((alias) => `{${alias}}`).join(" ")))),
    ),
  );
}
