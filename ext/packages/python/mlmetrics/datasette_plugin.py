"""Datasette calls this for every connection that it opens."""
from datasette import hookimpl

from . import load


@hookimpl
def prepare_connection(conn):
    load(conn)
