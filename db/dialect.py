"""Everything that differs between SQLite and PostgreSQL and that no model can say: triggers and the search index.

`install` runs at the end of every upgrade, because a migration that rebuilds a table on SQLite drops its triggers.
"""

from sqlalchemy import Connection

#: What an UPDATE of a log row or a capture may do: empty it (an erasure), nothing else.
_EVENT_COLUMNS = (
    "number, public_id, at, reviewer, identity_basis, action, item_kind, item, story, batch, undoes, schema_version, "
    "payload_digest, previous, digest"
)
_CAPTURE_COLUMNS = "public_id, created_at, document_id, sha256, extractor, text_sha256, chars, pages, timecodes"


def _count_in(document: str, state: str) -> str:
    return (
        f"INSERT INTO statement_tally (document_id, state, count) VALUES ({document}, {state}, 1) "  # noqa: S608 - constants
        "ON CONFLICT (document_id, state) DO UPDATE SET count = statement_tally.count + 1"
    )


def _count_out(document: str, state: str) -> str:
    return f"UPDATE statement_tally SET count = count - 1 WHERE document_id = {document} AND state = {state}"  # noqa: S608


_SQLITE = (
    """CREATE VIRTUAL TABLE IF NOT EXISTS search_index USING fts5(
        terms, content='search_entry', content_rowid='statement_id', tokenize='ascii', prefix='2 3', detail='none')""",
    """CREATE TRIGGER search_entry_added AFTER INSERT ON search_entry BEGIN
        INSERT INTO search_index (rowid, terms) VALUES (new.statement_id, new.terms);
    END""",
    """CREATE TRIGGER search_entry_removed AFTER DELETE ON search_entry BEGIN
        INSERT INTO search_index (search_index, rowid, terms) VALUES ('delete', old.statement_id, old.terms);
    END""",
    """CREATE TRIGGER search_entry_changed AFTER UPDATE ON search_entry BEGIN
        INSERT INTO search_index (search_index, rowid, terms) VALUES ('delete', old.statement_id, old.terms);
        INSERT INTO search_index (rowid, terms) VALUES (new.statement_id, new.terms);
    END""",
    f"""CREATE TRIGGER statement_added AFTER INSERT ON statement BEGIN
        {_count_in("new.document_id", "new.state")}; {_count_in("0", "new.state")};
    END""",
    f"""CREATE TRIGGER statement_removed AFTER DELETE ON statement BEGIN
        {_count_out("old.document_id", "old.state")}; {_count_out("0", "old.state")};
    END""",
    f"""CREATE TRIGGER statement_moved AFTER UPDATE OF state, document_id ON statement
    WHEN old.state <> new.state OR old.document_id <> new.document_id BEGIN
        {_count_out("old.document_id", "old.state")}; {_count_out("0", "old.state")};
        {_count_in("new.document_id", "new.state")}; {_count_in("0", "new.state")};
    END""",
    """CREATE TRIGGER event_kept BEFORE DELETE ON event BEGIN
        SELECT RAISE(ABORT, 'events are never deleted');
    END""",
    f"""CREATE TRIGGER event_fixed BEFORE UPDATE ON event
    WHEN ({", ".join("old." + name for name in _EVENT_COLUMNS.split(", "))})
        IS NOT ({", ".join("new." + name for name in _EVENT_COLUMNS.split(", "))})
        OR new.payload IS NOT NULL OR new.salt IS NOT NULL BEGIN
        SELECT RAISE(ABORT, 'events are never changed, only erased');
    END""",
    f"""CREATE TRIGGER capture_fixed BEFORE UPDATE ON capture
    WHEN ({", ".join("old." + name for name in _CAPTURE_COLUMNS.split(", "))})
        IS NOT ({", ".join("new." + name for name in _CAPTURE_COLUMNS.split(", "))})
        OR (new.text IS NOT NULL AND new.text IS NOT old.text) OR (new.data IS NOT NULL AND new.data IS NOT old.data)
    BEGIN
        SELECT RAISE(ABORT, 'captures are never changed, only erased');
    END""",
)
_SQLITE_TRIGGERS = tuple(command.split()[2] for command in _SQLITE if command.startswith("CREATE TRIGGER"))

