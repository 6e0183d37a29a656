"""What to tell somebody when the database itself fails: full, read-only, away, damaged, busy.

The driver's own words are not shown: PostgreSQL's repeat the values of a row.
"""

import sqlite3

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

#: SQLite's primary result codes, by <https://www.sqlite.org/rescode.html>.
_SQLITE = {
    sqlite3.SQLITE_FULL: "The disk with the database is full. Nothing of this was stored; make room and try again.",
    sqlite3.SQLITE_READONLY: (
        "The database can only be read: its file or folder is write-protected. Nothing of this was stored; open it for "
        "writing and try again."
    ),
    sqlite3.SQLITE_IOERR: (
        "The database's file could not be read or written: the disk may be full, failing or unplugged. Nothing of this "
        "was stored; try again."
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "The database's file cannot be opened: it or its folder is gone, or this user may not open it. Nothing of this "
        "was stored."
    ),
    sqlite3.SQLITE_CORRUPT: "The database's file is damaged. Stop working in it and restore the newest backup.",
    sqlite3.SQLITE_NOTADB: "This file is no SQLite database. Name another, or restore a backup.",
    sqlite3.SQLITE_BUSY: "Another program uses the database. Nothing of this was stored; try again when it is done.",
    sqlite3.SQLITE_LOCKED: "Another program uses the database. Nothing of this was stored; try again in a moment.",
}

#: PostgreSQL's SQLSTATE codes and classes, by <https://www.postgresql.org/docs/current/errcodes-appendix.html>.
_POSTGRES = {
    "53100": "The database server's disk is full. Nothing of this was stored; make room and try again.",
    "53300": "The database server has no connection free. Nothing of this was stored; try again in a moment.",
    "25006": "The database server only lets us read at the moment. Nothing of this was stored; try again later.",
    "57014": "The database server took too long and was stopped. Nothing of this was stored; ask for less at a time.",
    "55P03": "Others are storing, and this waited too long for its turn. Nothing of this was stored; try again.",
    "28": "The database server does not let this user in. Check the address and its password.",
    "3D000": "The database server has no database of this name. Check the address, or make it with createdb.",
    "42501": "The database server does not let this user do that. Its owner can grant it.",
}

_AWAY = "The database server does not answer. Nothing of this was stored; it goes on as soon as the server is back."


def is_read_only(error: DBAPIError) -> bool:
    """Whether a write was refused because nothing may be written here."""
    raw = error.orig
    if isinstance(raw, sqlite3.Error):
        return bool(getattr(raw, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_READONLY)
    return getattr(raw, "sqlstate", None) == "25006"


def sentence_for(error: DBAPIError) -> str | None:
    """What happened and what to do; None for what is no trouble of the database but a mistake in claimtrack.

    >>> sentence_for(OperationalError("INSERT", {}, sqlite3.OperationalError("?"))) is None
    True
    """
    raw = error.orig
    if isinstance(raw, sqlite3.Error):
        code = getattr(raw, "sqlite_errorcode", None)
        return None if code is None else _SQLITE.get(code & 0xFF)
    state = getattr(raw, "sqlstate", None)
    if state:
        known = _POSTGRES.get(state) or _POSTGRES.get(state[:2])
        # 08: connection exceptions; 57P01 to 57P03: the server is being stopped or started.
        return known or (_AWAY if state[:2] == "08" or state[:4] == "57P0" else None)
    is_away = error.connection_invalidated or isinstance(error, OperationalError | InterfaceError)
    return _AWAY if is_away else None
