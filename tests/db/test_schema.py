import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect, text

from claimtrack.db.base import Row
from claimtrack.db.dialect import UNMODELLED
from claimtrack.db.schema import require_current, status, upgrade
from claimtrack.errors import StorageError


def test_the_migrations_make_what_the_models_say(engine: Engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_object": lambda _o, name, *_: not (name or "").startswith(UNMODELLED)},
        )
        assert compare_metadata(context, Row.metadata) == []


def test_an_empty_database_is_called_empty(empty_engine: Engine):
    assert status(empty_engine).stored is None
    with pytest.raises(StorageError, match=r"is empty.*brings it up to date"):
        require_current(empty_engine)


def test_upgrading_twice_changes_nothing(empty_engine: Engine):
    first = upgrade(empty_engine)
    tables = inspect(empty_engine).get_table_names()
    assert first.is_current
    assert upgrade(empty_engine) == first
    assert inspect(empty_engine).get_table_names() == tables


def test_a_database_newer_than_the_code_is_refused_and_left_alone(engine: Engine):
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StorageError, match="has schema 9999; this claimtrack knows schemas up to"):
        upgrade(engine)
    with pytest.raises(StorageError, match="Update claimtrack"):
        require_current(engine)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "9999"


def test_every_column_says_what_it_means():
    """A `#:` comment stands above each column, or above the first of a group of columns."""
    import inspect as source_of
    import re

    from claimtrack.db import base, tables
    from claimtrack.db.tables import checking

    modules = {source_of.getmodule(getattr(tables, name)) for name in tables.__all__} | {base, checking}
    bare = []
    for module in modules:
        lines = source_of.getsource(module).splitlines()
        for number, line in enumerate(lines):
            column = re.match(r"    (\w+): .*\bField\(|    (\w+): (str|int|float|bool)$", line)
            if column and not re.match(r"    (#:?|\w+: )", lines[number - 1]):
                bare.append(f"{module.__name__}: {line.strip()}")
    assert bare == []


def test_every_constraint_has_a_name():
    nameless = [
        f"{table.name}: {constraint}"
        for table in Row.metadata.tables.values()
        for constraint in table.constraints
        if constraint.name is None
    ]
    assert nameless == []
