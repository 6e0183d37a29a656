"""A newsroom at work for tests: seeded acts through the real services, and what has to hold after any of them.

An act is plain data that names what it is about by number ("the third statement"), so that the same acts can be
carried out in several databases, one after another or in several processes, and compared.
"""

import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from sqlalchemy import Engine
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from claimtrack.attribution import Kind, Span, SpeakerKind, Statement
from claimtrack.db import tables
from claimtrack.db.base import Identified
from claimtrack.db.events import head
from claimtrack.db.snapshot import snapshot, table_of
from claimtrack.db.work import UnitOfWork
from claimtrack.errors import ClaimTrackError
from claimtrack.ingest.document import Document
from claimtrack.services import (
    activity,
    annotate,
    claims,
    contacts,
    decide,
    evidence,
    import_source,
    lines,
    outbox,
    people,
    queries,
    references,
    remarks,
    repeats,
    verdicts,
)
from claimtrack.services.desk import Desk, Work, add_reviewer
from claimtrack.services.entry import AsPrinted, ChangeTags, Entry, EntryRef, Marked, Marks, SetDate, SetNote, Undo
from claimtrack.services.extraction import Extraction
from claimtrack.vocabulary import (
    Attribution,
    EvidenceRank,
    IdentityBasis,
    JudgementOutcome,
    RejectReason,
    Relation,
    Role,
    Stance,
)

NAMES = ("Mirela Anand", "Tor Vale", "Zoë Ünal", "the port authority")
TAGS = ("harbour", "Urgent", "audit 🚢")
NOTES = ("ask the ministry", "", "seen on tape", "two\nlines")
DATES = ("2026-03-10", "2026-03", None, "2026-03-10/2026-03-12")
FINDINGS = ("same", "said_again", "different", "unsure")
VERDICTS = ("true", "false", "half_true")
WHO = ("quay", "harbour", "ferry", "audit", "ministry", "union", "dredger", "port")
WILL = ("reopen", "sell", "close", "inspect", "repair", "count", "move", "hire")
WHAT = ("berths", "cranes", "pilots", "tugs", "sheds", "gates", "clerks", "buoys")
WHEN = ("in May", "before the vote", "after the storm", "next winter", "by Friday", "this year")


@dataclass(frozen=True)
class Act:
    """One thing that somebody does: the name of a method of `Newsroom`, and its arguments."""

    name: str
    args: tuple = ()
    who: int = 0


@dataclass(frozen=True)
class Outcome:
    """What came of an act: an error's name, or the newest event's number and digest."""

    error: str | None
    number: int = 0
    digest: str = ""


def sentence(dice: random.Random) -> str:
    """Words that somebody says; now and then the same again."""
    who, will, what, when = (dice.choice(words) for words in (WHO, WILL, WHAT, WHEN))
    return f"The {who} will {will} {dice.randint(2, 40)} {what} {when}"


def article(seed: object) -> tuple[Document, Extraction]:
    """A report with two or three quotations, and what the extractor would find in it."""
    dice = random.Random(str(seed))
    text, found = f"Harbour talks {seed}\n\n", []
    for _ in range(dice.randint(2, 3)):
        words, name = f"“{sentence(dice)},”", dice.choice(NAMES[:3])
        start = len(text)
        text += f"{words} said {name}.\n"
        said = start + len(words) + 1
        source = Span(said + 5, said + 5 + len(name))
        content = (Span(start, start + len(words)),)
        found.append(
            Statement(Kind.DIRECT, content, content, source, Span(said, said + 4), speaker=name,
                      speaker_kind=SpeakerKind.PERSON, confidence=0.9, rule="quote-cue-name")
        )  # fmt: skip
    document = Document(
        "paste", text.encode(), text, "text/plain", "text 1", title=f"Harbour talks {seed}", publisher=f"Paper {seed}",
        published_on=date(2026, 3, 12), language="en",
    )  # fmt: skip
    return document, Extraction(tuple(found), 0.0)


