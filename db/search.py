"""Full-text search over the words of statements and the names of their speakers, equal on both databases.

Neither database's own tokeniser is used, since no two agree: the terms are made here, stored as text, and both indexes
(FTS5, a GIN index over a tsvector) take them as they are. A search answers what a plain scan over the stored terms
would; the index only finds it sooner. No operator of either index can be typed: a query is cut into terms like any
text, and each term is quoted.

How it reads: a word matches what begins with it when it has three letters or more ("berth" finds "berths"), else as a
whole; words in quotation marks, and parts of one word ("2.5", "well-known"), must follow one another; all must be
there. Case, accents and apostrophes make no difference.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    bindparam,
    column,
    delete,
    exists,
    insert,
    select,
    table,
    text,
)
from sqlmodel import Session, col

from claimtrack import limits
from claimtrack.db.dialect import TERMS_VECTOR
from claimtrack.db.tables import Alias, SearchEntry, Speaker, Statement

#: Letters from which on a word also matches as a beginning: shorter ones begin thousands of words.
MIN_PREFIX = 3

#: Hits that a search gathers; above it they are common enough to be met on the way. At a million statements either
#: way takes about 15 ms there.
PROBED = 5_000

#: Hits that a search lists by key; above it the index is asked again.
LISTED = 500

_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼ`´"))
_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]{0,2000})[\"“”„«»]?|([^\s\"“”„«»]{1,2000})")


def tokens(words: str) -> list[str]:
    """The search terms of a text, in order: case-folded runs of letters and digits, and symbols (emoji) one by one.

    >>> tokens("“Don’t sign,” said Zoë — 2.5m €")
    ['dont', 'sign', 'said', 'zoe', '2', '5m']
    """
    found: list[str] = []
    run: list[str] = []
    for character in unicodedata.normalize("NFKD", words.translate(_APOSTROPHES)).casefold():
        if character.isalnum():
            run.append(character)
            continue
        kind = unicodedata.category(character)
        if kind in {"Mn", "Mc", "Me", "Cf"}:
            continue
        if run:
            found.append("".join(run)[: limits.MAX_SEARCH_TERM_CHARS])
            run = []
        if kind == "So":
            found.append(character)
    if run:
        found.append("".join(run)[: limits.MAX_SEARCH_TERM_CHARS])
    return found


def entry_terms(content: str, names: Iterable[str]) -> str:
    """What is stored for one statement: terms of the content, then of each name, two spaces between the parts.

    >>> entry_terms("Not yet.", ["Tor Vale"])
    ' not yet  tor vale '
    """
    parts = [" ".join(tokens(part)) for part in (content, *names)]
    terms = "  ".join(part for part in parts if part)
    if len(terms) > limits.MAX_SEARCH_CHARS:
        terms = terms[: limits.MAX_SEARCH_CHARS].rpartition(" ")[0]
    return f" {terms} "


@dataclass(frozen=True, slots=True)
class Term:
    """Words that must follow one another; the last may be a mere beginning."""

    words: tuple[str, ...]
    is_beginning: bool

    def stands_in(self, terms: str) -> bool:
        """Whether stored terms hold it: the plain scan."""
        return self.needle in terms

    @property
    def needle(self) -> str:
        """What to look for in stored terms."""
        return f" {' '.join(self.words)}" + ("" if self.is_beginning else " ")


def parse(query: str) -> tuple[Term, ...]:
    """Terms of what somebody typed; empty when there is nothing to look for. Any text is a query; none is an error.

    >>> parse('berth "in May"')
    (Term(words=('berth',), is_beginning=True), Term(words=('in', 'may'), is_beginning=False))
    """
    found = []
    for match in _QUOTED.finditer(query[: limits.MAX_QUERY_CHARS]):
        quoted, word = match.groups()
        words = tuple(tokens(quoted if word is None else word))
        if words:
            found.append(Term(words, is_beginning=word is not None and len(words[-1]) >= MIN_PREFIX))
    return tuple(dict.fromkeys(found))[: limits.MAX_QUERY_TERMS]


def matches(session: Session, terms: Sequence[Term]) -> ColumnElement[bool]:
    """A condition on `statement.id`: its entry holds all `terms`, of which there is at least one."""
    return narrow(session, terms)[0]


def narrow(session: Session, terms: Sequence[Term]) -> tuple[ColumnElement[bool], bool]:
    """The condition of `matches`, and whether it leaves few enough statements to gather them before sorting.

    The index is asked at once whether there are more than `PROBED` hits. Few are gathered. Many mean that a walk in the
    wanted order soon meets enough of them: then each entry that the walk passes is looked at, which spares both
    databases to gather hundreds of thousands of keys for a page of 25.
    """
    hits = list(session.execute(_indexed(session, terms).limit(PROBED + 1)).scalars())
    if len(hits) <= LISTED:
        return col(Statement.id).in_(hits), True
    if len(hits) <= PROBED:
        return col(Statement.id).in_(_indexed(session, terms)), True
    held = [_holds(term) for term in terms]
    return exists().where(col(SearchEntry.statement_id) == col(Statement.id), *held), False


def _holds(term: Term) -> ColumnElement[bool]:
    """The plain scan of one entry, in the database."""
    return col(SearchEntry.terms).contains(term.needle, autoescape=True)


def _indexed(session: Session, terms: Sequence[Term]) -> Select[int]:
    """Keys of the entries that hold all terms, by the index."""
    words = dict.fromkeys(
        (word, term.is_beginning and at == len(term.words) - 1) for term in terms for at, word in enumerate(term.words)
    )
    # The index knows which words, not in which order: the stored terms tell.
    followed = [_holds(term) for term in terms if len(term.words) > 1]
    if session.get_bind().dialect.name == "sqlite":
        index = table("search_index", column("rowid", Integer))
        query = " AND ".join(f'"{word}"' + ("*" if beginning else "") for word, beginning in words)
        found = select(index.c.rowid).where(text("search_index MATCH :terms").bindparams(terms=query))
        if followed:
            found = found.join(SearchEntry, col(SearchEntry.statement_id) == index.c.rowid).where(*followed)
        return found
    query = " & ".join(f"'{word}'" + (":*" if beginning else "") for word, beginning in words)
    condition = text(f"{TERMS_VECTOR} @@ CAST(:terms AS tsquery)").bindparams(bindparam("terms", query))
    return select(col(SearchEntry.statement_id)).where(condition, *followed)


def index_statements(session: Session, statement_ids: Sequence[int]) -> None:
    """Make the entries of these statements anew from their words and their speakers' names.

    To be called in the transaction that stores or changes a statement, or renames, merges or splits a speaker.
    """
    for start in range(0, len(statement_ids), 500):
        keys = statement_ids[start : start + 500]
        session.execute(delete(SearchEntry).where(col(SearchEntry.statement_id).in_(keys)))
        rows = session.execute(
            select(col(Statement.id), col(Statement.content), col(Statement.speaker_name), col(Statement.speaker_id))
            .where(col(Statement.id).in_(keys), col(Statement.content) != "")
        ).all()  # fmt: skip
        names = _names(session, {row.speaker_id for row in rows if row.speaker_id is not None})
        entries = []
        for row in rows:
            spoken = dict.fromkeys([*([row.speaker_name] if row.speaker_name else []), *names.get(row.speaker_id, [])])
            entries.append({"statement_id": row.id, "terms": entry_terms(row.content, spoken)})
        if entries:
            session.execute(insert(SearchEntry), entries)


def index_speaker(session: Session, speaker_id: int) -> None:
    """Make the entries of all statements of a speaker, and of those merged into it, anew."""
    family = select(col(Speaker.id)).where(
        (col(Speaker.id) == speaker_id) | (col(Speaker.merged_into_id) == speaker_id)
    )
    keys = session.execute(select(col(Statement.id)).where(col(Statement.speaker_id).in_(family))).scalars()
    index_statements(session, [key for key in keys if key is not None])


def _names(session: Session, speakers: set[int]) -> dict[int, list[str]]:
    """Names and aliases of speakers, and of the ones that they were merged into."""
    if not speakers:
        return {}
    rows = session.execute(
        select(col(Speaker.id), col(Speaker.name), col(Speaker.merged_into_id)).where(col(Speaker.id).in_(speakers))
    ).all()
    targets = {row.merged_into_id for row in rows if row.merged_into_id is not None}
    known = {row.id: [row.name] for row in rows}
    for key, name in session.execute(select(col(Speaker.id), col(Speaker.name)).where(col(Speaker.id).in_(targets))):
        known.setdefault(key, [name])
    aliases = select(col(Alias.speaker_id), col(Alias.name)).where(col(Alias.speaker_id).in_(speakers | targets))
    for key, name in session.execute(aliases.order_by(col(Alias.id))):
        known[key].append(name)
    return {row.id: [*known[row.id], *known.get(row.merged_into_id, [])] for row in rows}
