// Finds the library for this platform and loads it into connections.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { parallel } = require("./parallel.cjs");

const SUFFIXES = { darwin: "dylib", linux: "so", win32: "dll" };

function getLoadablePath() {
  const platform = `${process.platform}-${process.arch}`;
  const library = path.join(__dirname, "lib", platform, `mlmetrics.${SUFFIXES[process.platform]}`);
  if (fs.existsSync(library)) return library;
  const platforms = fs.readdirSync(path.join(__dirname, "lib")).join(", ");
  throw new Error(`mlmetrics has no library for ${platform}, only for ${platforms}. ` +
    "Compile one from the amalgamation (cc -O2 -fPIC -shared mlmetrics.c) and load it by its path.");
}

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
