// The choice of the language and of the time zone, at the end of every page.
import { el, h } from "./dom.js";
import { BROWSER_ZONE, chooseZone, zone } from "./format.js";
import { chooseLanguage, language, LANGUAGES, t } from "./texts.js";
import { Field } from "./ui.js";

const { footer } = el;

/** The zones by their names, with UTC, which browsers leave out. */
const ZONES = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((name) => name !== "UTC")];

const zones = () => [
  [BROWSER_ZONE, t.locale.browser(BROWSER_ZONE)],
  ...ZONES.filter((name) => name !== BROWSER_ZONE).map((name) => [name, name.replaceAll("_", " ")]),
];

export const Locale = () =>
  footer(
    { class: "locale" },
    h(Field, {
      label: t.locale.language,
      kind: "select",
      value: language,
      options: Object.entries(LANGUAGES),
      set: chooseLanguage,
    }),
    h(Field, {
      label: t.locale.zone,
      kind: "select",
      value: zone(),
      options: zones(),
      set: (name) => chooseZone(name === BROWSER_ZONE ? null : name),
    }),
  );
