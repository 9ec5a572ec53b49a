// "Postback information": every macro and every filter, with search and insertion.
import { call } from "./api.js";
import { el, Fragment, h, useEffect, useState } from "./dom.js";
import { Icon } from "./ui.js";
import { t } from "./texts.js";

const { button, code, div, dl, dt, dd, h3, h4, input, label, li, p, section, span, ul } = el;

/** The public lists by their paths, each loaded once, and again after a failure. */
const loaded = {};
const load = (path) =>
  (loaded[path] ??= call(null, "GET", path).catch((e) => {
    delete loaded[path];
    throw e;
  }));

const loadMacros = () => load("/v1/macros").then((answer) => answer.items);
const loadFilters = () => load("/v1/macros").then((answer) => answer.filters);
/** The trackers, and after them the ad platforms. */
export const loadTrackers = () =>
  Promise.all([load("/v1/trackers"), load("/v1/trackers?kind=ad_platform")]).then((answers) =>
    answers.flatMap((answer) => answer.items),
  );

/** The list that `load` resolves to; empty while it is loading and if it fails. */
export function useList(load) {
  const [items, setItems] = useState([]);
  useEffect(() => {
    load().then(setItems, () => {});
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

/** Matches the name first, then an alias, then the texts; 9 if nothing matches. */
function rank({ name, aliases, texts }, words) {
  const whole = words.replace(/[{}|:\s_-]/g, "");
  const bare = (text) => text.toLowerCase().replace(/_/g, "");
  if (bare(name) === whole) return 0;
  if (bare(name).startsWith(whole)) return 1;
  if (aliases.some((alias) => bare(alias) === whole)) return 2;
  if (bare(name).includes(whole) || aliases.some((alias) => bare(alias).includes(whole))) return 3;
  const text = texts.join(" ").toLowerCase();
  return words.split(/\s+/).every((word) => text.includes(word)) ? 4 : 9;
}

const ofMacro = ({ name, aliases, description, format, example }) => ({
  name,
  aliases,
  texts: [description, format, example],
});
const ofFilter = ({ name, syntax, description, example }) => ({
  name,
  aliases: [],
  texts: [syntax, description, example],
});

/** What matches the words as `{ item, rank }`, the best match first. */
const search = (all, searched, words) =>
  all
    .map((item) => ({ item, rank: rank(searched(item), words) }))
    .filter((found) => found.rank < 9)
    .sort((one, other) => one.rank - other.rank);

export function PostbackInformation({ insert, filter }) {
  const macros = useList(loadMacros);
  const filters = useList(loadFilters);
  const [text, setText] = useState("");
  const words = text.trim().toLowerCase();
  const foundMacros = words === "" ? abridged(macros).map((item) => ({ item })) : search(macros, ofMacro, words);
  const foundFilters = words === "" ? filters.map((item) => ({ item })) : search(filters, ofFilter, words);
  const none = foundMacros.length === 0 && foundFilters.length === 0;
  const takeBest = () => {
    const [macro] = foundMacros;
    const [other] = foundFilters;
    if (macro !== undefined && !(other?.rank < macro.rank)) insert(macro.item.name);
    else if (other !== undefined) filter(other.item);
  };
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
          takeBest();
        },
      }),
    ),
    p(
      { class: "unseen", role: "status" },
      words === "" ? "" : t.macros.results(foundMacros.length, foundFilters.length),
    ),
    none && macros.length > 0 && p({ class: "muted" }, t.macros.none),
    foundMacros.length > 0 &&
      ul(
        { class: "macro-list" },
        foundMacros.map(({ item }) => li({ key: item.name }, h(Entry, { macro: item, insert }))),
      ),
    words === "" && macros.length > 0 && p({ class: "hint" }, t.macros.more(families(macros).join(", "))),
    foundFilters.length > 0 &&
      h(
        Fragment,
        null,
        h4(t.macros.filters),
        p({ class: "hint" }, t.macros.filtersHint),
        ul(
          { class: "macro-list filter-list" },
          foundFilters.map(({ item }) => li({ key: item.name }, h(FilterEntry, { of: item, filter }))),
        ),
      ),
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
    p({ class: "macro-text", lang: "en" }, macro.description),
    dl(
      { class: "macro-facts" },
      macro.example !== "" && div(dt(t.macros.example), dd(code(macro.example))),
      macro.format !== "text" && macro.format !== "" && div(dt(t.macros.format), dd({ lang: "en" }, macro.format)),
      macro.aliases.length > 0 &&
        div(dt(t.macros.aliases), dd(span({ class: "aliases" }, macro.aliases.map((alias) => `{${alias}}`).join(" ")))),
    ),
  );
}

function FilterEntry({ of, filter }) {
  return h(
    Fragment,
    null,
    button(
      {
        type: "button",
        class: "macro-insert",
        "aria-label": t.macros.filter(of.name, of.example),
        onClick: () => filter(of),
      },
      code({ class: "macro" }, of.example),
    ),
    p({ class: "macro-text", lang: "en" }, of.description),
    dl(
      { class: "macro-facts" },
      of.syntax !== of.name && div(dt(t.macros.syntax), dd(code(of.syntax))),
      div(dt(t.macros.example), dd(t.macros.becomes(of.example_value, of.example_result))),
    ),
  );
}
