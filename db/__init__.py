"""Storage: SQLModel tables, engine, unit of work, event log, search, migrations."""

if __name__ != "claimtrack.db":
    raise ImportError("Import claimtrack.db, not db: a second copy would define every table twice.")
