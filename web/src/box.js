// The query box: what the reader typed goes to the engine, and what comes back becomes a table.
//
// Know before editing: the engine (some 11 MB) is loaded at the first question, not with the page. The `output` is read aloud when it
// changes, so it holds sentences; the rows stand in a region of their own beside it.

const SHOWN = 500;
const UNSERVED =
  "This page was opened as a file, and a browser runs the query engine only from a web server. In the folder of the release run " +
  "`python -m http.server` and open http://localhost:8000/site/ (or run `indicators site`).";

/** Make the section's box answer; `base` is the address of the program's folder. */
export function open(section, base) {
  const [textarea, button, output] = ["textarea", "button", "output"].map((name) => section.querySelector(name));
  if (location.protocol === "file:") return refuse(button, output);
  const region = answerRegion(output);
  const tables = JSON.parse(section.dataset.tables);
  let engine = null;
  output.textContent = "Ctrl+Enter runs the question. The first one loads the engine, some 11 MB.";
  const run = async () => {
    if (button.disabled) return;
    button.disabled = true;
    region.hidden = true;
    output.textContent = engine ? "Running…" : "Loading the query engine…";
    try {
      engine ??= await (await import(new URL("query.js", base))).start(base, tables);
      show(await engine.answer(textarea.value, SHOWN), engine, output, region);
    } catch (error) {
      output.replaceChildren(element("pre", { className: "error", textContent: error.message }));
    }
    button.disabled = false;
  };
  button.addEventListener("click", run);
  textarea.addEventListener("keydown", (event) => event.key === "Enter" && (event.ctrlKey || event.metaKey) && run());
  for (const offer of document.querySelectorAll("button[data-sql]")) {
    offer.addEventListener("click", () => offered(offer.dataset.sql, textarea));
  }
}

function refuse(button, output) {
  button.disabled = true;
  output.textContent = UNSERVED;
}

function offered(sql, textarea) {
  textarea.value = sql;
  textarea.focus();
}

function answerRegion(output) {
  const region = element("div", { className: "scroll answer", tabIndex: 0, hidden: true, role: "region", ariaLabel: "Answer" });
  output.after(region);
  return region;
}

function show(answer, engine, output, region) {
  const { count, rows, seconds } = answer;
  const told = `${count.toLocaleString("en")} ${count === 1 ? "row" : "rows"} in ${seconds.toFixed(2)} s`;
  output.textContent = count > rows.length ? `${told}; the first ${rows.length} are shown.` : `${told}.`;
  const download = element("button", { type: "button", textContent: "Download as CSV" });
  download.addEventListener("click", async () => save(await engine.csv()));
  region.replaceChildren(download, table(answer, told));
  region.hidden = false;
}

function table({ columns, rows }, told) {
  const found = element("table", { ariaLabel: told });
  const head = found.createTHead().insertRow();
  columns.forEach(({ name, isNumber }) => head.append(element("th", { scope: "col", textContent: name, className: isNumber ? "n" : "" })));
  const body = found.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    row.forEach((value, at) => line.append(cell(value, columns[at].isNumber)));
  }
  return found;
}

function cell(value, isNumber) {
  return element("td", { textContent: value ?? "null", className: value === null ? "null" : isNumber ? "n" : "" });
}

function save(text) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  element("a", { href: address, download: "answer.csv" }).click();
  URL.revokeObjectURL(address);
}

function element(name, properties) {
  return Object.assign(document.createElement(name), properties);
}
