// How a language writes numbers, and which form of a word follows them.

/** `{ count, percent, form, plural }` of a language; `categories` are its plurals in the order of the given forms. */
export function numbersOf(locale, ...categories) {
  const rules = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  const count = (n) => numbers.format(n);
  /** The form for this number; the last one for a category that is not named. */
  const form = (n, ...forms) => forms[categories.indexOf(rules.select(n))] ?? forms.at(-1);
  return {
    count,
    form,
    plural: (n, ...forms) => `${count(n)} ${form(n, ...forms)}`,
    /** Rounded down to a tenth, so that only a whole is called 100 %. */
    percent: (share) => `${numbers.format(Math.floor(share * 1000) / 10)} %`,
  };
}
