"""Prints the manifest of the sqlpkg package manager for the archives in a folder: sqlpkg.py VERSION FOLDER INDEX, with the index of sql/."""
import hashlib
import json
import os
import re
import sys

PLATFORMS = {"linux-amd64": "linux-x64.tar.gz", "linux-arm64": "linux-arm64.tar.gz", "windows-amd64": "win32-x64.zip",
             "darwin-amd64": "darwin-x64.tar.gz", "darwin-arm64": "darwin-arm64.tar.gz"}


def sha256(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def main(version, folder, index):
    files = {platform: f"mlmetrics-{version}-{end}" for platform, end in PLATFORMS.items()}
    files = {platform: name for platform, name in files.items() if os.path.exists(os.path.join(folder, name))}
    with open(index, encoding="utf-8") as file:
        functions = re.findall(r"^\| `(\w+)\(", file.read(), re.M)
    json.dump({
        "owner": "mlmetrics", "name": "mlmetrics", "version": version, "authors": ["The mlmetrics authors"], "license": "MIT",
        "description": "Machine-learning metrics as SQL functions", "keywords": ["metrics", "machine-learning", "roc-auc"],
        "symbols": sorted(set(functions)),
        # The path is that of the archives: a folder, or the address that a release has.
        "assets": {"path": ".", "files": files,
                   "checksums": {name: "sha256-" + sha256(os.path.join(folder, name)) for name in files.values()}},
    }, sys.stdout, indent=2)
    print()


main(*sys.argv[1:])
