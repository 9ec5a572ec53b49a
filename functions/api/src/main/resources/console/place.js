// The location of a page: read from the fragment of the URL, and written into links.
import { useEffect, useState } from "./dom.js";

/** `#/a/77/log?state=failed` as `{ affiliateId, path: ["log"], query: { state: "failed" } }`. */
export function placeOf(hash) {
  const [path, search = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const parts = path
    .split("/")
    .filter((part) => part !== "")
    .map(decoded);
  const query = Object.fromEntries(new URLSearchParams(search));
  return parts[0] === "a"
    ? { affiliateId: parts[1] ?? null, path: parts.slice(2), query }
    : { affiliateId: null, path: parts, query };
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function usePlace() {
  const [place, setPlace] = useState(() => placeOf(location.hash));
  useEffect(() => {
    const moved = () => setPlace(placeOf(location.hash));
    addEventListener("hashchange", moved);
    return () => removeEventListener("hashchange", moved);
  }, []);
  return place;
}

/** The fragment of a page's URL. `affiliateId` is null unless a manager has chosen one. */
export function addressOf(affiliateId, path, parameters = {}) {
  const search = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value)).toString();
  const root = affiliateId === null ? "#/" : `#/a/${encodeURIComponent(affiliateId)}/`;
  return root + path + (search === "" ? "" : `?${search}`);
}
