// SQLite and mlmetrics as WebAssembly, for browsers, Node, Deno and Bun: await open(), then db.query(sql).

const ROW = 100, DONE = 101, INTEGER = 1, FLOAT = 2, TEXT = 3, BLOB = 4;
let sqlite; // what mlmetrics.wasm exports

/**
 * A database in memory: empty, or a copy of the bytes (a Uint8Array) of a database file. mlmetrics.wasm is read from beside this file; its
 * bytes may be given instead, once, where that is not possible, as in a page opened from a disk.
 */
export async function open(bytes = new Uint8Array(0), wasm = undefined) {
  sqlite ??= await instantiate(wasm);
  const db = sqlite.mlm_open(bytes.length ? copyOf(bytes) : 0, bytes.length);
  if (!db) throw new Error("mlmetrics: out of memory");
  return new Database(db);
}

async function instantiate(wasm) {
  const env = { emscripten_notify_memory_growth() {} };
  const { instance } = await WebAssembly.instantiate(wasm ?? (await bytesBeside("./mlmetrics.wasm")), { env, host });
  instance.exports._initialize();
  return instance.exports;
}

// Node's fetch() takes no files.
async function bytesBeside(name) {
  const url = new URL(name, import.meta.url);
  if (url.protocol === "file:" && globalThis.process?.versions?.node) return (await import("node:fs/promises")).readFile(url);
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`mlmetrics: ${url}: ${answer.status} ${answer.statusText}`);
  return answer.arrayBuffer();
}

// What SQLite takes from an operating system.
const host = {
  now: () => Date.now(),
  random(at, n) {
    for (let i = 0; i < n; i += 65536) crypto.getRandomValues(memory(at + i, Math.min(n - i, 65536))); // its limit
  },
  local(seconds, at) {
    const time = new Date(seconds * 1000);
    new Int32Array(sqlite.memory.buffer, at, 6).set([time.getFullYear(), time.getMonth(), time.getDate(), time.getHours(), time.getMinutes(), time.getSeconds()]);
  },
};

class Database {
  #db;
  constructor(db) {
    this.#db = db;
  }

  /**
   * The rows of one statement, each an array of values. Parameters ?1, ?2, … take numbers, bigints, booleans, strings, Uint8Arrays and
   * null. An INTEGER that no Number holds exactly comes as a bigint.
   */
  query(sql, ...parameters) {
    return this.table(sql, ...parameters).rows;
  }

