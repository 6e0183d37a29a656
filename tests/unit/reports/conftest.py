"""A desk's report to test with; people, places and outlets are invented."""

import json
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from hashlib import sha256

import pytest

from claimtrack.attribution import DateBasis, Kind, Span, SpeakerKind
from claimtrack.reports.audience import for_audience
from claimtrack.reports.model import (
    Appearance,
    Audience,
    Change,
    ChecklistItem,
    ContactItem,
    Correction,
    Decision,
    EvidenceItem,
    Fidelity,
    LogHead,
    Note,
    Party,
    Piece,
    QueryItem,
    Quotation,
    Reference,
    Report,
    ReportClaim,
    ReviewItem,
    SavedCopy,
    Source,
    Story,
    Template,
)

MADE = datetime(2026, 3, 20, 9, 30, tzinfo=UTC)

#: The pages as they were saved; the quotations below are cut out of these.
TEXTS = {
    "ledger": (
        "Harbour talks stall\n\nPORT ELSIN — Mirela Anand, the harbour minister, said on Tuesday that the ministry "
        "would “not sign before the audit is done”, adding that talks could resume in April.\n\n“We were told "
        "nothing,” said a union official. “Nobody called us.”\n\nThe berths cost 41 million crowns last year, three "
        "times what the council had planned."
    ),
    "courier": (
        "Minister: no deal yet\n\nThe ministry will “not sign before the audit”, Anand told reporters. "
        "Freight through Port Elsin has doubled since 2023, the port authority said."
    ),
    "wire": "Harbour wire, 13 March. The ministry will “not sign before the audit”, the minister said.",
    "watch": (
        "Anand admits it\n\nHarbour minister Mirela Anand said: “We will never sign.” Share this before they delete it."
    ),
    "hearing": "ANAND: We will not sign before the audit is done, and that is all I have to say about it today.\n",
}


def ident(number: int) -> str:
    """A public id."""
    return f"01946c5e-0000-7000-8000-{number:012d}"


def source(key: str, number: int, **facts: object) -> Source:
    """A saved copy of one of the texts."""
    data = TEXTS[key].encode()
    digest = sha256(data).hexdigest()
    known = {
        "captured_at": datetime(2026, 3, 12, 13, 2, tzinfo=UTC),
        "language": "en",
        "text_sha256": digest,
        "extractor": "text/1",
    }
    return Source(ident(100 + number), ident(200 + number), digest, **(known | facts))


LEDGER = source(
    "ledger",
    1,
    title="Harbour talks stall",
    publisher="The Ledger",
    author="J. Okafor-Lind",
    published_on=date(2026, 3, 12),
    url="https://ledger.example/harbour-talks",
    archive_url="https://archive.example/ledger",
)
COURIER = source(
    "courier",
    2,
    title="Minister: no deal yet",
    publisher="Elsin Courier",
    published_on=date(2026, 3, 13),
    url="https://courier.example/no-deal",
)
WATCH = source(
    "watch",
    3,
    title="Anand admits it",
    publisher="Elsin Watch",
    published_on=date(2026, 3, 15),
    url="https://watch.example/post/77",
)
WIRE = source(
    "wire",
    5,
    title="Harbour wire",
    publisher="Northern Wire Service",
    published_on=date(2026, 3, 13),
    url="https://wire.example/1",
)
HEARING = source(
    "hearing",
    4,
    title="Port hearing",
    publisher="Port Elsin council",
    published_on=date(2026, 3, 10),
    record_kind="recording",
)
ANAND = Party("Mirela Anand", id=ident(301), office="harbour minister", wikidata="Q999999999")
AUTHORITY = Party("Port Elsin Authority", SpeakerKind.ORGANIZATION, id=ident(302))
BLOG = Party("Elsin Watch", SpeakerKind.ORGANIZATION, id=ident(303), url="https://watch.example/")
KEYS = {
    LEDGER.capture_id: "ledger",
    COURIER.capture_id: "courier",
    WATCH.capture_id: "watch",
    HEARING.capture_id: "hearing",
    WIRE.capture_id: "wire",
}


def piece(of: Source, words: str, after: str = "", **facts: object) -> Piece:
    """Where the words stand in the saved copy, first after other words."""
    text = TEXTS[KEYS[of.capture_id]]
    start = text.index(words, text.index(after))
    end = start + len(words)
    return Piece(Span(start, end), words, text[max(0, start - 32) : start], text[end : end + 32], **facts)


