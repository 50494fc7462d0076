// Runs the program of the golden digests, compiled to WebAssembly, and prints what it prints: node golden.mjs golden.wasm ARGUMENTS...
import { readFileSync } from "node:fs";
import { WASI } from "node:wasi";

const wasi = new WASI({ version: "preview1", args: process.argv.slice(2) });
globalThis.wasi = wasi; // Node frees what it has open if no variable holds it, even while start() runs.
let memory;
const host = {
  now: () => Date.now(),
  random: (at, n) => crypto.getRandomValues(new Uint8Array(memory.buffer, at, n)),
  local() { throw new Error("no query needs the time zone"); },
};
const imports = wasi.getImportObject();
// Node ends a program by an exception through its frames, which crashes Node 20 after so many queries.
imports.wasi_snapshot_preview1.proc_exit = (status) => process.exit(status);
const env = { emscripten_notify_memory_growth() {} };
const module = new WebAssembly.Module(readFileSync(process.argv[2]));
const instance = new WebAssembly.Instance(module, { ...imports, host, env });
memory = instance.exports.memory;
process.exitCode = wasi.start(instance);
