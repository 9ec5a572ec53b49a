// Charts of deliveries by outcome and of latency over time, as SVG, each with a table of the same data.
import { el, h, useEffect, useLayoutEffect, useMemo, useRef, useState } from "./dom.js";
import { ahead, count, latency, range, tick } from "./format.js";
import { useApp } from "./store.js";
import { t } from "./texts.js";
import { isCounted, statesOf, statisticsOf } from "./statistics.js";
import { Failure, Loading } from "./ui.js";

const { button, caption, details, div, figcaption, figure, li, p, span, summary } = el;
const { table, tbody, td, th, thead, tr, ul } = el;
const { circle, g, line, path, rect, svg, text } = el;

const STATES = ["delivered", "retrying", "held", "superseded", "failed"];

/** The number of deliveries that are counted without a click: ten requests. */
const UNASKED = 2_000;
const EVERYTHING = 1_000_000;

const MINUTE = 60_000;
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10080].map((n) => n * MINUTE);
const MAX_BUCKETS = 32;
const HEIGHT = 168;
const LEFT = 52;
const BOTTOM = 22;
const TOP = 8;

/** Buckets start at the user's local days and hours. */
const floor = (ms, step) => {
  const shift = step > 60 * MINUTE ? ahead(ms) : 0;
  return Math.floor((ms + shift) / step) * step - shift;
};

const percentile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)];

const stepOf = (from, to) => STEPS.find((one) => (to - from) / one <= MAX_BUCKETS) ?? STEPS.at(-1);

/** Equal time steps from the first to the last, each with its number of deliveries. */
function bucketsOf(deliveries, from, to, step = stepOf(from, to)) {
  const first = floor(from, step);
  const buckets = [];
  for (let at = first; at < to; at += step) {
    buckets.push({
      from: at,
      to: at + step,
      counts: Object.fromEntries(STATES.map((state) => [state, 0])),
      latencies: [],
    });
  }
  for (const delivery of deliveries) {
    const bucket = buckets[Math.floor((new Date(delivery.created_at).getTime() - first) / step)];
    if (bucket === undefined || !(delivery.state in bucket.counts)) continue;
    bucket.counts[delivery.state]++;
    for (const attempt of delivery.attempts) bucket.latencies.push(attempt.latency_ms);
  }
  for (const bucket of buckets) {
    bucket.latencies.sort((one, other) => one - other);
    bucket.sum = STATES.reduce((sum, state) => sum + bucket.counts[state], 0);
    if (bucket.latencies.length > 0) {
      bucket.p50 = percentile(bucket.latencies, 0.5);
      bucket.p95 = percentile(bucket.latencies, 0.95);
    }
  }
  return { buckets, step };
}

/** Rounds up to a round number. */
function ceiling(n) {
  const power = 10 ** Math.floor(Math.log10(Math.max(n, 1)));
  return [1, 2, 4, 5, 10].map((factor) => factor * power).find((round) => round >= n);
}

/** The period's deliveries, newest first, merged with those that were added since. */
function useDeliveries(filters, fresh) {
  const { session } = useApp();
  const [most, setMost] = useState(UNASKED);
  const [state, setState] = useState({ items: new Map(), complete: true, loading: true, counted: 0, error: null });
  const { since, until, offer_id, postback_id, test } = filters;
  const key = JSON.stringify([since, until, offer_id, postback_id, test]);
  const keyRef = useRef(key);
  useEffect(() => {
    if (keyRef.current !== key) setMost(UNASKED);
    keyRef.current = key;
  }, [key]);
  useEffect(() => {
    let current = true;
    setState((old) => ({ ...old, loading: true, counted: 0, error: null }));
    session
      .all(
        "/deliveries",
        { since, until, offer_id, postback_id, test },
        most,
        (items) => current && setState((old) => ({ ...old, counted: items.length })),
      )
      .then(
        ({ items, complete }) =>
          current && setState({ items: byId(items), complete, loading: false, counted: items.length, error: null }),
        (error) => current && setState((old) => ({ ...old, loading: false, error })),
      );
    return () => (current = false);
  }, [session, key, most]);
  useEffect(() => {
    setState((old) => {
      const changed = fresh.filter((one) => JSON.stringify(old.items.get(one.delivery_id)) !== JSON.stringify(one));
      return old.loading || changed.length === 0 ? old : { ...old, items: new Map([...old.items, ...byId(changed)]) };
    });
  }, [fresh]);
  return { ...state, all: () => setMost(EVERYTHING) };
}