def said(number: int, of: Source, *words: str, **facts: object) -> Quotation:
    """A quotation of these words."""
    known = {"kind": Kind.DIRECT, "state": "as_printed", "confidence": 0.9, "rule": "marks"}
    return Quotation(ident(number), of, content=tuple(piece(of, one) for one in words), **(known | facts))


AUDIT = said(
    1,
    LEDGER,
    "the ministry would “not sign before the audit is done”",
    kind=Kind.MIXED,
    speaker=ANAND,
    mention=piece(LEDGER, "Mirela Anand, the harbour minister"),
    cue=piece(LEDGER, "said"),
    quoted=(piece(LEDGER, "“not sign before the audit is done”").span,),
    said_on="2026-03-10",
    date_words="on Tuesday",
    date_basis=DateBasis.TEXT,
    occasion="council hearing",
    place="Port Elsin",
    attribution="said",
    fidelity=Fidelity(
        "cut",
        HEARING,
        "00:04",
        "We will not sign before the audit is done, and that is all I have to say about it today.",
        (Change("drop", recorded="and that is all I have to say about it today"),),
        checked_by="Ada Brightwater",
        checked_at=MADE,
    ),
    reviewed_by="Ada Brightwater",
    reviewed_at=MADE,
    notes=(Note("SECRET-note: the minister's aide called twice", "Ada Brightwater", MADE),),
    tags=("SECRET-tag",),
    queries=(QueryItem(ident(601), "SECRET-query: which Tuesday?", to="the writer", due=MADE),),
    why_open="SECRET-why",
)
CLIPPED = said(
    2,
    COURIER,
    "The ministry will “not sign before the audit”",
    kind=Kind.MIXED,
    speaker=ANAND,
    mention=piece(COURIER, "Anand"),
    cue=piece(COURIER, "told"),
    said_on="2026-03-13",
    date_basis=DateBasis.ARTICLE,
    attribution="said",
)
WIRED = said(
    6,
    WIRE,
    "The ministry will “not sign before the audit”",
    kind=Kind.MIXED,
    speaker=ANAND,
    mention=piece(WIRE, "the minister"),
    cue=piece(WIRE, "said"),
    said_on="2026-03-13",
    date_basis=DateBasis.ARTICLE,
    state="stale",
)
UNION = said(
    3,
    LEDGER,
    "“We were told nothing,”",
    "“Nobody called us.”",
    speaker=Party("a union official", SpeakerKind.UNNAMED),
    mention=piece(LEDGER, "a union official"),
    cue=piece(LEDGER, "said", after="told nothing"),
    said_on="2026-03-12",
    date_basis=DateBasis.ARTICLE,
    state="extracted",
)
FREIGHT = said(
    4,
    COURIER,
    "Freight through Port Elsin has doubled since 2023",
    kind=Kind.INDIRECT,
    speaker=AUTHORITY,
    mention=piece(COURIER, "the port authority"),
    said_on="../2026-03-13",
    date_words="since",
    date_basis=DateBasis.TEXT,
)
NEVER = said(
    5,
    WATCH,
    "“We will never sign.”",
    speaker=ANAND,
    mention=piece(WATCH, "Harbour minister Mirela Anand"),
    cue=piece(WATCH, "said"),
    said_on="2026-03-10",
    date_basis=DateBasis.TEXT,
    attribution="not_said",
    fidelity=Fidelity("altered", HEARING, "00:04", checked_by="Ada Brightwater", checked_at=MADE),
)