def _know(work: Work, name: str) -> None:
    work.require(Role.CHECKER)
    people.add_speaker(work, name, SpeakerKind.PERSON)


@dataclass
class Newsroom:
    """One database and the two people who work in it; `do` carries out an act."""

    engine: Engine
    people: list[Desk] = field(default_factory=list)
    made: dict[str, list[UUID]] = field(default_factory=lambda: defaultdict(list))
    client: UUID = field(default_factory=uuid4)
    sequence: int = 0

    def __post_init__(self) -> None:
        if not self.people:
            for name in ("Ada", "Bea"):
                key = Desk(self.engine).do(add_reviewer, name, Role.ADMIN)
                self.people.append(Desk(self.engine, key, IdentityBasis.SELF_DECLARED))
            for name in NAMES:
                self.people[0].do(_know, name)

    def do(self, act: Act) -> Outcome:
        """Carry out an act in one transaction; a refusal that a person would be shown is an outcome."""
        try:
            made, first, at = self.people[act.who].do(self._carry_out, act)
        except ClaimTrackError as error:
            return Outcome(type(error).__name__)
        for kind, ids in made.items():
            self.made[kind].extend(ids)
        if first is not None:
            self.made["action"].append(first)
        return Outcome(None, *at)

    def _carry_out(self, work: Work, act: Act) -> tuple[dict[str, list[UUID]], UUID | None, tuple[int, str]]:
        before = head(work.session)[0]
        made = getattr(self, act.name)(work, *act.args) or {}
        own = (tables.Event.number > before, col(tables.Event.undoes).is_(None))
        first = work.session.exec(select(tables.Event.public_id).where(*own).order_by(tables.Event.number)).first()
        return made, first, head(work.session)

    def _id(self, kind: str, number: int) -> UUID:
        return self.made[kind][number]

    def _seen(self, work: Work, model: type, key: UUID, behind: int) -> int:
        return work.get(model, key).version - behind

    # Sources and statements

    def bring_in(self, work: Work, seed: object):
        document, extraction = article(seed)
        stored = import_source.store(work, document, extraction, None)
        capture = work.get(tables.Capture, stored.capture)
        query = select(tables.Statement.public_id).where(tables.Statement.capture_id == capture.key)
        found = [] if stored.outcome is import_source.Outcome.SEEN_AGAIN else list(
            work.session.exec(query.order_by(tables.Statement.start_offset))
        )  # fmt: skip
        return {"statement": found, "document": [stored.document] if found else []}

    def as_printed(self, work: Work, number: int, behind: int):
        key = self._id("statement", number)
        decide.mark_as_printed(work, key, self._seen(work, tables.Statement, key, behind))

    def reject(self, work: Work, number: int, behind: int, reason: str):
        key = self._id("statement", number)
        decide.reject(work, key, self._seen(work, tables.Statement, key, behind), RejectReason(reason))

    def set_date(self, work: Work, number: int, behind: int, said_on: str | None):
        key = self._id("statement", number)
        decide.set_date(work, key, self._seen(work, tables.Statement, key, behind), said_on)

    def set_speaker(self, work: Work, number: int, behind: int, name: str | None):
        key = self._id("statement", number)
        decide.set_speaker(work, key, self._seen(work, tables.Statement, key, behind), name, None, None)

    def attribution(self, work: Work, number: int, behind: int, found: str | None):
        key = self._id("statement", number)
        seen = self._seen(work, tables.Statement, key, behind)
        claims.judge_attribution(work, key, seen, Attribution(found) if found else None)

    def fix(self, work: Work, number: int, behind: int, cut: int):
        """Leave out the last `cut` characters."""
        key = self._id("statement", number)
        row = work.get(tables.Statement, key)
        start, end = row.content_spans[0][0], row.content_spans[-1][1] - cut
        words = Marked(Span(start, end), decide.stored_text(work, row.capture_id)[start:end])
        decide.fix(work, key, row.version - behind, Marks((words,), None, None, Kind.DIRECT))

    def add_statement(self, work: Work, number: int, length: int):
        """Mark the beginning of a document."""
        key = self._id("document", number)
        capture = decide.newest_capture(work, work.get(tables.Document, key))
        words = decide.stored_text(work, capture.key)[:length]
        marks = Marks((Marked(Span(0, length), words),), None, None, Kind.DIRECT)
        return {"statement": [decide.add(work, key, marks, "Tor Vale", None).statement.public_id]}

    def note(self, work: Work, number: int, text: str):
        annotate.note_by_id(work, self._id("statement", number), text)

    def tag(self, work: Work, number: int, names: tuple[str, ...]):
        remarks.set_tags(work, self._id("statement", number), names)

    def send(self, work: Work, number: int, behind: int, note: str, tag: str, is_undone: bool):
        """What a browser sends: a decision, a date, a note and a tag, perhaps the undo of the decision; then again."""
        key = self._id("statement", number)
        seen, at = self._seen(work, tables.Statement, key, behind), self.sequence
        refs = [EntryRef(str(self.client), at + step) for step in range(1, 6)]
        entries = [
            Entry(refs[0], str(key), seen, None, "", AsPrinted()),
            Entry(refs[1], str(key), seen, refs[0], "", SetDate("2026-03-11")),
            Entry(refs[2], str(key), seen, refs[1], "", SetNote(note)),
            Entry(refs[3], str(key), seen, refs[1], "", ChangeTags((tag,), ())),
        ]
        if is_undone:
            entries.append(Entry(refs[4], str(key), seen, refs[3], "", Undo(refs[1])))
        self.sequence += len(entries)
        answers = outbox.apply(work, entries)
        assert outbox.apply(work, entries) == answers, "what was sent before gets its stored answer"

    # Repeats

    def judge(self, work: Work, one: int, other: int, found: str):
        ids = self._id("statement", one), self._id("statement", other)
        return {"judgement": [repeats.judge(work, *ids, JudgementOutcome(found))]}

    def void(self, work: Work, number: int):
        repeats.void(work, self._id("judgement", number))

    # Claims

    def claim(self, work: Work, text: str, statements: tuple[int, ...]):
        shown = [self._id("statement", one) for one in statements]
        return {"claim": [claims.make_claim(work, text, statements=shown)]}

    def edit_claim(self, work: Work, number: int, behind: int, text: str):
        key = self._id("claim", number)
        claims.edit_claim(work, key, self._seen(work, tables.Claim, key, behind), text=text)

    def appear(self, work: Work, number: int, statement: int, relation: str | None):
        given = Relation(relation) if relation else None
        claims.add_appearance(work, self._id("claim", number), self._id("statement", statement), given)

    def disappear(self, work: Work, number: int, statement: int):
        claims.remove_appearance(work, self._id("claim", number), self._id("statement", statement))

    def relate(self, work: Work, one: int, other: int, relation: str):
        ends = self._id("claim", one), self._id("statement", other)
        return {"reference": [claims.relate(work, ends[0], Relation(relation), ends[1])]}

    def unrelate(self, work: Work, number: int):
        references.take_back(work, self._id("reference", number))

    def attach(self, work: Work, number: int, title: str, data: bytes | None):
        link = None if data else "https://example.org/a"
        given = evidence.NewEvidence(title, Stance.SUPPORTS, url=link, data=data, file_name="a.bin" if data else None,
                                     rank=EvidenceRank.PRIMARY)  # fmt: skip
        return {"evidence": [evidence.attach(work, self._id("claim", number), given)]}

    def detach(self, work: Work, number: int):
        evidence.take_back(work, self._id("evidence", number), "it is another port")

    def review(self, work: Work, number: int, verdict: str | None, send_back: bool):
        verdicts.review(work, self._id("claim", number), verdict, "as the minutes say", send_back=send_back)

    def verdict(self, work: Work, number: int, verdict: str):
        verdicts.decide_verdict(work, self._id("claim", number), verdict, "as the minutes say")

    def release(self, work: Work, number: int):
        verdicts.release(work, self._id("claim", number))

    def correct(self, work: Work, number: int, withdraw: bool):
        verdicts.correct(work, self._id("claim", number), "a wrong year", withdraw=withdraw)

    # Questions and lines

    def ask(self, work: Work, number: int, question: str):
        return {"query": [queries.ask(work, self._id("claim", number), question)]}

    def answer(self, work: Work, number: int, behind: int, words: str):
        key = self._id("query", number)
        queries.answer(work, key, self._seen(work, tables.Query, key, behind), words)

    def contact(self, work: Work, number: int, person: str, is_reply: bool):
        given = contacts.NewContact(
            person, "Is it so?", is_right_of_reply=is_reply, asked_at=datetime(2026, 3, 1, tzinfo=UTC)
        )
        return {"contact": [contacts.log(work, self._id("claim", number), given)]}

    def replied(self, work: Work, number: int, behind: int, words: str):
        key = self._id("contact", number)
        contacts.answer(work, key, self._seen(work, tables.Contact, key, behind), words)

    def forget_contact(self, work: Work, number: int, behind: int):
        key = self._id("contact", number)
        contacts.take_back(work, key, self._seen(work, tables.Contact, key, behind))

    def line(self, work: Work, number: int, words: str):
        key = self._id("document", number)
        return {"line": [lines.mark(work, key, lines.find(work, key, words)[0])]}

    def undo(self, work: Work, number: int):
        activity.undo(work, self._id("action", number))


