// The language of the console and its texts: the one that the user chose, else the first of the browser's that there
// is, else English. Only the texts of that language are loaded.

/** The languages by the names of their files, as each is called in itself. */
export const LANGUAGES = { en: "English", es: "Español", pt: "Português", ru: "Русский", zh: "简体中文" };

const KEY = "natifico.language";

/** The language in use; a live binding, as the two below. */
export let language;
/** The same as Intl and the document name it. */
export let locale;
export let t;

async function speak(wanted) {
  ({ locale, t } = await import(`./texts.${wanted}.js`));
  language = wanted;
  document.documentElement.lang = locale;
}

const isKnown = (name) => Object.hasOwn(LANGUAGES, name ?? "");

/** The storage may be forbidden; the choice then lasts as long as the page. */
export const remembered = (key) => {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
};

/** Stores a choice of the user for later visits, null for none, and has the page drawn again. */
export function choose(key, value) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // It applies to this page.
  }
  dispatchEvent(new Event("chosen"));
}

export async function chooseLanguage(name) {
  await speak(name);
  choose(KEY, name);
}

/** The translation of an error or a warning of the API, by its code; undefined in English and if there is none. */
export const translated = ({ code }) => t.errors[code];

/** An error or a warning of the API as one text: its translation, and its own English words, which are more precise. */
export const said = (error) =>
  translated(error) === undefined ? error.message : `${translated(error)} (${error.message})`;

const candidates = [remembered(KEY), ...navigator.languages.map((tag) => tag.split("-")[0].toLowerCase())];
await speak(candidates.find(isKnown) ?? "en");
