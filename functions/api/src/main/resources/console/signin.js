// Signing in with a key.
import { Problem, roleOf } from "./api.js";
import { el, h, useState } from "./dom.js";
import { Field } from "./ui.js";
import { Locale } from "./locale.js";
import { said, t } from "./texts.js";

const { a, button, div, form, h1, main, p } = el;

const reasonOf = (error) => {
  if (!(error instanceof Problem)) return t.problem.unknown;
  return error.status === 401 || error.status === 403 ? t.signIn.unknown : said(error);
};

export function SignIn({ message, signedIn }) {
  const [key, setKey] = useState("");
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(message ?? null);

  const submit = async (event) => {
    event.preventDefault();
    const given = key.trim();
    if (given === "") {
      setProblem(t.signIn.missing);
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      const who = await roleOf(given);
      if (who.role === "other") setProblem(t.signIn.notForPeople);
      else signedIn(given, who);
    } catch (e) {
      setProblem(reasonOf(e));
    } finally {
      setBusy(false);
    }
  };

  return div(
    { class: "signin" },
    main(
      div({ class: "brand" }, div({ class: "mark", "aria-hidden": "true" }), t.name),
      h1(t.signIn.title),
      p({ class: "lead" }, t.signIn.lead),
      form(
        { class: "card", onSubmit: submit, noValidate: true },
        h(Field, {
          label: t.signIn.key,
          hint: t.signIn.hint,
          type: shown ? "text" : "password",
          autocomplete: "off",
          spellcheck: false,
          autofocus: true,
          value: key,
          set: setKey,
          errors: problem === null ? [] : [{ field: "key", code: "key", message: problem }],
          suffix: button(
            { type: "button", class: "small", "aria-pressed": shown, onClick: () => setShown(!shown) },
            shown ? t.signIn.hide : t.signIn.show,
          ),
        }),
        button({ class: "primary", disabled: busy }, busy ? t.signIn.busy : t.signIn.submit),
      ),
      p(
        { class: "hint links" },
        t.signIn.links,
        " ",
        a({ href: "/v1/openapi.json" }, t.signIn.api),
        " · ",
        a({ href: "/v1/macros" }, t.signIn.macros),
        " · ",
        a({ href: "/v1/trackers" }, t.signIn.trackers),
      ),
    ),
    h(Locale),
  );
}
