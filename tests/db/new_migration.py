"""Write the next migration script: `python tests/db/new_migration.py "What changes"`; then read it and correct it.

It compares the models with a fresh SQLite database that has all present migrations. Add a test with old data.
"""

import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.script import ScriptDirectory

from claimtrack.db.engine import open_engine
from claimtrack.db.schema import configuration, upgrade

MIGRATIONS = Path(__file__).parents[2] / "db" / "migrations"


def main(message: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(str(Path(folder) / "draft.sqlite3"))
        config = configuration(MIGRATIONS)
        head = ScriptDirectory.from_config(config).get_current_head()
        if head:
            upgrade(engine)
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            number = f"{int(head or 0) + 1:04d}"
            command.revision(config, message, autogenerate=True, rev_id=number)
        engine.dispose()


if __name__ == "__main__":
    main(sys.argv[1])
