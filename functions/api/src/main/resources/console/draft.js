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
  also_global: postback?.also_global ?? false,
  secret: "",
  removeSecret: false,
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

const secretOf = (draft) =>
  draft.secret.trim() !== ""
    ? { signing_secret: draft.secret.trim() }
    : draft.removeSecret
      ? { signing_secret: null }
      : {};

const goalsOf = (text) =>
  text
    .split(",")
    .map((goal) => goal.trim())
    .filter((goal) => goal !== "");

/** All members of a postback except the secret. */
export const settingsOf = (draft, postback, offerId) => ({
  ...requestOf(draft),
  offer_id: offerId,
  label: draft.label.trim() || null,
  statuses: draft.statuses,
  goals: goalsOf(draft.goals),
  revisions: draft.corrections ? "send" : "ignore",
  stale: draft.keepsStale ? "send" : "drop",
  also_global: draft.also_global,
  state: postback?.state ?? "active",
  tracker: draft.tracker,
  answer_rules: draft.answer_rules,
});

export const bodyOf = (draft, postback, offerId) => ({ ...settingsOf(draft, postback, offerId), ...secretOf(draft) });
