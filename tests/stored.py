"""Everything that an import stored, without what differs from one run to the next: ids, keys, times, seconds."""

import json
from collections import Counter, defaultdict

from sqlalchemy import Engine
from sqlmodel import select

from claimtrack.db import tables
from claimtrack.db.snapshot import plain, table_of
from claimtrack.db.work import UnitOfWork

#: Columns that differ between two runs over the same sources, or hold keys.
PASSING = frozenset({"id", "data", "public_id", "created_at", "started_at", "seen_at", "seconds"})


def picture(engine: Engine, *, sightings: bool = True) -> dict[str, list[str]]:
    """What is stored, table by table, each row as JSON with names in the place of keys, sorted."""
    with UnitOfWork(engine, read_only=True) as work:
        return Picture(work.session, sightings=sightings).tables


class Picture:
    def __init__(self, session, *, sightings: bool) -> None:
        self.session = session
        self.names: dict[tuple[str, int], str] = {}
        self.tables: dict[str, list[str]] = {}
        for row in self._rows(tables.Document):
            self._add("document", row, str(row.identity))
        for row in self._rows(tables.Capture):
            self._add("capture", row, f"{self._name('document', row.document_id)} {row.sha256}")
        speakers = self._rows(tables.Speaker)
        for row in speakers:
            self.names["speaker", row.id] = f"{row.name} ({row.kind})"
        for row in speakers:
            self._add("speaker", row, f"{row.name} ({row.kind})", merged=self._name("speaker", row.merged_into_id))
        for row in self._rows(tables.Run):
            self._add("run", row, self._name("capture", row.capture_id))
        if sightings:
            for row in self._rows(tables.Sighting):
                self._add("sighting", row, self._name("capture", row.capture_id))
        self._statements()
        for row in self._rows(tables.Placement):
            place = f"{self._name('statement', row.statement_id)} in {self._name('capture', row.capture_id)}"
            self._add("placement", row, place)
        actions = Counter(session.exec(select(tables.Event.action)))
        if not sightings:
            del actions["capture.seen"]
        self.tables["event"] = [f"{action} {count}" for action, count in sorted(actions.items())]
        self.tables = {name: sorted(rows) for name, rows in self.tables.items()}

    def _rows(self, model):
        return self.session.exec(select(model)).all()

    def _name(self, table, key):
        return None if key is None else self.names[table, key]

    def _add(self, table, row, name, **more) -> None:
        self.names[table, row.id] = name
        values = {column: plain(getattr(row, column)) for column in table_of(type(row)).columns.keys()}  # noqa: SIM118 - its own mapping
        kept = {key: value for key, value in values.items() if key not in PASSING and not key.endswith("_id")}
        self.tables.setdefault(table, []).append(json.dumps({"of": name, **kept, **more}, sort_keys=True))

    def _statements(self) -> None:
        statements = self._rows(tables.Statement)
        clusters = defaultdict(list)
        for row in statements:
            spans = f"{row.kind.value} {row.content_spans} {row.cue_start}"
            self.names["statement", row.id] = f"{self._name('capture', row.capture_id)} {spans}"
            clusters[row.cluster_id].append(self.names["statement", row.id])
        terms = {row.statement_id: row.terms for row in self._rows(tables.SearchEntry)}
        for row in statements:
            self._add(
                "statement",
                row,
                self._name("statement", row.id),
                speaker=self._name("speaker", row.speaker_id),
                folded=self._name("statement", row.folded_into_id),
                terms=terms.get(row.id),
            )
        for row in self._rows(tables.Cluster):
            self._add("cluster", row, " | ".join(sorted(clusters[row.id])))
        for row in self._rows(tables.Candidate):
            pair = sorted((self._name("statement", row.a_id), self._name("statement", row.b_id)))
            self._add("candidate", row, " / ".join(pair))
        self.tables["fingerprint"] = [f"{row.hash} {row.text_hash}" for row in self._rows(tables.Fingerprint)]
        self.tables["tally"] = [
            f"{self.names.get(('document', row.document_id))} {row.state} {row.count}"
            for row in self._rows(tables.StatementTally)
            if row.count
        ]
