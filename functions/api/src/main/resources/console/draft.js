// The draft of a postback, which the editor changes, and the requests that are built from it.
export const STATUSES = ["approved", "pending", "declined", "hold"];

export const draftOf = (postback) => ({
  url: postback?.url ?? "",
  method: postback?.method ?? "GET",
  body: postback?.body ?? "",
  content_type: postback?.content_type ?? "",
  headers: postback?.headers ?? {},
  label: postback?.label ?? "",
  statuses: postback?.statuses ?? ["approved"],
  goals: postback?.goals.join(", ") ?? "",
  corrections: postback?.revisions === "send",
  keepsStale: postback?.stale === "send",
  max_per_second: postback?.max_per_second?.toString() ?? "",
  also_global: postback?.also_global ?? false,
  signature: postback?.signed ? postback.signature : "none",
  secret: "",
  /** New values by name; those that are stored cannot be read. */
  secrets: {},
  removedSecrets: [],
  tracker: postback?.tracker ?? null,
  answer_rules: postback?.answer_rules ?? null,
});

/** The members that preview and save requests share. */
export const requestOf = (draft) => {
  const post = draft.method === "POST" && draft.body !== "";
  return {
    url: draft.url,
    method: draft.method,
    body: post ? draft.body : null,
    content_type: post && draft.content_type !== "" ? draft.content_type : null,
    headers: draft.headers,
  };
};

/** Headers as text, one in each line. */
export const headerLines = (headers) =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join("\n");

/** The headers of such a text; the API says what is wrong with them. */
export const headersOf = (text) =>
  Object.fromEntries(
    text
      .split("\n")
      .filter((line) => line.trim() !== "")
      .map((line) => {
        const colon = line.indexOf(":");
        return colon < 0 ? [line.trim(), ""] : [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
      }),
  );

/** Whether a signing secret is stored. */
export const hasSecret = (postback) => postback?.signed === true && postback.signature === "hmac";

/** Whether callbacks would not be signed although they should be. */
export const lacksSecret = (draft, postback) =>
  draft.signature === "hmac" && draft.secret.trim() === "" && !hasSecret(postback);

/** A secret that is left out is kept; the network's key needs none. */
const signatureOf = (draft) => {
  const secret = draft.secret.trim();
  switch (draft.signature) {
    case "none":
      return { signature: "hmac", signing_secret: null };
    case "hmac":
      return { signature: "hmac", ...(secret !== "" && { signing_secret: secret }) };
    default:
      return { signature: draft.signature };
  }
};

/** The names of the secrets that the draft's placeholders need. */
export const usedSecrets = (draft) => {
  const text = [draft.url, draft.method === "POST" ? draft.body : "", ...Object.values(draft.headers)].join("\n");
  return [...text.matchAll(/\{secret\.([a-z][a-z0-9_]{0,31})\}/g)].map(([, name]) => name);
};

const secretsOf = (draft) => {
  const given = Object.entries(draft.secrets).filter(([, value]) => value !== "");
  const used = usedSecrets(draft);
  const removed = draft.removedSecrets.filter((name) => !used.includes(name)).map((name) => [name, null]);
  return given.length + removed.length === 0 ? {} : { secrets: Object.fromEntries([...removed, ...given]) };
};

const goalsOf = (text) =>
  text
    .split(",")
    .map((goal) => goal.trim())
    .filter((goal) => goal !== "");

/** A number, or the text as it is, so that the API says what is wrong with it. */
const rateOf = (text) => {
  const given = text.trim().replace(",", ".");
  return given === "" ? null : Number.isNaN(Number(given)) ? given : Number(given);
};

/** All members of a postback except the secrets. */
export const settingsOf = (draft, postback, offerId) => ({
  ...requestOf(draft),
  offer_id: offerId,
  label: draft.label.trim() || null,
  statuses: draft.statuses,
  goals: goalsOf(draft.goals),
  revisions: draft.corrections ? "send" : "ignore",
  stale: draft.keepsStale ? "send" : "drop",
  max_per_second: rateOf(draft.max_per_second),
  also_global: draft.also_global,
  state: postback?.state ?? "active",
  tracker: draft.tracker,
  answer_rules: draft.answer_rules,
});

export const bodyOf = (draft, postback, offerId) => ({
  ...settingsOf(draft, postback, offerId),
  ...signatureOf(draft),
  ...secretsOf(draft),
});
