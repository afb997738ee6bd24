// Builds web/dist, which a release carries as site/app/: the same bytes from the same packages, on any machine.
//
// Know before editing: DuckDB's WebAssembly is 34 MB, so both such files are packed with fflate, whose bytes do not depend on the
// machine's zlib; the page unpacks them itself, so that any static server will do. `.built` is written last: with it, dist is whole.

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";
import { gzipSync } from "fflate";

const here = fileURLToPath(new URL(".", import.meta.url));
const dist = join(here, "dist");
const duckdb = join(here, "node_modules", "@duckdb", "duckdb-wasm", "dist");
const parquet = join(here, "node_modules", "parquet-wasm", "esm");
const SHARED = { bundle: true, minify: true, target: "es2022", legalComments: "none", absWorkingDir: here, metafile: true, logLevel: "warning" };

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);
const built = await Promise.all([
  build({ ...SHARED, entryPoints: ["src/app.js"], format: "iife", outfile: "dist/app.js" }),
  build({ ...SHARED, entryPoints: ["src/query.js"], format: "esm", outfile: "dist/query.js" }),
]);
const worker = readFileSync(join(duckdb, "duckdb-browser-eh.worker.js"), "utf8");
writeFileSync(join(dist, "duckdb.worker.js"), worker.replace(/\/\/# sourceMappingURL=.*\s*$/, ""));
pack(join(duckdb, "duckdb-eh.wasm"), "duckdb.wasm.gz");
pack(join(parquet, "parquet_wasm_bg.wasm"), "parquet.wasm.gz");
writeFileSync(join(dist, "licenses.txt"), licenses(built.flatMap(({ metafile }) => Object.keys(metafile.inputs))));
writeFileSync(join(dist, ".built"), "");

function pack(path, name) {
  writeFileSync(join(dist, name), gzipSync(readFileSync(path), { level: 9, mtime: 0 }));
}

/** The licence of every package of which anything is in the bundle. */
function licenses(inputs) {
  const folders = new Set(inputs.map((path) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]).filter(Boolean));
  return [...folders].sort().map(license).join("\n");
}

function license(folder) {
  const place = join(here, folder);
  const { name, version, license } = JSON.parse(readFileSync(join(place, "package.json"), "utf8"));
  const texts = readdirSync(place).filter((file) => /^(licen[cs]e|notice)/i.test(file)).sort();
  return [`## ${name} ${version} (${license})`, ...texts.map((file) => readFileSync(join(place, file), "utf8").trim()), ""].join("\n\n");
}
