// The types of the functions, for require and, by index.d.mts, for import.
/** A connection of better-sqlite3, sqlite3, node:sqlite or bun:sqlite. */
export interface Connection {
  loadExtension(path: string, ...rest: any[]): unknown;
  enableLoadExtension?(allow: boolean): void;
}

/** The path of the library for this platform. Throws an Error that names the platforms there are, if there is none. */
export function getLoadablePath(): string;

/**
 * Registers the functions on a connection. With the sqlite3 package, which queues its calls, statements that follow wait for it.
 * A connection of node:sqlite must have been opened with allowExtension: true.
 */
export function load(db: Connection): void;

/**
 * The rows of a query over a table of a database file, computed by several threads: node:sqlite, or better-sqlite3 where that is installed.
 *
 * The query is SELECT columns FROM table [JOIN …] [WHERE …] [GROUP BY …]. Each column is a group's key, one aggregate of mlmetrics, or
 * count, min or max; for other queries the promise is rejected. The rows come in the order of the keys. The table is split by its rowid.
 */
export function parallel(path: string, query: string, options: { table: string; workers?: number }): Promise<unknown[][]>;
