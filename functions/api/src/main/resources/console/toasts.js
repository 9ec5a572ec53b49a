// Short messages that disappear after some seconds, at most three at a time.
import { el, h, useCallback, useState } from "./dom.js";
import { t } from "./texts.js";
import { Icon } from "./ui.js";

const { button, div, span } = el;

/** How long a message is shown by default, in milliseconds. */
const SHOWN = 6_000;

export function useToasts() {
  const [toasts, setToasts] = useState([]);
  const dismiss = useCallback((id) => setToasts((all) => all.filter((toast) => toast.id !== id)), []);
  const toast = useCallback((text, { action, kind, ms = SHOWN } = {}) => {
    const id = crypto.randomUUID();
    setToasts((all) => [...all.slice(-2), { id, text, action, kind }]);
    setTimeout(() => dismiss(id), ms);
  }, []);
  return { toasts, toast, dismiss };
}

export const Toasts = ({ toasts, dismiss }) =>
  div(
    { class: "toasts", role: "status", "aria-live": "polite" },
    toasts.map((toast) =>
      div(
        { class: `toast ${toast.kind ?? ""}`, key: toast.id },
        span(toast.text),
        toast.action &&
          button(
            {
              class: "small",
              onClick: () => {
                dismiss(toast.id);
                toast.action.run();
              },
            },
            toast.action.label,
          ),
        button(
          { class: "quiet icon-only", "aria-label": t.common.close, onClick: () => dismiss(toast.id) },
          h(Icon, { name: "close" }),
        ),
      ),
    ),
  );
