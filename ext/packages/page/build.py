"""Makes one HTML file of the page, the worker, SQLite and mlmetrics: build.py OUTPUT WASM_FOLDER.

The file must work from a folder too, where a browser lets a page load nothing from beside it; so everything is written into it."""

import base64
import gzip
import os
import re
import sys

output, folder = sys.argv[1:3]
here = os.path.dirname(os.path.abspath(__file__))


def read(*path):
    with open(os.path.join(*path), encoding="utf-8") as file:
        return file.read()


def once(pattern, replacement, text):
    """Replaces what must be there exactly once."""
    text, n = re.subn(pattern, lambda _: replacement, text)
    if n != 1:
        sys.exit(f"build.py: {pattern!r} occurs {n} times")
    return text


# A worker made from text cannot import: the module becomes a part of its script.
library = once(r"export async function open", "async function open", read(folder, "mlmetrics.mjs")).replace("import.meta.url", "location.href")
worker = library + read(here, "worker.js").replace('"use strict";\n', "")

with open(os.path.join(folder, "mlmetrics.wasm"), "rb") as file:
    wasm = base64.b64encode(gzip.compress(file.read(), 9, mtime=0)).decode()
parts = {"page.css": read(here, "page.css"), "page.js": read(here, "page.js"), "worker.js": worker, "wasm": wasm}
for part, text in parts.items():
    if "</script" in text or "<!--" in text:
        sys.exit(f"build.py: {part} would end its element")
page = re.sub(r"@(page\.css|page\.js|worker\.js|wasm)@", lambda match: parts[match.group(1)], read(here, "page.html"))
with open(output, "w", encoding="utf-8", newline="\n") as file:
    file.write(page)