  /** The same with the names of the columns: { columns, rows }. */
  table(sql, ...parameters) {
    const { statement } = this.#prepare(encoded(sql));
    if (!statement) throw new Error("mlmetrics: there is no statement");
    try {
      parameters.forEach((value, i) => this.#bind(statement, i + 1, value));
      const n = sqlite.sqlite3_column_count(statement);
      const columns = Array.from({ length: n }, (_, i) => text(sqlite.sqlite3_column_name(statement, i)));
      const rows = [];
      while (this.#step(statement)) rows.push(columns.map((_, i) => column(statement, i)));
      return { columns, rows };
    } finally {
      sqlite.sqlite3_finalize(statement);
    }
  }

  /** The rows of one statement without parameters, one at a time. */
  *rows(sql) {
    const { statement } = this.#prepare(encoded(sql));
    try {
      const n = sqlite.sqlite3_column_count(statement);
      while (statement && this.#step(statement)) yield Array.from({ length: n }, (_, i) => column(statement, i));
    } finally {
      sqlite.sqlite3_finalize(statement);
    }
  }

  /** Executes statements, separated by semicolons, and returns { columns, rows } of the last one that has columns, or undefined. */
  script(sql) {
    let rest = encoded(sql), last;
    while (rest.length) {
      const { statement, used } = this.#prepare(rest);
      rest = rest.subarray(used);
      try {
        const n = statement ? sqlite.sqlite3_column_count(statement) : 0;
        const columns = Array.from({ length: n }, (_, i) => text(sqlite.sqlite3_column_name(statement, i)));
        const rows = [];
        while (statement && this.#step(statement)) if (n > 0) rows.push(columns.map((_, i) => column(statement, i)));
        if (n > 0) last = { columns, rows };
      } finally {
        sqlite.sqlite3_finalize(statement);
      }
    }
    return last;
  }

  /**
   * Makes the table `predictions` from CSV text, whose first row names the columns: feed() takes its bytes in pieces of any size, and end()
   * says what there is to say of it.
   */
  csv(delimiter = ",") {
    const reader = sqlite.mlm_csv_open(this.#db, delimiter.charCodeAt(0));
    if (!reader) throw new Error("mlmetrics: out of memory");
    const check = (status) => {
      if (status !== 0) throw this.#error();
    };
    return {
      feed: (bytes) => {
        const at = copyOf(bytes);
        try {
          check(sqlite.mlm_csv_feed(reader, at, bytes.length));
        } finally {
          sqlite.sqlite3_free(at);
        }
      },
      end: () => {
        try {
          check(sqlite.mlm_csv_end(reader));
          const [rows, firstUneven, uneven, openQuote, columns] = [0, 1, 2, 3, 4].map((which) => sqlite.mlm_csv_fact(reader, which));
          return { rows, columns, uneven, firstUneven, openQuote };
        } finally {
          sqlite.mlm_csv_close(reader);
        }
      },
    };
  }

  /** Executes statements, separated by semicolons; rows that they return are not kept. */
  execute(sql) {
    let rest = encoded(sql);
    while (rest.length) {
      const { statement, used } = this.#prepare(rest);
      rest = rest.subarray(used);
      try {
        while (statement && this.#step(statement));
      } finally {
        sqlite.sqlite3_finalize(statement);
      }
    }
  }

  /** Executes one statement for each of many rows of parameters, in one transaction. */
  insert(sql, rows) {
    const { statement } = this.#prepare(encoded(sql));
    this.execute("SAVEPOINT mlmetrics_insert");
    try {
      for (const row of rows) {
        row.forEach((value, i) => this.#bind(statement, i + 1, value));
        while (this.#step(statement));
        sqlite.sqlite3_reset(statement);
      }
      sqlite.sqlite3_finalize(statement);
    } catch (error) {
      sqlite.sqlite3_finalize(statement);
      this.execute("ROLLBACK TO mlmetrics_insert");
      throw error;
    } finally {
      this.execute("RELEASE mlmetrics_insert");
    }
  }

  /** The bytes of a database file with what the database holds now. */
  save() {
    const name = copyOf(encoded("main\0")), size = sqlite.sqlite3_malloc(8);
    const at = sqlite.sqlite3_serialize(this.#db, name, size, 0);
    const n = Number(new BigInt64Array(sqlite.memory.buffer, size, 1)[0]);
    const bytes = memory(at, at ? n : 0).slice();
    for (const block of [name, size, at]) sqlite.sqlite3_free(block);
    if (!at && n > 0) throw new Error("mlmetrics: out of memory");
    return bytes;
  }

  /** Closes the connection; it must not be used afterwards. */
  close() {
    sqlite.sqlite3_close_v2(this.#db);
    this.#db = 0;
  }

  #error() {
    return new Error(text(sqlite.sqlite3_errmsg(this.#db)));
  }

  // The first statement of the text, 0 if it has none, and how many bytes it takes.
  #prepare(bytes) {
    if (!this.#db) throw new Error("mlmetrics: the database is closed");
    const at = copyOf(bytes), out = sqlite.sqlite3_malloc(8);
    const status = sqlite.sqlite3_prepare_v2(this.#db, at, bytes.length, out, out + 4);
    const [statement, tail] = new Int32Array(sqlite.memory.buffer, out, 2);
    sqlite.sqlite3_free(at);
    sqlite.sqlite3_free(out);
    if (status !== 0) throw this.#error();
    return { statement, used: tail - at };
  }

  #step(statement) {
    const status = sqlite.sqlite3_step(statement);
    if (status !== ROW && status !== DONE) throw this.#error();
    return status === ROW;
  }

  #bind(statement, i, value) {
    const copied = (bind, bytes) => {
      const at = copyOf(bytes);
      const status = bind(statement, i, at, bytes.length, -1); // SQLITE_TRANSIENT: SQLite copies them
      sqlite.sqlite3_free(at);
      return status;
    };
    const bind = () => {
      switch (typeof value) {
        case "bigint": return sqlite.sqlite3_bind_int64(statement, i, inRange(value));
        case "boolean": return sqlite.sqlite3_bind_int64(statement, i, BigInt(value));
        case "string": return copied(sqlite.sqlite3_bind_text, encoded(value));
        case "number":
          if (Number.isSafeInteger(value) && !Object.is(value, -0)) return sqlite.sqlite3_bind_int64(statement, i, BigInt(value));
          return sqlite.sqlite3_bind_double(statement, i, value);
        default:
          if (value == null) return sqlite.sqlite3_bind_null(statement, i);
          if (value instanceof Uint8Array) return copied(sqlite.sqlite3_bind_blob, value);
          throw new TypeError(`mlmetrics: parameter ${i} is neither a number, bigint, boolean, string, Uint8Array nor null`);
      }
    };
    if (bind() !== 0) throw this.#error();
  }
}

// WebAssembly takes the lowest 64 bits without a word.
function inRange(value) {
  if (BigInt.asIntN(64, value) !== value) throw new RangeError(`mlmetrics: ${value} does not fit into 64 bits`);
  return value;
}

function column(statement, i) {
  const bytes = (from) => memory(from(statement, i), sqlite.sqlite3_column_bytes(statement, i));
  switch (sqlite.sqlite3_column_type(statement, i)) {
    case FLOAT: return sqlite.sqlite3_column_double(statement, i);
    case INTEGER: {
      const value = sqlite.sqlite3_column_int64(statement, i), number = Number(value);
      return Number.isSafeInteger(number) ? number : value;
    }
    case TEXT: return decoder.decode(bytes(sqlite.sqlite3_column_text));
    case BLOB: return bytes(sqlite.sqlite3_column_blob).slice();
    default: return null;
  }
}

const encoder = new TextEncoder(), decoder = new TextDecoder();
const encoded = (value) => encoder.encode(value);

// The memory may grow in any call, so nothing of it is kept. Pointers are unsigned.
const memory = (at, n) => new Uint8Array(sqlite.memory.buffer, at >>> 0, n);

// A text of SQLite up to its zero.
function text(at) {
  const rest = new Uint8Array(sqlite.memory.buffer, at >>> 0);
  return decoder.decode(rest.subarray(0, rest.indexOf(0)));
}

function copyOf(bytes) {
  const at = sqlite.sqlite3_malloc(bytes.length || 1);
  if (!at) throw new Error("mlmetrics: out of memory");
  memory(at, bytes.length).set(bytes);
  return at;
}
