// Draws each `figure.chart` of the page: the Vega-Lite specification in its script element, as SVG into its `.plot`.
//
// Know before editing:
// - Expressions are interpreted (vega-interpreter), never compiled: the page needs no `unsafe-eval`.
// - A chart is drawn whole again when its width or the theme changes; that takes less than 0.1 s and leaves no state to keep in step.

import { parse, View } from "vega";
import { expressionInterpreter } from "vega-interpreter";
import { compile } from "vega-lite";
import { Handler } from "vega-tooltip";

import { coloured, config, dressTooltips, onChange } from "./theme.js";

const tooltip = new Handler({ disableDefaultStyle: true });

/** Draw every chart now, and again when the theme or its width changes. */
export function drawAll() {
  const charts = [...document.querySelectorAll("figure.chart")].map(chart).filter(Boolean);
  if (charts.length) dressTooltips();
  const widths = new ResizeObserver((entries) => entries.forEach(({ target }) => charts.find(({ plot }) => plot === target).fit()));
  charts.forEach(({ plot }) => widths.observe(plot));
  onChange(() => charts.forEach((one) => one.draw()));
}

/** One figure's chart: `fit` draws it where its width is not the drawn one. */
function chart(figure) {
  const plot = figure.querySelector(".plot");
  const written = figure.querySelector('script[type="application/json"]');
  if (!plot || !written) return null;
  let drawn = 0;
  let view = null;
  const draw = async () => {
    drawn = plot.clientWidth;
    view?.finalize();
    view = made(plot, coloured(JSON.parse(written.textContent)));
    await view.runAsync();
    plot.querySelector("svg").ariaHidden = "true"; // .plot is the image, with its text; what Vega says of every mark would be noise
  };
  return { plot, draw, fit: () => plot.clientWidth && plot.clientWidth !== drawn && draw() };
}

function made(plot, specification) {
  const { spec } = compile(specification, { config: config(plot) });
  const options = { renderer: "svg", hover: true, expr: expressionInterpreter, tooltip: tooltip.call };
  const view = new View(parse(spec, null, { ast: true }), options);
  plot.replaceChildren();
  return view.initialize(plot);
}
