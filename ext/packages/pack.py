"""Writes an archive of a folder whose bytes depend on the files' names, modes and contents only.

    pack.py OUT FOLDER [PREFIX]

OUT ends in .zip, .whl, .tar.gz or .tgz. Every file gets the time of SOURCE_DATE_EPOCH, no owner, and the mode 755 or 644. PREFIX, such as
"package/", goes before each name.
"""
import gzip
import io
import os
import sys
import tarfile
import time
import zipfile


def files(folder):
    """The files below the folder as (name with slashes, path, whether it is executable), in the order of their names."""
    found = []
    for at, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(at, name)
            found.append((os.path.relpath(path, folder).replace(os.sep, "/"), path, os.access(path, os.X_OK)))
    return sorted(found)


def pack(out, folder, prefix=""):
    when = int(os.environ.get("SOURCE_DATE_EPOCH", "315532800"))
    if out.endswith((".zip", ".whl")):
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, path, executable in files(folder):
                entry = zipfile.ZipInfo(prefix + name, time.gmtime(when)[:6])
                entry.create_system = 3
                entry.external_attr = (0o100755 if executable else 0o100644) << 16
                entry.compress_type = zipfile.ZIP_DEFLATED
                with open(path, "rb") as file:
                    archive.writestr(entry, file.read())
        return
    with open(out, "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=when) as zipped:
        with tarfile.open(fileobj=zipped, mode="w", format=tarfile.USTAR_FORMAT) as archive:
            for name, path, executable in files(folder):
                entry = tarfile.TarInfo(prefix + name)
                entry.mtime, entry.mode = when, 0o755 if executable else 0o644
                with open(path, "rb") as file:
                    data = file.read()
                entry.size = len(data)
                archive.addfile(entry, io.BytesIO(data))


if __name__ == "__main__":
    pack(*sys.argv[1:])
