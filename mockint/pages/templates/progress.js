"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const MONDAY_FIRST = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
  const DAY_MS = 86400000;
  const MANY_POINTS = 60; // from here on marks are drawn small
  const LABEL_PX = 150; // events closer than this have their number in the table instead of their label

  const TIP = { lineWidth: 13, lineHeight: 1.4, textPadding: 9 }; // no wider than half a phone: it fits on one side of each mark

  const clock = (time) => `${Math.floor(Math.round(time) / 60)}:${String(Math.round(time) % 60).padStart(2, "0")}`;
  const withDates = (points) => points.map((point) => ({ ...point, at: new Date(point.at) }));
  const localDay = (text) => new Date(`${text}T00:00`);
  const events = data.events.map((event, i) => ({ ...event, on: localDay(event.on), number: String(i + 1) }));

  /** The lowest and highest of everything that a chart shows, with some room; an aim of "up to" begins at 0. */
  const reach = (chart, points) => {
    const aim = chart.high === null ? [chart.low] : [chart.low ?? 0, chart.high];
    const values = [...aim.filter((end) => end !== null), ...points.map((point) => point.value)];
    const room = (Math.max(...values) - Math.min(...values)) * 0.12 || 1;
    const low = Math.min(...values);
    return [Math.max(0, low - room), Math.max(...values) + room];
  };

  const days = (points, marked) => {
    const times = [...points.map((point) => point.at), ...marked.map((event) => event.on)].map(Number);
    const [first, last] = [Math.min(...times), Math.max(...times)];
    return first === last ? [new Date(first - DAY_MS), new Date(last + DAY_MS)] : [new Date(first), new Date(last)];
  };

  /** How a label stands at a share of the width, so that it stays in the picture. */
  const anchor = (share) => (share < 0.15 ? "start" : share > 0.85 ? "end" : "middle");

  /** Labels reach from their line towards the middle of the picture, so that none is cut off. */
  const eventLabels = (marked, [first, last], width) => {
    const place = (event) => (width * (event.on - first)) / (last - first);
    const crowded = marked.some((event, i) => i > 0 && place(event) - place(marked[i - 1]) < LABEL_PX);
    const sides = { start: marked.filter((event) => place(event) < width / 2), end: marked.filter((event) => place(event) >= width / 2) };
    return Object.entries(sides).map(([textAnchor, some]) =>
      Plot.text(some, {
        x: "on",
        text: crowded ? "number" : "label",
        textAnchor: crowded ? "middle" : textAnchor,
        frameAnchor: "top",
        dy: -16,
        fill: "var(--gap)",
        lineWidth: 14,
        textOverflow: "ellipsis",
      }),
    );
  };

  const trendChart = (chart, width) => {
    const current = withDates(chart.current);
    const earlier = chart.earlier.map(withDates);
    const best = withDates(chart.best);
    const trend = withDates(chart.trend);
    const points = [...earlier.flat(), ...current];
    const [low, high] = reach(chart, [...points, ...best]);
    const begins = Math.min(...points.map((point) => Number(point.at))) - DAY_MS;
    const marked = events.filter((event) => event.on >= begins);
    const span = days(points, marked);
    const radius = points.length > MANY_POINTS ? 2 : 4;
    const ends = [chart.low, chart.high].filter((end) => end !== null);
    const stripe = ends.length ? [{ low: chart.low ?? low, high: chart.high ?? high }] : [];
    return Plot.plot({
      className: "plot",
      width,
      height: 260,
      marginLeft: 44,
      marginRight: 16,
      marginTop: marked.length ? 36 : 20,
      x: { type: "time", domain: span, inset: 6, label: null },
      y: { domain: [low, high] },
      marks: [
        Plot.rect(stripe, { y1: "low", y2: "high", fill: "var(--good)" }),
        Plot.ruleY(ends, { stroke: "var(--edge)", strokeDasharray: "3 4" }),
        Plot.axisX({ color: "var(--soft)", tickSize: 4, ticks: Math.max(2, Math.round(width / 110)) }),
        Plot.axisY({ color: "var(--soft)", tickSize: 0, label: null, ticks: 5, tickFormat: chart.unit === "s" ? clock : undefined }),
        Plot.ruleX(marked, { x: "on", stroke: "var(--gap)", strokeWidth: 1.5, strokeDasharray: "5 3" }),
        ...eventLabels(marked, span, width),
        Plot.areaY(trend, { x: "at", y1: "low", y2: "high", fill: "var(--accent)", fillOpacity: 0.14, clip: true }),
        Plot.lineY(trend, { x: "at", y: "value", stroke: "var(--accent)", strokeWidth: 1.5, strokeDasharray: "6 4", clip: true }),
        ...earlier.flatMap((series) => [
          Plot.lineY(series, { x: "at", y: "value", stroke: "var(--edge)", strokeWidth: 1 }),
          Plot.dot(series, { x: "at", y: "value", symbol: "square", r: radius, stroke: "var(--edge)", fill: "var(--paper)" }),
        ]),
        Plot.lineY(current, { x: "at", y: "value", stroke: "var(--accent)", strokeWidth: 1.5, strokeOpacity: 0.6 }),
        Plot.dot(current, { x: "at", y: "value", r: radius, fill: "var(--accent)", stroke: "var(--paper)" }),
        Plot.dot(best, { x: "at", y: "value", symbol: "star", r: 6, fill: "var(--like)", stroke: "var(--paper)" }),
        Plot.text(best, {
          x: "at",
          y: "value",
          text: "text",
          textAnchor: best.length ? anchor((best[0].at - span[0]) / (span[1] - span[0])) : "middle",
          dy: -14,
          fill: "var(--ink)",
          stroke: "var(--paper)",
          fontWeight: 600,
        }),
        Plot.tip(points, Plot.pointer({ x: "at", y: "value", title: "text", ...TIP })),
      ],
    });
  };

  const calendar = (width) => {
    const weeks = data.days[data.days.length - 1].week + 1;
    const shown = data.days.map((day) => {
      const on = localDay(day.on);
      return { ...day, date: on, weekday: MONDAY_FIRST[(on.getDay() + 6) % 7] };
    });
    const size = Math.min(26, (width - 44) / weeks);
    const firstOfMonth = shown.filter((day) => day.date.getDate() <= 7 && day.weekday === "Mon");
    const text = (day) => `${day.date.toLocaleDateString(undefined, { weekday: "long", day: "numeric", month: "long" })}: ${day.count || "no"} take${day.count === 1 ? "" : "s"}`;
    return Plot.plot({
      className: "plot",
      width: 44 + size * weeks,
      height: 26 + size * 7,
      marginLeft: 40,
      marginTop: 22,
      marginBottom: 4,
      marginRight: 4,
      x: { type: "band", domain: [...Array(weeks).keys()], axis: null, padding: 0.14 },
      y: { type: "band", domain: MONDAY_FIRST, label: null, tickSize: 0, padding: 0.14 },
      marks: [
        Plot.axisY({ color: "var(--soft)", tickSize: 0, label: null, ticks: ["Mon", "Wed", "Fri"] }),
        Plot.cell(shown, {
          x: "week",
          y: "weekday",
          rx: 2,
          fill: "var(--accent)",
          fillOpacity: (day) => (day.count ? Math.min(1, 0.3 + 0.14 * day.count) : 0),
          stroke: (day) => (day.count ? "var(--accent)" : "var(--line)"),
        }),
        Plot.text(firstOfMonth, {
          x: "week",
          frameAnchor: "top",
          dy: -14,
          text: (day) => day.date.toLocaleDateString(undefined, { month: "short" }),
          fill: "var(--soft)",
        }),
        Plot.tip(shown, Plot.pointer({ x: "week", y: "weekday", title: text, ...TIP })),
      ],
    });
  };

  /** Draw at the width that there is, and again when it changes. To screen readers it is one image with a name. */
  const keepDrawn = (figure, name, draw) => {
    const image = document.createElement("div");
    image.setAttribute("role", "img");
    image.setAttribute("aria-label", `${name} The table below holds the same.`);
    figure.prepend(image);
    let width = 0;
    new ResizeObserver(() => {
      const now = Math.floor(figure.clientWidth);
      if (now === width || now === 0) return;
      width = now;
      const picture = draw(width);
      picture.setAttribute("aria-hidden", "true");
      image.replaceChildren(picture);
    }).observe(figure);
  };

  document.getElementById("no-pictures")?.remove();
  document.querySelectorAll("[data-chart]").forEach((figure) => {
    const chart = data.charts[Number(figure.dataset.chart)];
    keepDrawn(figure, `${chart.name} over your sessions; the aim is ${chart.aim}.`, (width) => trendChart(chart, width));
  });
  const place = document.getElementById("calendar");
  if (place) keepDrawn(place, "How many takes on each day.", calendar);

  // What appears under the pointer goes away by Escape too (WCAG 1.4.13).
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelectorAll("svg.plot").forEach((svg) => svg.dispatchEvent(new PointerEvent("pointerleave", { pointerType: "mouse" })));
  });
})();
