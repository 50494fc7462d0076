"""sqlite-utils (3.34 or later) calls this for every database that its commands open."""
from sqlite_utils import hookimpl

from . import load


@hookimpl
def prepare_connection(conn):
    load(conn)
