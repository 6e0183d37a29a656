"""A small desk with something of everything in it, and arguments for any service, made from their names and types."""

import dataclasses
import enum
import inspect
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import SQLModel, select

from claimtrack import services
from claimtrack.attribution import Span
from claimtrack.db import tables
from claimtrack.db.base import Identified
from claimtrack.ingest import read_text
from claimtrack.services import (
    checklist,
    claims,
    contacts,
    decide,
    evidence,
    import_source,
    lines,
    queries,
    remarks,
    repeats,
    saved_views,
    scales,
    stories,
    verdicts,
)
from claimtrack.services.desk import Desk, Work, add_reviewer
from claimtrack.services.report_data import ReportReader
from claimtrack.vocabulary import EvidenceRank, IdentityBasis, JudgementOutcome, Relation, Role, Stance

ARTICLE = """Harbour talks stall

12 March 2026

Harbour minister Mirela Anand said on Tuesday that the ministry would “not sign before the audit is done”.

“We were told nothing,” said Tor Vale, a union official. “Nobody asked us.”
"""


def filled_desk(engine: Engine) -> Desk:
    """A desk at which Ada, an admin, and Bea, a second reader, did a bit of everything; nobody else works there."""
    ada, bea = member(engine, "Ada", Role.ADMIN), member(engine, "Bea", Role.SECOND_READER)
    story = ada.do(stories.add_story, "Harbour talks")
    for publisher in ("The Ledger", "The Echo"):
        list(import_source.import_sources(ada, [read_text(ARTICLE, name="paste", publisher=publisher)], story=story))
    one, other, *_ = ada.see(lambda work: list(work.session.exec(select(tables.Statement.public_id))))
    document = ada.see(lambda work: work.session.exec(select(tables.Document.public_id)).first())
    ada.do(decide.mark_as_printed, one, 1)
    claim = ada.do(claims.make_claim, "Nobody was told.", statements=[one], story=story)
    second = ada.do(claims.make_claim, "The audit is done.", statements=[], story=story)
    ada.do(claims.relate, claim, Relation.CONTRADICTS, second)
    ada.do(lines.mark, document, ada.see(lines.find, document, "Harbour talks stall")[0])
    ada.do(evidence.attach, claim, new_evidence())
    ada.do(remarks.note, claim, "ask the ministry")
    ada.do(remarks.set_tags, claim, ["harbour"])
    ada.do(queries.ask, claim, "Which union?")
    ada.do(contacts.log, claim, contacts.NewContact("the ministry", "Is it so?"))
    ada.do(repeats.judge, one, other, JudgementOutcome.DIFFERENT)
    ada.do(scales.add_scale, "House", [scales.Rating("right", "Right", 2), scales.Rating("wrong", "Wrong", 1)])
    ada.do(verdicts.review, claim, "true", "The list says so.")
    bea.do(verdicts.review, claim, "true", "I read the list.")
    bea.do(verdicts.decide_verdict, claim, "true", "Nobody was told.")
    ada.do(checklist.waive, claim, "right_of_reply", "asked by the newsroom")
    ada.do(saved_views.keep, "review", "Tonight", {}, is_shared=True)
    return ada


def new_evidence() -> evidence.NewEvidence:
    return evidence.NewEvidence(
        title="List of calls", url="https://ledger.example/calls", rank=EvidenceRank.PRIMARY, stance=Stance.SUPPORTS
    )


def member(engine: Engine, name: str, role: Role) -> Desk:
    """The desk for somebody of that role."""
    return Desk(engine, Desk(engine).do(add_reviewer, name, role), IdentityBasis.SELF_DECLARED)


def all_services() -> dict[str, Callable[..., Any]]:
    """Every public function of `claimtrack.services` whose first argument is a `Work`, by module and name."""
    found = {}
    for module in iter_modules(services.__path__):
        loaded = import_module(f"{services.__name__}.{module.name}")
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            first = next(iter(inspect.signature(function).parameters.values()), None)
            own = function.__module__ == loaded.__name__ and not name.startswith("_")
            if own and first is not None and first.annotation in (Work, "Work"):
                found[f"{module.name}.{name}"] = function
    return found


