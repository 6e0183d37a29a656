"""Run by alembic: `claimtrack.db.schema.upgrade` hands over an open connection.

A developer makes the next script with `python tests/db/new_migration.py "What changes"`.
"""

from typing import Literal

from alembic import context
from sqlalchemy import TypeDecorator
from sqlmodel.sql.sqltypes import AutoString

from claimtrack.db import tables  # noqa: F401 - registers every table
from claimtrack.db.base import Row
from claimtrack.db.columns import UtcTime
from claimtrack.db.dialect import UNMODELLED


def is_modelled(_object: object, name: str | None, _kind: str, _is_reflected: bool, _other: object) -> bool:  # noqa: FBT001 - alembic's signature
    """Whether a table or index belongs to the models rather than to `claimtrack.db.dialect`."""
    return not (name or "").startswith(UNMODELLED)


def plain_type(kind: str, item: object, _context: object) -> str | Literal[False]:
    """How a script names a type of ours: as the plain type beneath, so that old scripts outlive our classes."""
    if kind != "type" or not isinstance(item, TypeDecorator):
        return False
    if isinstance(item, UtcTime):
        return "sa.DateTime(timezone=True)"
    return "sa.String()" if isinstance(item, AutoString) else "sa.Text()"


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Row.metadata,
    # SQLite alters a table by building it anew.
    render_as_batch=True,
    # The caller's one transaction holds all of it.
    transactional_ddl=True,
    include_object=is_modelled,
    render_item=plain_type,
)
context.run_migrations()