# What has to hold

#: Tables whose rows the log need not name one by one: what the machine suggests, and what is derived from it.
UNTOLD = {"statement", "candidate", "cluster", "outbox_entry", "placement"}
MODELS: dict[str, type[Identified]] = {
    table_of(model).name: model
    for model in (getattr(tables, name) for name in tables.__all__)
    if issubclass(model, Identified)
}


def differences(engine: Engine) -> list[str]:
    """Where the rows are not what a replay of the whole log gives, or an act is there in part; [] when all is well."""
    with UnitOfWork(engine, read_only=True) as work:
        return [*_replayed(work.session), *_half_done(work.session)]


def _replayed(session: Session) -> Iterator[str]:
    held: dict[tuple[str, str], dict | None] = {}
    event = col(tables.Event.number), col(tables.Event.item_kind), col(tables.Event.item), col(tables.Event.payload)
    for number, kind, item, payload in session.execute(sql_select(*event).order_by(event[0])):
        told, key = json.loads(payload), (kind, str(item))
        if told["before"] is not None and held.get(key, told["before"]) != told["before"]:
            yield f"event {number} begins with another {kind} {item} than the event before it left"
        held[key] = told["after"]
    for kind, model in MODELS.items():
        rows = {str(row.public_id): row for row in session.exec(select(model))}
        for key, row in rows.items():
            if (kind, key) not in held:
                if kind not in UNTOLD or (kind == "statement" and (row.run_id is None or row.version != 1)):
                    yield f"{kind} {key} is in no event"
            elif held[kind, key] != json.loads(json.dumps(snapshot(session, row))):
                yield f"{kind} {key} is not as its events tell: {held[kind, key]}"
        gone = [key for named, key in held if named == kind and held[named, key] is not None and key not in rows]
        yield from (f"{kind} {key} is told of and not there" for key in gone)