#: Which table's row a public id names, by the argument's name.
IDS: dict[str, type[SQLModel]] = {
    "statement_id": tables.Statement, "statement": tables.Statement, "one": tables.Statement, "item": tables.Statement,
    "claim_id": tables.Claim, "target_id": tables.Claim, "about": tables.Claim, "public_id": tables.Claim,
    "start": tables.Claim, "end": tables.Claim, "document_id": tables.Document, "document": tables.Document,
    "evidence_id": tables.Evidence, "contact_id": tables.Contact, "query_id": tables.Query, "who": tables.Reviewer,
    "judgement_id": tables.Judgement, "check_id": tables.FidelityCheck, "reference_id": tables.CrossReference,
    "story": tables.Story, "story_id": tables.Story, "speaker_id": tables.Speaker, "kept": tables.Speaker,
    "merged": tables.Speaker, "speaker": tables.Speaker, "capture_id": tables.Capture, "event": tables.Event,
    "event_id": tables.Event, "to": tables.Reviewer, "other": tables.Statement,
    "view_id": tables.SavedView,
}  # fmt: skip

PLAIN: dict[Any, Any] = {
    str: "audit", int: 1, float: 1.0, bool: False, bytes: b"x", object: "x", type(None): None, UUID: UUID(int=7),
    Path: Path("nowhere"), date: date(2026, 3, 12), datetime: datetime(2026, 3, 12, tzinfo=UTC), Span: Span(0, 1),
    evidence.NewEvidence: new_evidence(),
}  # fmt: skip


#: Words with a meaning, by the argument's name.
WORDS = {
    "audience": "editor",
    "format_name": "json",
    "words": "Nobody asked us",
    "title": "Harbour talks",
    "by": "rule",
}


def newest(work: Work, table: type[SQLModel]) -> Any:
    """The last row of a table; of the log, a decision on a statement, which anybody who decides may undo."""
    query = select(table)
    if table is tables.Event:
        query = query.where(tables.Event.action == "statement.decided")
    if hasattr(table, "public_id"):
        query = query.order_by(table.public_id.desc())
    found = work.session.exec(query).first()
    assert found is not None or table in RARE, f"the filled desk has no {table.__name__}"
    return found


#: Rows that take another article to make; services about them are given None, or an id that is not there.
RARE = {tables.Placement, tables.FidelityCheck}


def arguments(work: Work, service: Callable[..., Any]) -> tuple[list[Any], dict[str, Any]]:
    """Arguments that the service could have been given at this desk: positional and by name, without the `Work`."""
    hints = typing.get_type_hints(service)
    placed, named = [], {}
    for parameter in list(inspect.signature(service).parameters.values())[1:]:
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            continue
        if parameter.default is not parameter.empty and parameter.name not in IDS:
            continue
        value = example(work, hints[parameter.name], parameter.name)
        if parameter.kind is parameter.KEYWORD_ONLY:
            named[parameter.name] = value
        else:
            placed.append(value)
    return placed, named


def example(work: Work, kind: Any, name: str = "") -> Any:
    """A value of this type, taken from the desk where it can be."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if isinstance(kind, typing.TypeVar):
        return example(work, kind.__bound__ or object, name)
    if origin in (typing.Union, types.UnionType):
        return example(work, inner[0], name)
    if kind is UUID and name in IDS:
        return getattr(newest(work, IDS[name]), "public_id", UUID(int=7))
    if origin is typing.Literal:
        return inner[0]
    if origin is tuple:
        return tuple(example(work, one, name) for one in inner if one is not Ellipsis)
    if origin in (set, frozenset):
        return {example(work, inner[0], name.rstrip("s"))}
    if origin in (dict, Mapping):
        return {}
    if origin in (list, Iterable, Iterator, Sequence):
        value = [example(work, inner[0], name.rstrip("s"))]
        return iter(value) if origin is Iterator else value
    if origin is not None and callable(kind) and not isinstance(kind, type):
        return lambda *_: None
    if inspect.isclass(kind) and issubclass(kind, SQLModel):
        return newest(work, tables.Claim if kind is Identified else kind)
    if kind is str and name in WORDS:
        return WORDS[name]
    if kind is ReportReader:
        return ReportReader(work)
    if kind in PLAIN:
        return PLAIN[kind]
    if inspect.isclass(kind) and issubclass(kind, enum.Enum):
        return next(iter(kind))
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        return kind(
            **{
                field.name: example(work, hints[field.name], field.name)
                for field in dataclasses.fields(kind)
                if field.init and field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
            }
        )
    raise NotImplementedError(f"{name}: say in {__name__}.PLAIN what a {kind} looks like")