const byId = (items) => new Map(items.map((item) => [item.delivery_id, item]));

/** The statistics of the period if there are more deliveries than are read; null while there are none. */
function useStatistics(filters, wanted) {
  const { session } = useApp();
  const [found, setFound] = useState(null);
  const { since, until, postback_id } = filters;
  useEffect(() => {
    setFound(null);
    if (!wanted) return undefined;
    let current = true;
    const look = () =>
      statisticsOf(session, { since, until, postback_id }).then(
        (statistics) => current && setFound(statistics),
        // The deliveries that were read are shown, and how many they are.
        () => {},
      );
    look();
    const timer = setInterval(look, MINUTE);
    return () => {
      current = false;
      clearInterval(timer);
    };
  }, [session, since, until, postback_id, wanted]);
  return found;
}

export function Charts({ filters, fresh = [], filter }) {
  const { items, complete, loading, counted, error, all } = useDeliveries(filters, fresh);
  const statistics = useStatistics(filters, !complete && isCounted(filters));
  const { buckets, step, totals, reasons } = useMemo(
    () => summed([...items.values()], filters, complete),
    [items, filters.since, filters.until, complete],
  );
  const exact = useMemo(() => statistics && countedBy(statistics, filters), [statistics, filters.since, filters.until]);
  if (error !== null) return h(Failure, { error });
  if (loading && items.size === 0) return div({ class: "charts-wait" }, h(Loading));
  if (items.size === 0) return null;
  const pick = (bucket) =>
    filter({ since: new Date(bucket.from).toISOString(), until: new Date(bucket.to).toISOString() });
  return div(
    { class: "charts" },
    h(OutcomeChart, { buckets, step, totals, ...exact, reasons, pick, filter }),
    h(LatencyChart, { buckets, step, ...(exact?.hasLatencies ? exact : {}), pick }),
    !complete &&
      p(
        { class: "hint capped" },
        loading
          ? t.charts.counting(counted)
          : exact === null
            ? t.charts.capped(items.size)
            : t.charts.exact(items.size, exact.hasLatencies),
        " ",
        !loading && button({ class: "small", onClick: all }, t.charts.loadAll),
      ),
  );
}

function summed(deliveries, filters, complete) {
  const times = deliveries.map((delivery) => new Date(delivery.created_at).getTime());
  const oldest = times.reduce((a, b) => Math.min(a, b), Infinity);
  const newest = times.reduce((a, b) => Math.max(a, b), 0);
  const to = filters.until ? new Date(filters.until).getTime() : Math.max(Date.now(), newest + 1);
  const from = filters.since && complete ? new Date(filters.since).getTime() : Math.min(oldest, to - MINUTE);
  const { buckets, step } = bucketsOf(deliveries, from, to);
  const totals = Object.fromEntries(
    STATES.map((state) => [state, deliveries.filter((delivery) => delivery.state === state).length]),
  );
  const reasons = new Map();
  for (const delivery of deliveries) {
    const last = delivery.attempts.at(-1);
    if (!["failed", "retrying"].includes(delivery.state) || last === undefined) continue;
    const name = last.outcome === "http_error" ? t.http(last.http_status) : t.outcome[last.outcome];
    reasons.set(name, (reasons.get(name) ?? 0) + 1);
  }
  return { buckets, step, totals, reasons: [...reasons].sort((one, other) => other[1] - one[1]).slice(0, 6) };
}