def _half_done(session: Session) -> Iterator[str]:
    statements = list(session.exec(select(tables.Statement)))
    searched = set(session.exec(select(tables.SearchEntry.statement_id)))
    yield from (f"statement {row.id} can't be searched" for row in statements if row.id not in searched)
    runs = list(session.exec(select(tables.Run)))
    for run in runs:
        if run.new_count != sum(row.run_id == run.id for row in statements):
            yield f"run {run.id} says {run.new_count} statements"
    captures = set(session.exec(select(tables.Capture.id)))
    if captures != {run.capture_id for run in runs} or captures != set(
        session.exec(select(tables.Sighting.capture_id))
    ):
        yield "a saved copy has no run or was never seen"
    judged = list(session.exec(select(tables.Judgement).where(col(tables.Judgement.voided_at).is_(None))))
    pairs = [(row.a_id, row.b_id) for row in judged]
    if len(pairs) != len(set(pairs)):
        yield "two judgements on one pair stand"
    for pair in session.exec(select(tables.Candidate)):
        if pair.is_open == ((pair.a_id, pair.b_id) in pairs):
            yield f"candidate {pair.id} is open and judged, or neither"
    decided = list(session.exec(select(tables.Decision).where(col(tables.Decision.voided_at).is_(None))))
    for claim in session.exec(select(tables.Claim)):
        if [one.verdict for one in decided if one.claim_id == claim.id] != ([claim.verdict] if claim.verdict else []):
            yield f"claim {claim.id} has another verdict than its decision"
    for entry in session.exec(select(tables.OutboxEntry)):
        if entry.ack["ok"] and entry.event is None and entry.produced_version is None:
            yield f"outbox entry {entry.id} was acknowledged and did nothing"