AUDITED = ReportClaim(
    id=ident(401),
    text="The harbour ministry will not sign the berth contract before the audit is finished.",
    short="The ministry will not sign before the audit is finished.",
    claimant=ANAND,
    state="released",
    released_at=datetime(2026, 3, 19, 16, 0, tzinfo=UTC),
    appearances=(Appearance(AUDIT, "first"), Appearance(CLIPPED, "repeats"), Appearance(WIRED, "repeats")),
    evidence=(
        EvidenceItem(
            ident(501),
            "supports",
            "Recording of the port hearing",
            url="https://council.example/hearing-12",
            archive_url="https://archive.example/hearing-12",
            locator="00:04 to 00:11",
            publisher="Port Elsin council",
            published_on=date(2026, 3, 10),
            primary=True,
            independent=True,
            words="We will not sign before the audit is done",
            note="SECRET-evidence-note",
            source=HEARING,
            added_by="Ada Brightwater",
        ),
        EvidenceItem(ident(502), "context", "SECRET-mail from the ministry", note="SECRET", confidential=True),
    ),
    reviews=(
        ReviewItem(ident(511), "Ada Brightwater", "true", "SECRET-reasoning one", MADE),
        ReviewItem(ident(512), "Bela Quist", "mostly_true", "SECRET-disagreement", MADE, "second", "signed"),
    ),
    decision=Decision(
        "true",
        "The recording of the hearing has the minister saying so.",
        decided_by="Bela Quist",
        at=datetime(2026, 3, 19, 15, 0, tzinfo=UTC),
        readers=("Ada Brightwater", "Bela Quist"),
    ),
    corrections=(
        Correction(
            ident(521),
            datetime(2026, 3, 20, 8, 0, tzinfo=UTC),
            "An earlier version gave the wrong day of the hearing.",
            by="Bela Quist",
        ),
    ),
    queries=(
        QueryItem(
            ident(602), "SECRET-question: who has the contract?", to="the writer", due=MADE, answer="SECRET-answer"
        ),
    ),
    contacts=(
        ContactItem(
            ident(701), "SECRET-press office", "mail", "SECRET-asked", MADE, MADE, "SECRET-reply", right_of_reply=True
        ),
    ),
    checklist=(ChecklistItem("SECRET-call the port", done=False), ChecklistItem("Named sources asked", done=True)),
    references=(
        Reference("contradicts", ident(402), "The minister said the ministry would never sign.", is_released=True),
        Reference("elaborates", ident(404), "SECRET-unreleased claim"),
    ),
    notes=(Note("SECRET-claim note", "Bela Quist", MADE),),
    tags=("SECRET-claim-tag",),
)
MISQUOTE = ReportClaim(
    id=ident(402),
    text="The harbour minister said: “We will never sign.”",
    claimant=BLOG,
    state="released",
    released_at=datetime(2026, 3, 18, 10, 0, tzinfo=UTC),
    appearances=(Appearance(NEVER, "first"),),
    evidence=(
        EvidenceItem(
            ident(503), "refutes", "Recording of the port hearing", locator="00:04", primary=True, source=HEARING
        ),
    ),
    decision=Decision(
        "false",
        "The recording has “not before the audit”; “never” was not said.",
        decided_by="Ada Brightwater",
        readers=("Ada Brightwater",),
    ),
)
BERTHS = ReportClaim(
    id=ident(403),
    text="The berths cost three times what the council had planned.",
    kind="line",
    state="in_progress",
    line=piece(LEDGER, "The berths cost 41 million crowns last year, three times what the council had planned."),
    line_source=LEDGER,
    evidence=(EvidenceItem(ident(504), "refutes", "SECRET-budget 2025", locator="p. 14", note="SECRET-sum"),),
    queries=(QueryItem(ident(603), "SECRET-where is the plan?", to="the writer"),),
)
FREIGHT_CLAIM = ReportClaim(
    id=ident(405),
    text="SECRET-freight has doubled since 2023.",
    claimant=AUTHORITY,
    state="ready",
    appearances=(Appearance(FREIGHT),),
    decision=Decision("unproven", "SECRET-pending"),
)
TEMPLATE = Template(
    desk="Elsin Checks",
    desk_url="https://checks.example/",
    claim_url="https://checks.example/check/{id}",
    imprint="Elsin Checks, Quay Street 4, Port Elsin. Corrections: desk@checks.example",
)
REPORT = Report(
    title="Harbour talks: who said what",
    made_at=MADE,
    claims=(AUDITED, MISQUOTE, BERTHS, FREIGHT_CLAIM),
    template=TEMPLATE,
    story=Story(ident(801), "SECRET-story name", deadline=MADE, editor="SECRET-editor"),
    selection="SECRET-selection",
    unclaimed=(UNION,),
    made_by="SECRET-maker",
    version="0.1.0",
    head=LogHead(412, "ab" * 32, MADE),
)


def many(count: int, each: int = 5) -> Report:
    """A report with `count` released claims, each in `each` quotations, no text or saved copy used twice."""

    def printed(number: int) -> Quotation:
        copy = replace(COURIER, id=ident(number), capture_id=ident(number + 1), title=f"{COURIER.title} ({number})")
        one = CLIPPED.content[0]
        one = replace(
            one, words=f"{one.words} ({number})", prefix=f"{one.prefix} {number}", suffix=f"{one.suffix} {number}"
        )
        return replace(CLIPPED, id=ident(number), source=copy, content=(one,), tags=(), notes=())

    claims = []
    for number in range(count):
        first = 10_000_000 + number * each
        relations = ("first", *["repeats"] * (each - 1))
        shown = tuple(Appearance(printed(first + place), relation) for place, relation in enumerate(relations))
        text = f"{AUDITED.text} ({number})"
        claims.append(replace(AUDITED, id=ident(1_000_000 + number), text=text, appearances=shown))
    return replace(REPORT, claims=tuple(claims), unclaimed=())


