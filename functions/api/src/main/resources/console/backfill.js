// Sends a postback what came before it was saved.
import { patiently } from "./api.js";
import { el, h, useEffect, useState } from "./dom.js";
import { useApp } from "./store.js";
import { t } from "./texts.js";
import { Failure, Template } from "./ui.js";

const { button, div, p } = el;

const PERIOD = 30 * 86_400_000;
const MOST = 10_000;

/** Sends page by page and returns the number of conversions. */
async function sendAll(session, request) {
  let sum = 0;
  let cursor = null;
  do {
    const body = { ...request, dry_run: false };
    const answer = await patiently(() => session.post("/backfills", cursor === null ? body : { ...body, cursor }));
    sum += answer.count;
    cursor = answer.next;
  } while (cursor !== null);
  return sum;
}

/** Counts in pages too, because one answer searches a bounded number of conversions. */
async function count(session, request) {
  let found = await session.post("/backfills", request);
  let sum = found.count;
  let examples = found.examples;
  while (found.next !== null && sum < MOST) {
    const cursor = found.next;
    found = await patiently(() => session.post("/backfills", { ...request, cursor }));
    sum += found.count;
    examples = [...examples, ...found.examples].slice(0, 1);
  }
  return { sum, examples, more: found.next !== null };
}

/** Asks whether the postback, which was saved just now, should be sent what it has not had. */
export function BackfillOffer({ postback, close }) {
  const { session, toast } = useApp();
  const [found, setFound] = useState(null);
  const [request, setRequest] = useState(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(null);

  useEffect(() => {
    let wanted = true;
    const asked = { postback_id: postback.postback_id, since: new Date(Date.now() - PERIOD).toISOString() };
    count(session, asked).then(
      (result) => {
        if (!wanted) return;
        setRequest(asked);
        setFound(result);
      },
      // The question is an offer: the postback is saved, whatever the count came to.
      () => wanted && close(),
    );
    return () => {
      wanted = false;
    };
  }, [postback]);

  const send = async () => {
    setBusy(true);
    setProblem(null);
    try {
      toast(t.backfill.done(await sendAll(session, request)));
      close();
    } catch (e) {
      setProblem(e);
      setBusy(false);
    }
  };

  if (found === null || found.sum === 0) return null;
  return div(
    { class: "notice", role: "status" },
    p({ class: "strong" }, t.backfill.question(found.sum, found.more)),
    found.examples.length > 0 && p({ class: "hint" }, t.backfill.example),
    found.examples.length > 0 && h(Template, { text: found.examples[0].url }),
    problem && h(Failure, { error: problem }),
    div(
      { class: "actions" },
      button({ class: "primary", disabled: busy, onClick: send }, busy ? t.backfill.busy : t.backfill.submit),
      button({ disabled: busy, onClick: close }, t.backfill.dismiss),
    ),
  );
}