_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


def canonical(engine: Engine, after: int = 0) -> list[str]:
    """The log after an event and all that is derived, with ids numbered as they come and times left out.

    Equal for two databases in which the same was done.
    """
    names: dict[str, str] = {}

    def plain(text: str) -> str:
        return _TIME.sub("TIME", _ID.sub(lambda found: names.setdefault(found[0], f"#{len(names)}"), text))

    event, told = tables.Event, []
    columns = (event.action, event.item, event.reviewer, event.batch, event.undoes, event.payload)
    with UnitOfWork(engine, read_only=True) as work:
        rows = work.session.exec(select(*columns).where(event.number > after).order_by(event.number))
        told += [plain(" ".join(str(value) for value in row)) for row in rows]
        told += [plain(str(one)) for one in _derived(work.session)]
    return told


def _derived(session: Session) -> Iterator[tuple]:
    rows = list(session.exec(select(tables.Statement).order_by(tables.Statement.id)))
    rank = {row.id: number for number, row in enumerate(rows)}
    homes: dict[int | None, list[int]] = defaultdict(list)
    for row in rows:
        homes[row.cluster_id].append(rank[row.id])
    for row in rows:
        yield (
            "statement", rank[row.id], snapshot(session, row), row.text_hash, row.said_from, row.said_to,
            row.speaker_sort, row.number_count, row.outlet_count, row.is_boilerplate, row.has_candidates,
            row.cluster_id is not None and homes[row.cluster_id], rank.get(row.folded_into_id),
        )  # fmt: skip
    for entry in session.exec(select(tables.SearchEntry).order_by(tables.SearchEntry.statement_id)):
        yield ("search", rank[entry.statement_id], entry.terms)
    pairs = [
        (rank[one.a_id], rank[one.b_id], one.outcome, round(one.score, 9), one.reasons, one.is_open)
        for one in session.exec(select(tables.Candidate))
    ]
    yield from sorted(pairs, key=repr)
    tally = session.exec(select(tables.StatementTally).where(tables.StatementTally.document_id == 0)).all()
    yield tuple(sorted((str(one.state), one.count) for one in tally if one.count))


# What they do next

#: Acts, how often each is chosen among the others, and what has to be there first.
CHANCES = {
    "bring_in": (1, ()), "as_printed": (6, ("statement",)), "reject": (3, ("statement",)), "fix": (3, ("statement",)),
    "set_date": (4, ("statement",)), "set_speaker": (4, ("statement",)), "attribution": (3, ("statement",)),
    "add_statement": (2, ("document",)), "note": (4, ("statement",)), "tag": (5, ("statement",)),
    "send": (2, ("statement",)), "judge": (5, ("statement",)), "void": (3, ("judgement",)),
    "claim": (3, ("statement",)), "edit_claim": (3, ("claim",)), "appear": (4, ("claim", "statement")),
    "disappear": (3, ("claim", "statement")), "relate": (2, ("claim", "statement")), "unrelate": (1, ("reference",)),
    "attach": (4, ("claim",)), "detach": (2, ("evidence",)), "review": (6, ("claim",)), "verdict": (5, ("claim",)),
    "release": (3, ("claim",)), "correct": (2, ("claim",)), "ask": (2, ("claim",)), "answer": (2, ("query",)),
    "contact": (3, ("claim",)), "replied": (2, ("contact",)), "forget_contact": (1, ("contact",)),
    "line": (1, ("document",)), "undo": (12, ("action",)),
}  # fmt: skip