@pytest.fixture
def report() -> Report:
    """The whole report, not cut to an audience."""
    return REPORT


@pytest.fixture
def public() -> Report:
    """The report for publication."""
    return for_audience(REPORT, Audience.PUBLIC)[0]


@pytest.fixture
def editor() -> Report:
    """The report for the editor."""
    return for_audience(REPORT, Audience.EDITOR)[0]


@pytest.fixture
def copies() -> dict[str, SavedCopy]:
    """The saved copies by capture id."""
    return {
        one.capture_id: SavedCopy(one, TEXTS[KEYS[one.capture_id]], TEXTS[KEYS[one.capture_id]].encode())
        for one in (LEDGER, COURIER, WATCH, WIRE, HEARING)
    }


#: Texts that have broken exports: markup, formulas, direction marks, templates, characters that XML cannot hold.
HOSTILE = (
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)> & &amp; \"quoted\" 'single'",
    '=HYPERLINK("http://evil.example","click")',
    "safe\u202eexe.txt \u2066hidden\u2069",
    "{{ 7*7 }} {% raw %} #set text(red) $x$ \\textbf{x} `code` *bold* _it_ [a](javascript:alert(1))",
    "control \x01\x0b\x1f and \ufffe and _x0041_ end",
    "astral 𝔘𝔫𝔦 🏛️ and עברית and العربية and ไทย",
    "line one\nline two\r\n- item\n# heading\n| a | b |",
    "]]> <!-- --> <![CDATA[x]]>",
)

_KEPT = frozenset(
    "id capture_id sha256 text_sha256 state kind record_kind stance relation reading outcome verdict attribution "
    "origin claim_id media_type logo_type language desk_url claim_url url archive_url wikidata key op said_on".split()
)


def poisoned(value, text):
    """The same report with this text in every place where people or pages write freely."""
    if isinstance(value, tuple):
        return tuple(poisoned(item, text) for item in value)
    if not is_dataclass(value) or isinstance(value, Span):
        return value
    changes = {}
    for member in fields(value):
        old = getattr(value, member.name)
        if isinstance(old, str) and type(old) is str:
            if member.name not in _KEPT and old:
                changes[member.name] = text
        elif old is not None:
            changes[member.name] = poisoned(old, text)
    return replace(value, **changes)


@pytest.fixture(params=range(len(HOSTILE)), ids=[f"hostile{number}" for number in range(len(HOSTILE))])
def hostile(request) -> tuple[str, Report]:
    """A text that has broken exports, and a public report that consists of it."""
    text = HOSTILE[request.param]
    return text, for_audience(poisoned(REPORT, text), Audience.PUBLIC)[0]


@pytest.fixture
def event_log() -> list[dict[str, object]]:
    """An unbroken log of thirty events, as storage writes it."""
    return chained(30)


def chained(count: int) -> list[dict[str, object]]:
    """A chain of events in the form of `claimtrack.db.events`."""
    events, previous = [], "0" * 64
    for number in range(1, count + 1):
        salt, payload = f"{number:064x}", json.dumps({"after": {"text": f"mé {number}"}, "before": None, "note": None})
        event = {
            "number": number,
            "public_id": ident(900_000 + number),
            "at": f"2026-03-20T09:{number % 60:02d}:00.000000Z",
            "reviewer": ident(7),
            "identity_basis": "self_declared",
            "action": "statement.decided",
            "item_kind": "statement",
            "item": ident(number),
            "story": None,
            "batch": None,
            "undoes": None,
            "schema_version": 1,
            "payload_digest": sha256(bytes.fromhex(salt) + payload.encode()).hexdigest(),
            "previous": previous,
        }
        text = json.dumps(event, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        previous = sha256(text.encode()).hexdigest()
        events.append({**event, "digest": previous, "payload": payload, "salt": salt})
    return events


@pytest.fixture(scope="session")
def report_of_nothing() -> Report:
    """A report without a claim."""
    return replace(REPORT, claims=(), unclaimed=())
