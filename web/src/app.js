// What a release's page loads: a classic script, so that charts are drawn also where the page was opened as a file.

import { open } from "./box.js";
import { drawAll } from "./charts.js";

const base = new URL(".", document.currentScript.src);

function start() {
  drawAll();
  const section = document.querySelector("#query");
  if (section) open(section, base);
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