/** The same from the statistics. Percentiles of several postbacks or hours cannot be combined. */
function countedBy({ items, step: unit }, filters) {
  const start = new Date(filters.since).getTime();
  const to = filters.until ? new Date(filters.until).getTime() : Date.now();
  const step = STEPS.find((one) => one >= unit && (to - start) / one <= MAX_BUCKETS) ?? STEPS.at(-1);
  const { buckets } = bucketsOf([], start, to, step);
  let hasLatencies = step === unit;
  for (const item of items) {
    const at = new Date(item.from).getTime();
    // The hour or day of `since` begins before it.
    const bucket = buckets[Math.max(0, Math.floor((at - buckets[0].from) / step))];
    if (bucket === undefined) continue;
    for (const [state, n] of Object.entries(statesOf(item))) bucket.counts[state] += n;
    hasLatencies &&= bucket.p50 === undefined;
    if (item.latency_p50_ms !== null) {
      bucket.p50 = item.latency_p50_ms;
      bucket.p95 = item.latency_p95_ms;
    }
  }
  for (const bucket of buckets) bucket.sum = STATES.reduce((sum, state) => sum + bucket.counts[state], 0);
  const totals = Object.fromEntries(
    STATES.map((state) => [state, buckets.reduce((sum, bucket) => sum + bucket.counts[state], 0)]),
  );
  return { buckets, step, totals, hasLatencies };
}

/** The available width, so that the font size does not scale. */
function useWidth() {
  const ref = useRef(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry.contentRect.width)));
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, []);
  return [ref, width];
}

function Frame({ title, legend, hint, top, unit, buckets, step, pick, describe, draw, children }) {
  const [ref, width] = useWidth();
  const slot = (width - LEFT) / buckets.length;
  const y = (value) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top);
  const x = (i) => LEFT + i * slot;
  const every = Math.max(1, Math.ceil(64 / slot));
  return figure(
    { class: "chart" },
    figcaption(span({ class: "strong" }, title), legend),
    hint && p({ class: "hint" }, hint),
    div(
      { ref, class: "plot" },
      width > 0 &&
        svg(
          { width, height: HEIGHT, role: "group", "aria-label": title },
          [0, 0.5, 1].map((share) =>
            g(
              { key: share, "aria-hidden": "true" },
              line({ class: "grid", x1: LEFT, x2: width, y1: y(top * share), y2: y(top * share) }),
              (share !== 0.5 || top > 1) &&
                text({ class: "axis", x: LEFT - 6, y: y(top * share) + 4, "text-anchor": "end" }, unit(top * share)),
            ),
          ),
          buckets.map(
            (bucket, i) =>
              i % every === 0 &&
              x(i) + 40 < width &&
              text(
                { key: bucket.from, class: "axis", x: x(i), y: HEIGHT - 5, "aria-hidden": "true" },
                tick(bucket.from, step),
              ),
          ),
          draw({ x, y, slot }),
          buckets.map((bucket, i) =>
            describe(bucket) === null
              ? null
              : rect(
                  {
                    key: `hit-${bucket.from}`,
                    class: "hit",
                    x: x(i),
                    y: TOP,
                    width: slot,
                    height: HEIGHT - TOP - BOTTOM,
                    rx: 3,
                    role: "button",
                    tabindex: 0,
                    "aria-label": describe(bucket),
                    onClick: () => pick(bucket),
                    onKeyDown: (event) => {
                      if (event.key !== "Enter" && event.key !== " ") return;
                      event.preventDefault();
                      pick(bucket);
                    },
                  },
                  el.title(describe(bucket)),
                ),
          ),
        ),
    ),
    children,
  );
}

