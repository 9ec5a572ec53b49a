// The signed-in role, and the API's client for the affiliate that is shown.
import { forget, keepKey, Problem, rememberAffiliate, roleOf, Session, storedKey } from "./api.js";
import { useCallback, useEffect, useMemo, useState } from "./dom.js";
import { t } from "./texts.js";

/**
 * The state is one of `{ is: "asking" }`, `{ is: "error", error }`, `{ is: "out", message }` and
 * `{ is: "in", key, role, affiliateId }`.
 */
export function useSignedIn() {
  const [state, setState] = useState(() => (storedKey() === null ? { is: "out" } : { is: "asking" }));
  useEffect(() => {
    if (state.is !== "asking") return;
    const key = storedKey();
    roleOf(key).then(
      (who) =>
        setState(who.role === "other" ? { is: "out", message: t.signIn.notForPeople } : { is: "in", key, ...who }),
      (e) =>
        setState(
          e instanceof Problem && (e.status === 401 || e.status === 403)
            ? { is: "out", message: t.signIn.expired }
            : { is: "error", error: e },
        ),
    );
  }, [state]);
  const retry = () => setState({ is: "asking" });
  const signIn = (key, who) => {
    keepKey(key);
    setState({ is: "in", key, ...who });
  };
  const signOut = useCallback((message) => {
    forget();
    location.hash = "#/";
    setState({ is: "out", message });
  }, []);
  return { state, retry, signIn, signOut };
}

/** The API's client for the affiliate that a manager has chosen, or for the affiliate itself; null if neither. */
export function useSession({ key, role, affiliateId }, chosen, signOut) {
  useEffect(() => {
    if (chosen !== null) rememberAffiliate(chosen);
  }, [chosen]);
  return useMemo(() => {
    if (role === "manager" && chosen === null) return null;
    const made = new Session(key, role, chosen ?? affiliateId);
    made.onExpired = () => signOut(t.signIn.expired);
    return made;
  }, [key, chosen]);
}