def next_act(dice: random.Random, made: dict[str, int], since: dict[str, int] | None = None, lately: int = 6) -> Act:
    """What somebody does next, given how many of each kind there are; `since` leaves the first ones alone.

    One in ten was shown an older version. Of what there is, the last `lately` are taken, so that acts meet.
    """
    first = since or {}
    left = {kind: count - first.get(kind, 0) for kind, count in made.items()}
    possible = [name for name, (_, needs) in CHANCES.items() if all(left.get(kind, 0) > 0 for kind in needs)]
    name = dice.choices(possible, [CHANCES[one][0] for one in possible])[0]

    def one(kind: str) -> int:
        return made[kind] - 1 - dice.randrange(min(left[kind], lately))

    behind = int(dice.random() < 0.1)
    args = {
        "bring_in": lambda: (dice.randrange(10**9),),
        "as_printed": lambda: (one("statement"), behind),
        "reject": lambda: (one("statement"), behind, dice.choice(["scare_quote", "title", "other"])),
        "fix": lambda: (one("statement"), behind, dice.randint(1, 4)),
        "set_date": lambda: (one("statement"), behind, dice.choice(DATES)),
        "set_speaker": lambda: (one("statement"), behind, dice.choice([*NAMES, None])),
        "attribution": lambda: (one("statement"), behind, dice.choice(["said", "not_said", "unproven", None])),
        "add_statement": lambda: (one("document"), dice.randint(1, 12)),
        "note": lambda: (one("statement"), dice.choice(NOTES)),
        "tag": lambda: (one("statement"), tuple(dice.sample(TAGS, dice.randint(0, 2)))),
        "send": lambda: (one("statement"), behind, dice.choice(NOTES), dice.choice(TAGS), dice.random() < 0.5),
        "judge": lambda: (one("statement"), one("statement"), dice.choice(FINDINGS)),
        "void": lambda: (one("judgement"),),
        "claim": lambda: (sentence(dice), tuple({one("statement") for _ in range(dice.randint(0, 2))})),
        "edit_claim": lambda: (one("claim"), behind, sentence(dice)),
        "appear": lambda: (one("claim"), one("statement"), dice.choice(["denies", "context", None])),
        "disappear": lambda: (one("claim"), one("statement")),
        "relate": lambda: (one("claim"), one("statement"), dice.choice(["denies", "repeats"])),
        "unrelate": lambda: (one("reference"),),
        "attach": lambda: (one("claim"), "minutes", dice.choice([None, b"%PDF-1.7"])),
        "detach": lambda: (one("evidence"),),
        "review": lambda: (one("claim"), dice.choice([*VERDICTS, None]), dice.random() < 0.2),
        "verdict": lambda: (one("claim"), dice.choice(VERDICTS)),
        "release": lambda: (one("claim"),),
        "correct": lambda: (one("claim"), dice.random() < 0.3),
        "ask": lambda: (one("claim"), "Which port?"),
        "answer": lambda: (one("query"), behind, "The old one."),
        "contact": lambda: (one("claim"), "press office", dice.random() < 0.7),
        "replied": lambda: (one("contact"), behind, "No comment."),
        "forget_contact": lambda: (one("contact"), behind),
        "line": lambda: (one("document"), "Harbour talks"),
        "undo": lambda: (one("action"),),
    }  # fmt: skip
    return Act(name, args[name](), dice.randrange(2))
