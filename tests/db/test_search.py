import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from claimtrack import limits
from claimtrack.db.events import record_new
from claimtrack.db.search import entry_terms, index_speaker, index_statements, matches, parse, tokens
from claimtrack.db.tables import Alias, SearchEntry, Statement
from claimtrack.db.work import UnitOfWork

PHRASES = [
    "We will not sign before the audit is done",
    "the berths would reopen in May",
    "C'est fini, said Zoë Łukasz-Ünal",
    'He said "never" AND OR NOT NEAR(x)',
    "50% of $2.5m; rows--; DROP TABLE statement",
    "emoji 🚢🚢 and e\u0301 and ﬁne",
    "ПОРТ закрыт — сказал он",
    "港は五月に再開する",
    "a* b^ c: {d} (e) [f] \\g /h/ ~i !j & k | l <-> m",
    "soft\u00adhyphen zero\u200bwidth",
    "",
]
HOSTILE = [
    '"', '""', '"""', "'", "\\", "*", "a*", '"a"*', "^a", "a:b", "terms:a", "NOT", "AND AND", "a OR",
    "NEAR(a b, 2)", "(", ")", "{a b}: c", "-a", "+a", "a -b", "%", "_", "a%", "'; DROP TABLE event; --", "\x00",
    "a\x00b", "🚢", "é", "e\u0301", "<->", "a & b", "a | b", "!a", ":*", "a:*", "a:A", "''", "$1", "?", ":terms",
    "%s", "%(terms)s", "\ud800", "\udfff", "\u202e", "ﬁ", "İ", "ß", "ǅ", "\u200b", "x" * 5000, "a " * 5000,
    "“sign before”", "2.5", "berth", "ber", "be", "“the berths",
]  # fmt: skip


@pytest.fixture
def searched(desk):
    """A desk whose statements are `PHRASES`, searchable; the third has a speaker with an alias."""
    body = "\n".join(phrase or "nothing" for phrase in PHRASES)
    with UnitOfWork(desk.engine) as work:
        capture = desk.capture(work.session, body)
        keys = []
        for number, phrase in enumerate(PHRASES):
            name = f"Speaker{number} O’Hara" if number % 2 else None
            keys.append(desk.statement(work.session, capture, phrase or "nothing", speaker_name=name).key)
        index_statements(work.session, keys)
        work.commit()
    return desk


def search(session, query: str) -> set[int]:
    terms = parse(query)
    if not terms:
        return set()
    return {key for key in session.exec(select(Statement.id).where(matches(session, terms))) if key is not None}


def scan(session, query: str) -> set[int]:
    """The same by looking at every row, with the words taken from the statements, not from the stored terms."""
    terms = parse(query)
    found = set()
    for statement in session.exec(select(Statement)):
        held = [plain(part) for part in (statement.content, statement.speaker_name or "")]
        if terms and all(any(follows(term, words) for words in held) for term in terms):
            found.add(statement.key)
    return found


def plain(words: str) -> list[str]:
    """A slower tokeniser, written apart from the real one."""
    for mark in "'’‘ʼ`´":
        words = words.replace(mark, "")
    folded = unicodedata.normalize("NFKD", words).casefold()
    folded = "".join(c for c in folded if unicodedata.category(c) not in ("Mn", "Mc", "Me", "Cf"))
    spaced = "".join(c if c.isalnum() else f" {c} " if unicodedata.category(c) == "So" else " " for c in folded)
    return [word[: limits.MAX_SEARCH_TERM_CHARS] for word in spaced.split()]


def follows(term, words: list[str]) -> bool:
    size = len(term.words)
    for at in range(len(words) - size + 1):
        head, last = words[at : at + size - 1], words[at + size - 1]
        is_last = last == term.words[-1] or (term.is_beginning and last.startswith(term.words[-1]))
        if is_last and tuple(head) == term.words[:-1]:
            return True
    return False


def test_every_hostile_query_finds_what_a_plain_scan_finds(searched):
    with UnitOfWork(searched.engine, read_only=True) as work:
        for query in HOSTILE:
            assert search(work.session, query) == scan(work.session, query), query
        assert len(search(work.session, "🚢")) == 1
        assert search(work.session, '"sign before the audit"') == {1}
        assert search(work.session, '"sign the audit"') == set()
        assert search(work.session, "berth OHARA") == {2}


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_query_finds_what_a_plain_scan_finds(searched, data):
    piece = st.one_of(
        st.sampled_from(sorted({part for phrase in PHRASES for part in phrase.split()})),
        st.sampled_from(HOSTILE),
        st.text(max_size=8),
    )
    query = data.draw(st.lists(piece, max_size=4).map(" ".join))
    if data.draw(st.booleans()):
        words = data.draw(st.sampled_from(PHRASES)).split()
        start = data.draw(st.integers(0, max(len(words) - 1, 0)))
        query += ' "' + " ".join(words[start : start + 3]) + '"'
    with UnitOfWork(searched.engine, read_only=True) as work:
        assert search(work.session, query) == scan(work.session, query)


@given(st.text(max_size=200))
def test_tokens_agree_with_the_slow_tokeniser(words: str):
    assert tokens(words) == plain(words)


def test_a_search_entry_never_exceeds_what_postgresql_takes():
    terms = entry_terms(" ".join("字" * 30 + str(number) for number in range(20_000)), [])
    assert len(terms) <= limits.MAX_SEARCH_CHARS + 2
    assert terms.endswith(" ")
    assert len(terms.encode()) < 1_000_000


def test_changed_words_are_found_and_former_ones_are_not(searched):
    with UnitOfWork(searched.engine) as work:
        statement = work.session.get_one(Statement, 2)
        statement.content = "quay seven"
        work.session.flush()
        index_statements(work.session, [2])
        assert search(work.session, "quay") == {2}
        assert search(work.session, "berth") == set()
        work.session.delete(work.session.get_one(SearchEntry, 2))
        work.session.flush()
        assert search(work.session, "quay") == set()


def test_an_alias_finds_the_statements_of_its_speaker(desk):
    with UnitOfWork(desk.engine) as work:
        statement = desk.sample(work.session)
        index_statements(work.session, [statement.key])
        assert search(work.session, "harbourmistress") == set()
        alias = Alias(speaker_id=statement.speaker_id, name="The Harbourmistress", sort_name="the harbourmistress")
        record_new(work.session, desk.actor, "alias.added", alias)
        index_speaker(work.session, statement.speaker_id)
        assert search(work.session, "harbourmistress") == {statement.key}
        assert search(work.session, "anand berths") == {statement.key}
