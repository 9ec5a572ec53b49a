// Elements as functions: div({ class: "card" }, "text"), or div("text") without attributes.
// The libraries are plain scripts: a browser resolves bare imports only with an import map, which must
// be inline.
const { h, render, createContext, Fragment } = globalThis.preact;

export const { useState, useEffect, useLayoutEffect, useRef, useMemo, useCallback, useContext } =
  globalThis.preactHooks;
export { h, render, createContext, Fragment };

const isProps = (value) => value !== null && typeof value === "object" && value.constructor === Object;

const element =
  (type) =>
  (first, ...rest) =>
    isProps(first) ? h(type, first, ...rest) : h(type, null, first, ...rest);

export const el = new Proxy({}, { get: (made, tag) => (made[tag] ??= element(tag)) });

let ids = 0;

/** An id that no other element has. Preact's own repeats ids when a parent renders again around unchanged children. */
export const useId = () => useState(() => `id-${++ids}`)[0];