function OutcomeChart({ buckets, step, totals, reasons, pick, filter }) {
  const ended = totals.delivered + totals.failed;
  const top = ceiling(Math.max(...buckets.map((bucket) => bucket.sum)));
  const parts = (bucket) =>
    STATES.filter((state) => bucket.counts[state] > 0)
      .map((state) => t.charts.part(bucket.counts[state], t.state[state].toLowerCase()))
      .join(", ");
  const legend = span(
    { class: "legend", role: "group", "aria-label": t.charts.showOnly },
    STATES.filter((state) => totals[state] > 0).map((state) =>
      button(
        {
          key: state,
          class: `quiet key ${state}`,
          "aria-label": t.charts.legend(t.state[state], totals[state]),
          onClick: () => filter({ state }),
        },
        span({ class: "swatch" }),
        `${t.state[state]} ${count(totals[state])}`,
      ),
    ),
  );
  const draw = ({ x, y, slot }) => {
    const gap = slot > 8 ? 2 : 0.5;
    return buckets.map((bucket, i) => {
      let below = 0;
      return STATES.filter((state) => bucket.counts[state] > 0).map((state) => {
        const from = y(below);
        below += bucket.counts[state];
        return rect({
          key: bucket.from + state,
          class: `bar ${state}`,
          x: x(i) + gap / 2,
          width: Math.max(1, slot - gap),
          y: y(below),
          height: Math.max(1, from - y(below)),
        });
      });
    });
  };
  return h(
    Frame,
    {
      title: t.charts.outcome,
      legend,
      top,
      unit: (n) => count(Math.round(n)),
      buckets,
      step,
      pick,
      draw,
      describe: (bucket) => (bucket.sum === 0 ? null : t.charts.bucket(range(bucket.from, bucket.to), parts(bucket))),
    },
    ended > 0 && p({ class: "hint" }, t.charts.success(totals.delivered / ended)),
    reasons.length > 0 &&
      div(
        { class: "reasons" },
        p({ class: "hint" }, t.charts.failures),
        ul(reasons.map(([name, n]) => li({ key: name }, span(name), span({ class: "strong" }, count(n))))),
      ),
    h(AsTable, {
      title: t.charts.outcome,
      columns: STATES.map((state) => t.state[state]),
      rows: buckets
        .filter((bucket) => bucket.sum > 0)
        .map((bucket) => [range(bucket.from, bucket.to), ...STATES.map((state) => count(bucket.counts[state]))]),
    }),
  );
}

function LatencyChart({ buckets, step, pick }) {
  const measured = buckets.filter((bucket) => bucket.p50 !== undefined);
  if (measured.length === 0) return null;
  const top = ceiling(Math.max(...measured.map((bucket) => bucket.p95)));
  const legend = span(
    { class: "legend" },
    span({ class: "key median" }, span({ class: "swatch" }), t.charts.median),
    span({ class: "key p95" }, span({ class: "swatch" }), t.charts.p95),
  );
  const draw = ({ x, y, slot }) => {
    const middle = (i) => x(i) + slot / 2;
    let pen = "M";
    const way = buckets.map((bucket, i) => {
      if (bucket.p50 === undefined) {
        pen = "M";
        return "";
      }
      const point = `${pen}${middle(i).toFixed(1)} ${y(bucket.p50).toFixed(1)}`;
      pen = "L";
      return point;
    });
    return g(
      path({ class: "median-line", d: way.join("") }),
      buckets.map(
        (bucket, i) =>
          bucket.p50 !== undefined &&
          g(
            { key: bucket.from },
            circle({ class: "p95-dot", cx: middle(i), cy: y(bucket.p95), r: 3 }),
            circle({ class: "median-dot", cx: middle(i), cy: y(bucket.p50), r: 2.5 }),
          ),
      ),
    );
  };
  return h(
    Frame,
    {
      title: t.charts.latency,
      legend,
      top,
      unit: latency,
      buckets,
      step,
      pick,
      draw,
      describe: (bucket) =>
        bucket.p50 === undefined
          ? null
          : t.charts.latencyBucket(range(bucket.from, bucket.to), latency(bucket.p50), latency(bucket.p95)),
    },
    h(AsTable, {
      title: t.charts.latency,
      columns: [t.charts.median, t.charts.p95],
      rows: measured.map((bucket) => [range(bucket.from, bucket.to), latency(bucket.p50), latency(bucket.p95)]),
    }),
  );
}

const AsTable = ({ title, columns, rows }) =>
  details(
    { class: "as-table" },
    summary(t.charts.table),
    div(
      { class: "scroll", tabIndex: 0, role: "region", "aria-label": title },
      table(
        caption({ class: "unseen" }, title),
        thead(
          tr(
            th({ scope: "col" }, t.charts.time),
            columns.map((name) => th({ scope: "col", key: name }, name)),
          ),
        ),
        tbody(
          rows.map(([time, ...cells]) =>
            tr(
              { key: time },
              th({ scope: "row" }, time),
              cells.map((cell, i) => td({ key: i }, cell)),
            ),
          ),
        ),
      ),
    ),
  );