#: The terms as a tsvector, without PostgreSQL's own parser: it would cut and drop what SQLite keeps.
TERMS_VECTOR = "array_to_tsvector(array_remove(string_to_array(terms, ' '), ''))"

_POSTGRES = (
    f"CREATE INDEX IF NOT EXISTS ix_search_entry_terms ON search_entry USING gin ({TERMS_VECTOR})",
    f"""CREATE OR REPLACE FUNCTION claimtrack_tally() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' AND old.state = new.state AND old.document_id = new.document_id THEN
            RETURN NULL;
        END IF;
        IF TG_OP <> 'INSERT' THEN
            {_count_out("old.document_id", "old.state")}; {_count_out("0", "old.state")};
        END IF;
        IF TG_OP <> 'DELETE' THEN
            {_count_in("new.document_id", "new.state")}; {_count_in("0", "new.state")};
        END IF;
        RETURN NULL;
    END $$""",
    """CREATE OR REPLACE TRIGGER statement_tallied AFTER INSERT OR DELETE OR UPDATE OF state, document_id ON statement
    FOR EACH ROW EXECUTE FUNCTION claimtrack_tally()""",
    f"""CREATE OR REPLACE FUNCTION claimtrack_fix_event() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'events are never deleted'; END IF;
        IF ({", ".join("old." + name for name in _EVENT_COLUMNS.split(", "))})
            IS DISTINCT FROM ({", ".join("new." + name for name in _EVENT_COLUMNS.split(", "))})
            OR new.payload IS NOT NULL OR new.salt IS NOT NULL THEN
            RAISE EXCEPTION 'events are never changed, only erased';
        END IF;
        RETURN new;
    END $$""",
    """CREATE OR REPLACE TRIGGER event_fixed BEFORE UPDATE OR DELETE ON event
    FOR EACH ROW EXECUTE FUNCTION claimtrack_fix_event()""",
    f"""CREATE OR REPLACE FUNCTION claimtrack_fix_capture() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF ({", ".join(f"old.{name}::text" for name in _CAPTURE_COLUMNS.split(", "))})
            IS DISTINCT FROM ({", ".join(f"new.{name}::text" for name in _CAPTURE_COLUMNS.split(", "))})
            OR (new.text IS NOT NULL AND new.text IS DISTINCT FROM old.text)
            OR (new.data IS NOT NULL AND new.data IS DISTINCT FROM old.data) THEN
            RAISE EXCEPTION 'captures are never changed, only erased';
        END IF;
        RETURN new;
    END $$""",
    """CREATE OR REPLACE TRIGGER capture_fixed BEFORE UPDATE ON capture
    FOR EACH ROW EXECUTE FUNCTION claimtrack_fix_capture()""",
)

#: Tables and indexes that `install` makes and no model knows; alembic's comparison leaves them out.
UNMODELLED = ("search_index", "ix_search_entry_terms")


def install(connection: Connection) -> None:
    """Make triggers and search index, or make them again; running it twice changes nothing."""
    if connection.dialect.name == "sqlite":
        for trigger in _SQLITE_TRIGGERS:
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {trigger}")
    for command in _SQLITE if connection.dialect.name == "sqlite" else _POSTGRES:
        connection.exec_driver_sql(command)


def uninstall_guards(connection: Connection) -> None:
    """Let events and captures be changed: for tests that tamper, and for a restore; `install` puts the guards back."""
    if connection.dialect.name == "sqlite":
        for trigger in ("event_kept", "event_fixed", "capture_fixed"):
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {trigger}")
    else:
        connection.exec_driver_sql("DROP TRIGGER IF EXISTS event_fixed ON event")
        connection.exec_driver_sql("DROP TRIGGER IF EXISTS capture_fixed ON capture")
