// Colours and font of the charts, read from the page's style sheet, so that a theme is written once, in CSS.

const SERIES = ["--series-1", "--series-2", "--series-3", "--series-4", "--series-5", "--series-6"];
const NAMED = /^var\((--[\w-]+)\)$/;
const TOOLTIP = `
#vg-tooltip-element { position: fixed; visibility: hidden; z-index: 1000; padding: 0.5em 0.7em; font-size: 0.8rem; pointer-events: none;
  color: var(--ink); background: var(--paper); border: 1px solid var(--muted); max-width: min(20rem, 90vw); }
#vg-tooltip-element.visible { visibility: visible; }
#vg-tooltip-element table { width: auto; font-size: inherit; }
#vg-tooltip-element td { border: 0; padding: 0 0.6em 0 0; }
#vg-tooltip-element td.key { color: var(--muted); }`;

/** A custom property of the page, as it is now. */
export function property(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** Vega-Lite settings in the page's colours and in the font of `place`. */
export function config(place) {
  const [ink, muted, grid] = ["--ink", "--muted", "--grid"].map(property);
  const font = getComputedStyle(place).fontFamily;
  const guide = { labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal" };
  return {
    background: null,
    aria: false,
    font,
    view: { stroke: null },
    axis: { ...guide, labelColor: muted, titleColor: muted, gridColor: grid, domainColor: grid, tickColor: grid },
    legend: { ...guide, labelColor: ink, titleColor: muted },
    header: { ...guide, labelColor: ink, titleColor: muted },
    title: { color: ink, anchor: "start", fontWeight: "normal" },
    mark: { color: property(SERIES[0]) },
    rule: { color: muted },
    text: { color: ink },
    range: { category: SERIES.map(property) },
  };
}

/** A specification in which every text `var(--name)` is the colour that the page has for it. */
export function coloured(part) {
  if (typeof part === "string") return NAMED.test(part) ? property(NAMED.exec(part)[1]) : part;
  if (Array.isArray(part)) return part.map(coloured);
  if (part && typeof part === "object") return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, coloured(value)]));
  return part;
}

/** Call `redraw` when the reader's system or the page changes the theme. */
export function onChange(redraw) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  new MutationObserver(redraw).observe(document.documentElement, { attributes: true, attributeFilter: ["class", "style", "data-theme"] });
}

/** Dress what a pointer reads over a mark, as a sheet of its own: a page that forbids inline styles allows it. */
export function dressTooltips() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(TOOLTIP);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
