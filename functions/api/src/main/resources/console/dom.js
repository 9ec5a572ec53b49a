// Elements as functions: div({ class: "card" }, "text"), or div("text") without attributes.
// The libraries come as plain scripts, because a browser resolves no bare import without a map, and a
// map would have to stand inline.
const { h, render, createContext, Fragment } = globalThis.preact;

export const { useState, useEffect, useLayoutEffect, useRef, useMemo, useCallback, useContext, useId } =
  globalThis.preactHooks;
export { h, render, createContext, Fragment };

const isProps = (value) => value !== null && typeof value === "object" && value.constructor === Object;

const element =
  (type) =>
  (first, ...rest) =>
    isProps(first) ? h(type, first, ...rest) : h(type, null, first, ...rest);

export const el = new Proxy({}, { get: (made, tag) => (made[tag] ??= element(tag)) });
