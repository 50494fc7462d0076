"""Machine-learning metrics as SQL functions, for the connections of sqlite3, apsw and sqlite_utils."""
from __future__ import annotations

import os
import sqlite3
import sys
from typing import Any, Optional

from .parallel import parallel

__version__ = "@VERSION@"
__all__ = ["LoadError", "connect", "load", "loadable_path", "parallel", "preload_path"]


class LoadError(RuntimeError):
    """The connection cannot load extensions; the message says why and what to do."""


def loadable_path() -> str:
    """The path of the library without its suffix, as load_extension() and the shell's .load take it."""
    return os.path.join(os.path.dirname(os.path.abspath(__file__)), "mlmetrics")


def preload_path() -> Optional[str]:
    """The path of a library for LD_PRELOAD, which registers the functions in every connection; None if there is none."""
    path = loadable_path() + "-preload.so"
    return path if os.path.exists(path) else None


def _is_registered(connection: Any) -> bool:
    try:
        list(connection.cursor().execute("SELECT mlmetrics_version()"))
    except Exception:  # each driver has its own class for "no such function"
        return False
    return True


def _advice() -> str:
    preload = preload_path()
    return (f"Use another driver (pip install apsw, then mlmetrics.load(apsw.Connection(path)))"
            + (f", or start Python with LD_PRELOAD={preload}, which registers the functions in every connection." if preload else "."))


def _first(connection: Any, *names: str) -> Any:
    return next((getattr(connection, name) for name in names if hasattr(connection, name)), None)


def load(connection: Any) -> None:
    """Registers the functions on an open connection of sqlite3, apsw, or sqlite_utils (a Database).

    Extension loading is turned on for this one call and off again. Raises LoadError where that is not possible.
    """
    connection = getattr(connection, "conn", connection)
    if _is_registered(connection):
        return
    enable = _first(connection, "enable_load_extension", "enableloadextension")
    load_extension = _first(connection, "load_extension", "loadextension")
    if enable is None or load_extension is None:
        raise LoadError(f"the sqlite3 module of {sys.executable} was built without extension loading, as pyenv's and macOS's "
                        f"often are. {_advice()}")
    try:
        enable(True)
    except Exception as error:
        raise LoadError(f"this connection's SQLite cannot load extensions ({error}). {_advice()}") from error
    try:
        load_extension(loadable_path())
    finally:
        enable(False)


def connect(path: str, **options: Any) -> sqlite3.Connection:
    """sqlite3.connect() with the functions registered."""
    connection = sqlite3.connect(path, **options)
    try:
        load(connection)
    except BaseException:
        connection.close()
        raise
    return connection
