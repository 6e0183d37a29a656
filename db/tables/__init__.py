"""All tables; importing this registers every one with the metadata."""

from claimtrack.db.tables.annotation import Annotation
from claimtrack.db.tables.capture import Capture
from claimtrack.db.tables.claim import Appearance, Claim
from claimtrack.db.tables.contact import Contact
from claimtrack.db.tables.cross_reference import CrossReference
from claimtrack.db.tables.decision import Correction, Decision
from claimtrack.db.tables.document import Document
from claimtrack.db.tables.event import ChainHead, Event
from claimtrack.db.tables.evidence import Evidence
from claimtrack.db.tables.fidelity_check import FidelityCheck
from claimtrack.db.tables.line import Line
from claimtrack.db.tables.outbox import OutboxEntry
from claimtrack.db.tables.placement import Placement
from claimtrack.db.tables.presence import Presence
from claimtrack.db.tables.query import Query
from claimtrack.db.tables.repeat import Candidate, Cluster, Fingerprint, Judgement
from claimtrack.db.tables.review import Review
from claimtrack.db.tables.reviewer import Reviewer
from claimtrack.db.tables.run import Run
from claimtrack.db.tables.saved_view import SavedView
from claimtrack.db.tables.scale import Scale
from claimtrack.db.tables.search_entry import SearchEntry
from claimtrack.db.tables.setting import Setting
from claimtrack.db.tables.sighting import Sighting
from claimtrack.db.tables.speaker import Alias, Office, Speaker
from claimtrack.db.tables.statement import Statement
from claimtrack.db.tables.statement_tally import StatementTally
from claimtrack.db.tables.story import Story, StoryDocument, StoryMember
from claimtrack.db.tables.tag import Tag, Tagging
from claimtrack.db.tables.waiver import Waiver

__all__ = [
    "Alias",
    "Annotation",
    "Appearance",
    "Candidate",
    "Capture",
    "ChainHead",
    "Claim",
    "Cluster",
    "Contact",
    "Correction",
    "CrossReference",
    "Decision",
    "Document",
    "Event",
    "Evidence",
    "FidelityCheck",
    "Fingerprint",
    "Judgement",
    "Line",
    "Office",
    "OutboxEntry",
    "Placement",
    "Presence",
    "Query",
    "Review",
    "Reviewer",
    "Run",
    "SavedView",
    "Scale",
    "SearchEntry",
    "Setting",
    "Sighting",
    "Speaker",
    "Statement",
    "StatementTally",
    "Story",
    "StoryDocument",
    "StoryMember",
    "Tag",
    "Tagging",
    "Waiver",
]
