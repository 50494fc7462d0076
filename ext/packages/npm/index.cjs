// Loads the library for this platform into connections.
"use strict";
const { getLoadablePath } = require("./library.cjs");
const { parallel } = require("./parallel.cjs");

function load(db) {
  if (typeof db?.loadExtension !== "function")
    throw new TypeError("mlmetrics: load(db) takes a connection of better-sqlite3, sqlite3, node:sqlite or bun:sqlite");
  const library = getLoadablePath();
  const allow = typeof db.enableLoadExtension === "function"; // node:sqlite only
  try {
    if (allow) db.enableLoadExtension(true);
    db.loadExtension(library);
  } catch (error) {
    if (/disabled at database creation|not allowed|allowExtension/i.test(error.message))
      error.message += ": open it with new DatabaseSync(path, { allowExtension: true })";
    throw error;
  }
  if (allow) db.enableLoadExtension(false);
}

module.exports = { getLoadablePath, load, parallel };
