// DuckDB in the browser over the release's Parquet files.
//
// Know before editing:
// - DuckDB-WASM fetches its parquet, json and icu extensions from the internet when they are first needed. parquet-wasm reads the files
//   in their place and hands them over as Arrow, with every type as it is; then DuckDB is shut off from files and network for good.
// - A table is fetched when a question first names it; a question that names none (SHOW TABLES) is asked of all.
// - DuckDB writes every answer as text itself (`COLUMNS(*)::VARCHAR`), so that no type needs a formatter here.

import { AsyncDuckDB, VoidLogger } from "@duckdb/duckdb-wasm";
import initParquet, { readParquet } from "parquet-wasm";

const SHUT = ["autoinstall_known_extensions = false", "autoload_known_extensions = false", "enable_external_access = false", "lock_configuration = true"];
const ONE = "The box takes one question at a time, which gives rows: SELECT, FROM, WITH, DESCRIBE, SHOW or SUMMARIZE.";
const NUMBER = /INT|DOUBLE|FLOAT|DECIMAL/;

/** The engine, ready to answer; `base` is the address of the program's folder, `tables` names the release's tables. */
export async function start(base, tables) {
  const [module] = await Promise.all([unpacked(new URL("duckdb.wasm.gz", base)), initParquet({ module_or_path: unpacked(new URL("parquet.wasm.gz", base)) })]);
  const database = new AsyncDuckDB(new VoidLogger(), new Worker(new URL("duckdb.worker.js", base)));
  const address = URL.createObjectURL(await module.blob());
  await database.instantiate(address);
  URL.revokeObjectURL(address);
  const connection = await database.connect();
  for (const setting of SHUT) await connection.query(`SET ${setting}`);
  return new Engine(connection, tables);
}

class Engine {
  constructor(connection, tables) {
    this.connection = connection;
    this.tables = tables;
    this.loaded = new Set();
  }

  /** The answer to one question: its columns, its first rows as texts, how many there are and the seconds it took. */
  async answer(sql, most) {
    const question = sql.trim().replace(/[;\s]+$/, "");
    await this.load(question);
    const began = performance.now();
    await this.create(question).catch((error) => {
      throw new Error(explained(error.message, this.tables));
    });
    const seconds = (performance.now() - began) / 1000;
    const count = Number((await this.connection.query("SELECT count(*) FROM answer")).getChildAt(0).get(0));
    return { ...(await this.texts(`LIMIT ${most}`)), count, seconds };
  }

  /** Keep the answer as a table; the first step finds what is wrong where the reader wrote it, which the second has moved by a line. */
  async create(question) {
    await (await this.connection.prepare(question)).close();
    await this.connection.query(`CREATE OR REPLACE TEMP TABLE answer AS FROM (\n${question}\n)`).catch(({ message }) => {
      const isNoQuery = message.startsWith("Parser Error");
      throw new Error(isNoQuery ? ONE : message.replace(/LINE (\d+):/g, (_, line) => `LINE ${line - 1}:`));
    });
  }

  /** The whole of the last answer as CSV; null is nothing between two commas. */
  async csv() {
    const { columns, rows } = await this.texts("");
    const lines = [columns.map(({ name }) => name), ...rows];
    return lines.map((line) => line.map(quoted).join(",")).join("\r\n") + "\r\n";
  }

  async texts(limit) {
    const described = await this.connection.query("DESCRIBE answer");
    const columns = described.toArray().map((row) => ({ name: row.column_name, isNumber: NUMBER.test(row.column_type) }));
    const found = await this.connection.query(`SELECT COLUMNS(*)::VARCHAR FROM answer ${limit}`);
    const values = columns.map((_, at) => found.getChildAt(at));
    return { columns, rows: Array.from({ length: found.numRows }, (_, row) => values.map((value) => value.get(row))) };
  }

  async load(question) {
    const named = this.tables.filter((name) => new RegExp(`\\b${name}\\b`, "i").test(question));
    const missing = (named.length ? named : this.tables).filter((name) => !this.loaded.has(name));
    for (const [name, bytes] of await Promise.all(missing.map(async (name) => [name, await parquet(name)]))) {
      await this.connection.insertArrowFromIPCStream(readParquet(bytes).intoIPCStream(), { name, create: true });
      this.loaded.add(name);
    }
  }
}

async function parquet(name) {
  return new Uint8Array(await (await fetched(new URL(`../tables/${name}.parquet`, document.baseURI))).arrayBuffer());
}

/** A packed WebAssembly file as a response with its type; a server that says it is packed has had the browser unpack it. */
async function unpacked(address) {
  const bytes = await (await fetched(address)).arrayBuffer();
  const stream = new Blob([bytes]).stream();
  const isPacked = new Uint8Array(bytes, 0, 1)[0] === 0x1f;
  const body = isPacked ? stream.pipeThrough(new DecompressionStream("gzip")) : stream;
  return new Response(body, { headers: { "Content-Type": "application/wasm" } });
}

async function fetched(address) {
  const answer = await fetch(address).catch(() => ({ ok: false, status: "no answer" }));
  if (!answer.ok) throw new Error(`${address} could not be loaded (${answer.status}); is the whole release on this server?`);
  return answer;
}

/** DuckDB's own message, said once, and what to do about it where the message cannot know. */
function explained(message, tables) {
  const told = message.replace(/(\n\nLINE \d+:[^]*?)\n\nLINE \d+:[^]*$/, "$1");
  const extension = /exists in the (\w+) extension/.exec(told);
  if (extension) return `${told.split("\n")[0]}\nThis page carries no extension of DuckDB; ask on your own machine (views.sql, QUERIES.md).`;
  if (/multiple statements|No statement/.test(told)) return ONE;
  return /^Catalog Error: Table/.test(told) ? `${told.trimEnd()}\n\nThe tables are ${tables.join(", ")}.` : told;
}

function quoted(value) {
  return value === null ? "" : /[",\r\n]/.test(value) || value === "" ? `"${value.replaceAll('"', '""')}"` : value;
}
