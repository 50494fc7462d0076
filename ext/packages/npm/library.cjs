// The path of the library for this platform.
"use strict";
const fs = require("node:fs");
const path = require("node:path");

const SUFFIXES = { darwin: "dylib", linux: "so", win32: "dll" };

function getLoadablePath() {
  const platform = `${process.platform}-${process.arch}`;
  const library = path.join(__dirname, "lib", platform, `mlmetrics.${SUFFIXES[process.platform]}`);
  if (fs.existsSync(library)) return library;
  const platforms = fs.readdirSync(path.join(__dirname, "lib")).join(", ");
  throw new Error(`mlmetrics has no library for ${platform}, only for ${platforms}. ` +
    "Compile one from the amalgamation (cc -O2 -fPIC -shared mlmetrics.c) and load it by its path.");
}

module.exports = { getLoadablePath };
