// The client of the public API. The key is stored only for as long as this tab is open.
import { t } from "./texts.js";

const KEY = "natifico.key";
const RECENT = "natifico.affiliates";

/** The limit of requests for one page; each request reads up to 10,000 rows. */
const MAX_REQUESTS = 20;

/** The code of a problem, from its type. */
export const codeOf = (type = "") => type.replace(/.*:/, "");

/** A response that is not successful: the API's problem, or why there was no response. */
export class Problem extends Error {
  constructor(status, body, retryAfter = null) {
    super(body.detail ?? body.message ?? t.problem.unknown);
    this.status = status;
    /** The seconds to wait; null if the response does not say it. */
    this.retryAfter = retryAfter;
    this.code = codeOf(body.type);
    this.title = body.title ?? "";
    this.errors = body.errors ?? [];
    this.fromApi = body.type !== undefined;
  }
}

const parsed = (text) => {
  try {
    return text === "" ? {} : JSON.parse(text);
  } catch {
    return {};
  }
};

/** Calls the API with this key and returns the JSON. */
export async function call(key, method, path, { body, ifMatch, keepalive, signal } = {}) {
  const headers = key === null ? {} : { authorization: `Bearer ${key}` };
  if (body !== undefined) headers["content-type"] = "application/json";
  if (ifMatch !== undefined) headers["if-match"] = `"${ifMatch}"`;
  let response;
  try {
    response = await fetch(path, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: "no-store",
      keepalive,
      signal,
    });
  } catch (e) {
    if (e.name === "AbortError") throw e;
    throw new Problem(0, { detail: t.problem.offline });
  }
  const json = parsed(await response.text());
  if (!response.ok) {
    const seconds = Number.parseInt(response.headers.get("retry-after") ?? "", 10);
    throw new Problem(response.status, json, Number.isNaN(seconds) ? null : seconds);
  }
  return json;
}

/** How often a request that came too soon is made again. */
const PATIENCE = 20;

/** Makes a request again after the time that a 429 names, or after a second. */
export async function patiently(request) {
  for (let tries = 1; ; tries++) {
    try {
      return await request();
    } catch (e) {
      if (e.status !== 429 || tries === PATIENCE) throw e;
      await new Promise((resolve) => setTimeout(resolve, (e.retryAfter ?? 1) * 1000));
    }
  }
}

/** The query string of all parameters that have a value, with its question mark. */
export function query(parameters) {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null && value !== "");
  return given.length === 0 ? "" : `?${new URLSearchParams(given)}`;
}

export const storedKey = () => sessionStorage.getItem(KEY);
export const keepKey = (key) => sessionStorage.setItem(KEY, key);

export function forget() {
  sessionStorage.removeItem(KEY);
  sessionStorage.removeItem(RECENT);
}

/** The affiliates that a manager opened in this tab, latest first. */
export const recentAffiliates = () => parsed(sessionStorage.getItem(RECENT) ?? "").ids ?? [];

export function rememberAffiliate(id) {
  const ids = [id, ...recentAffiliates().filter((other) => other !== id)].slice(0, 30);
  sessionStorage.setItem(RECENT, JSON.stringify({ ids }));
}

export function dropAffiliate(id) {
  sessionStorage.setItem(RECENT, JSON.stringify({ ids: recentAffiliates().filter((other) => other !== id) }));
}

/** The role of this key; the console is for affiliates and account managers. */
export async function roleOf(key) {
  const { role, affiliate_id: affiliateId } = await call(key, "GET", "/v1/me");
  return { role: ["affiliate", "manager"].includes(role) ? role : "other", affiliateId };
}

/** The API for one affiliate. */
export class Session {
  constructor(key, role, affiliateId) {
    this.key = key;
    this.role = role;
    this.affiliateId = affiliateId;
    this.root = `/v1/affiliates/${role === "affiliate" ? "me" : encodeURIComponent(affiliateId)}`;
  }

  /** Called when the key is no longer accepted. The gateway reports this, not the API. */
  onExpired = () => {};

  async #call(method, path, options) {
    try {
      return await call(this.key, method, path, options);
    } catch (e) {
      if (e.status === 401 || (e.status === 403 && !e.fromApi)) this.onExpired();
      throw e;
    }
  }

  get(path, options) {
    return this.#call("GET", this.root + path, options);
  }

  post(path, body, options) {
    return this.#call("POST", this.root + path, { body, ...options });
  }

  put(path, body, ifMatch) {
    return this.#call("PUT", this.root + path, { body, ifMatch });
  }

  delete(path, options) {
    return this.#call("DELETE", this.root + path, options);
  }

  /** The answer to one request for a list. */
  one(path, parameters) {
    return this.get(path + query(parameters));
  }

  /**
   * Up to `limit` items of a list, the next cursor, and the time until which a search has come. A page of a filtered
   * list may be short or even empty although later pages have matches; `progress` is called with that time after each
   * request.
   */
  async page(path, parameters, limit, cursor = null, progress = () => {}) {
    const items = [];
    let next = cursor;
    let searchedUntil = null;
    let requests = 0;
    do {
      const answer = await this.one(path, { ...parameters, limit: limit - items.length, cursor: next });
      items.push(...answer.items);
      next = answer.next;
      searchedUntil = answer.searched_until ?? null;
      progress(searchedUntil);
      requests++;
    } while (next !== null && items.length < limit && requests < MAX_REQUESTS);
    return { items, next, searchedUntil };
  }

  /** All pages of a list, up to `limit` items: `{ items, complete }`. */
  async all(path, parameters, most, onPage = () => {}) {
    const items = [];
    let cursor = null;
    do {
      const page = await this.get(path + query({ ...parameters, limit: 200, cursor }));
      items.push(...page.items);
      cursor = page.next;
      onPage(items);
    } while (cursor !== null && items.length < most);
    return { items, complete: cursor === null };
  }

  startTest(body) {
    const affiliate = this.role === "affiliate" ? {} : { affiliate_id: this.affiliateId };
    return this.#call("POST", "/v1/test-conversions", { body: { ...affiliate, ...body, wait_seconds: 0 } });
  }

  lookAtTest(id) {
    const affiliate = this.role === "affiliate" ? {} : { affiliate_id: this.affiliateId };
    return this.#call("GET", `/v1/test-conversions/${id}${query(affiliate)}`);
  }
}
