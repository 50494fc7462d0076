// SQLite and mlmetrics as WebAssembly, for browsers and Node: await open(), then db.query(sql).
import instantiate from "./mlmetrics-wasm.mjs";

const ROW = 100, DONE = 101, INTEGER = 1, FLOAT = 2, TEXT = 3, BLOB = 4;
let sqlite;

/** A database in memory: empty, or a copy of the bytes (a Uint8Array) of a database file. */
export async function open(bytes = new Uint8Array(0)) {
  sqlite ??= await instantiate({ wasmBinary: await wasmOfNode() });
  const at = sqlite._malloc(bytes.length || 1);
  sqlite.HEAPU8.set(bytes, at);
  const db = sqlite._mlm_open(at, bytes.length);
  sqlite._free(at);
  if (!db) throw new Error("mlmetrics: the database cannot be opened");
  return new Database(db);
}

// Node reads the file itself; a browser fetches it.
async function wasmOfNode() {
  if (!globalThis.process?.versions?.node) return undefined;
  const { readFile } = await import("node:fs/promises");
  return readFile(new URL("./mlmetrics-wasm.wasm", import.meta.url));
}

class Database {
  #db;
  constructor(db) {
    this.#db = db;
  }

  /** The rows of one statement, each an array of values; parameters ?1, ?2, … take numbers, bigints, strings, Uint8Arrays and null. */
  query(sql, ...parameters) {
    const statement = this.#prepare(sql);
    try {
      parameters.forEach((value, i) => this.#bind(statement, i + 1, value));
      const rows = [];
      for (;;) {
        const status = sqlite._sqlite3_step(statement);
        if (status === DONE) return rows;
        if (status !== ROW) throw this.#error();
        rows.push(Array.from({ length: sqlite._sqlite3_column_count(statement) }, (_, i) => column(statement, i)));
      }
    } finally {
      sqlite._sqlite3_finalize(statement);
    }
  }

  /** Closes the connection; it must not be used afterwards. */
  close() {
    sqlite._sqlite3_close_v2(this.#db);
    this.#db = 0;
  }

  #error() {
    return new Error(sqlite.UTF8ToString(sqlite._sqlite3_errmsg(this.#db)));
  }

  #prepare(sql) {
    const bytes = new TextEncoder().encode(sql);
    const at = sqlite._malloc(bytes.length + 4), out = sqlite._malloc(4);
    sqlite.HEAPU8.set(bytes, at);
    const status = sqlite._sqlite3_prepare_v2(this.#db, at, bytes.length, out, 0);
    const statement = sqlite.HEAP32[out >> 2];
    sqlite._free(at);
    sqlite._free(out);
    if (status !== 0) throw this.#error();
    if (!statement) throw new Error("mlmetrics: there is no statement");
    return statement;
  }

  #bind(statement, i, value) {
    const copied = (bytes, bind) => {
      const at = sqlite._malloc(bytes.length || 1);
      sqlite.HEAPU8.set(bytes, at);
      const status = bind(statement, i, at, bytes.length, -1); // SQLITE_TRANSIENT: SQLite copies them
      sqlite._free(at);
      return status;
    };
    const status =
      value === null || value === undefined ? sqlite._sqlite3_bind_null(statement, i)
      : typeof value === "number" ? sqlite._sqlite3_bind_double(statement, i, value)
      : typeof value === "bigint" ? copied(new TextEncoder().encode(String(value)), sqlite._sqlite3_bind_text)
      : typeof value === "string" ? copied(new TextEncoder().encode(value), sqlite._sqlite3_bind_text)
      : copied(value, sqlite._sqlite3_bind_blob);
    if (status !== 0) throw this.#error();
  }
}

// A value of the row. An INTEGER that no Number holds exactly becomes a bigint.
function column(statement, i) {
  switch (sqlite._sqlite3_column_type(statement, i)) {
    case FLOAT: return sqlite._sqlite3_column_double(statement, i);
    case INTEGER: {
      const number = sqlite._sqlite3_column_double(statement, i);
      return Number.isSafeInteger(number) ? number : BigInt(text(statement, i));
    }
    case TEXT: return text(statement, i);
    case BLOB: return bytes(statement, i);
    default: return null;
  }
}

function bytes(statement, i) {
  const at = sqlite._sqlite3_column_blob(statement, i);
  return sqlite.HEAPU8.slice(at, at + sqlite._sqlite3_column_bytes(statement, i));
}

const text = (statement, i) => {
  const at = sqlite._sqlite3_column_text(statement, i);
  return new TextDecoder().decode(sqlite.HEAPU8.slice(at, at + sqlite._sqlite3_column_bytes(statement, i)));
};
