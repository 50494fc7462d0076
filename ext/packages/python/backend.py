"""Builds the wheel: the package around a library that is given, or, for pip, one compiled here from the amalgamation.

backend.py wheel OUT VERSION FOLDER    a wheel for a platform, with the libraries of the folder that is named after it
backend.py sdist OUT VERSION FILE...   a source distribution, which pip builds by the functions below
"""
import base64
import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SUFFIX = {"win32": ".dll", "darwin": ".dylib"}.get(sys.platform, ".so")
sys.path.insert(0, HERE)
try:
    import pack  # a source distribution has it beside this file
except ImportError:
    sys.path.insert(0, os.path.dirname(HERE))
    import pack

# The libraries for Linux name no libc, and call nothing that is newer than glibc 2.17.
TAGS = {"linux-x64": "manylinux_2_17_x86_64.musllinux_1_1_x86_64", "linux-arm64": "manylinux_2_17_aarch64.musllinux_1_1_aarch64",
        "win32-x64": "win_amd64", "darwin-arm64": "macosx_11_0_arm64", "darwin-x64": "macosx_10_13_x86_64"}
METADATA = """Metadata-Version: 2.1
Name: mlmetrics
Version: {version}
Summary: Machine-learning metrics as SQL functions for SQLite
License: MIT
Keywords: sqlite,sqlite-extension,metrics,machine-learning,roc-auc
Requires-Python: >=3.8
Description-Content-Type: text/markdown

{readme}"""
ENTRY_POINTS = """[sqlite_utils]
mlmetrics = mlmetrics.sqlite_utils_plugin

[datasette]
mlmetrics = mlmetrics.datasette_plugin
"""


def read(*path):
    with open(os.path.join(*path), encoding="utf-8") as file:
        return file.read()


def write(text, *path):
    os.makedirs(os.path.dirname(os.path.join(*path)), exist_ok=True)
    with open(os.path.join(*path), "w", encoding="utf-8", newline="\n") as file:
        file.write(text)


def metadata(version):
    return METADATA.format(version=version, readme=read(HERE, "README.md"))


def copy_package(folder, version):
    os.makedirs(folder)
    for name in sorted(os.listdir(os.path.join(HERE, "mlmetrics"))):
        if name.endswith((".py", ".typed")):
            write(read(HERE, "mlmetrics", name).replace("@VERSION@", version), folder, name)


def record_line(folder, name):
    with open(os.path.join(folder, name), "rb") as file:
        data = file.read()
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
    return f"{name},sha256={digest},{len(data)}\n"


def wheel(out, version, libraries, tag=None):
    """Writes the wheel into the folder out, around the folder of libraries; returns its name."""
    platform = tag or TAGS[os.path.basename(libraries)]
    name = f"mlmetrics-{version}-py3-none-{platform}.whl"
    with tempfile.TemporaryDirectory() as folder:
        copy_package(os.path.join(folder, "mlmetrics"), version)
        for library in os.listdir(libraries):
            if library.startswith("mlmetrics"):
                shutil.copy(os.path.join(libraries, library), os.path.join(folder, "mlmetrics"))
        info = f"mlmetrics-{version}.dist-info"
        write(metadata(version), folder, info, "METADATA")
        licence = os.path.join(HERE, "LICENSE")
        write(read(licence if os.path.exists(licence) else os.path.join(HERE, "../../../LICENSE")), folder, info, "LICENSE")
        write(ENTRY_POINTS, folder, info, "entry_points.txt")
        tags = "".join(f"Tag: py3-none-{tag}\n" for tag in platform.split("."))
        write(f"Wheel-Version: 1.0\nGenerator: mlmetrics\nRoot-Is-Purelib: false\n{tags}", folder, info, "WHEEL")
        record = "".join(record_line(folder, entry[0]) for entry in pack.files(folder))
        write(record + f"{info}/RECORD,,\n", folder, info, "RECORD")
        pack.pack(os.path.join(out, name), folder)
    return name


def sdist(out, version, *files):
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(os.path.join(HERE, "mlmetrics"), os.path.join(folder, "mlmetrics"),
                        ignore=shutil.ignore_patterns("__pycache__"))
        for file in ("README.md", "pyproject.toml", "backend.py"):
            shutil.copy(os.path.join(HERE, file), folder)
        for file in files:
            shutil.copy(file, folder)
        write(metadata(version), folder, "PKG-INFO")
        pack.pack(os.path.join(out, f"mlmetrics-{version}.tar.gz"), folder, f"mlmetrics-{version}/")


def compile_into(folder):
    """Compiles the amalgamation, which a source distribution has beside this file, into the folder."""
    library = os.path.join(folder, "mlmetrics" + SUFFIX)
    shared = ["-dynamiclib", "-undefined", "dynamic_lookup"] if sys.platform == "darwin" else ["-shared"]
    command = os.environ.get("CC", "cc").split() + ["-O2", "-fPIC", *shared, os.path.join(HERE, "mlmetrics.c"), "-o", library]
    try:
        subprocess.run(command, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise SystemExit(f"mlmetrics could not be compiled: {error}. It needs a C compiler and SQLite's headers "
                         "(Debian: gcc libsqlite3-dev).") from error


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    version = next(line[9:] for line in read(HERE, "PKG-INFO").splitlines() if line.startswith("Version: "))
    platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
    with tempfile.TemporaryDirectory() as folder:
        compile_into(folder)
        return wheel(wheel_directory, version, folder, platform)


def build_sdist(sdist_directory, config_settings=None):
    raise SystemExit("`make dist` writes the source distribution")


if __name__ == "__main__":
    {"wheel": wheel, "sdist": sdist}[sys.argv[1]](*sys.argv[2:])
