from datetime import date

from sqlmodel import select

from claimtrack.db.tables import Capture, Document, Placement, Sighting, Statement
from claimtrack.errors import SourceError
from claimtrack.services import decide, documents
from claimtrack.services.import_source import Imported, Outcome, Refused, import_sources, normalised_url
from claimtrack.services.statements import Wanted, list_rows
from claimtrack.services.verify import verify_desk
from claimtrack.vocabulary import PlacementState, StatementState

PAGE = "https://ledger.example/harbour"


def rows(desk, table):
    return desk.see(lambda work: list(work.session.exec(select(table)).all()))


def test_an_article_is_stored_with_its_statements_and_their_words(desk, imported):
    result = imported()
    assert result.outcome is Outcome.NEW
    listed = desk.see(list_rows, Wanted())
    assert result.statements == len(listed) >= 4
    said = {row["content"]: row["speaker"] for row in listed}
    assert said["the ministry would “not sign before the audit is done”"] == "Mirela Anand"
    assert any(row["speaker"] == "Tor Vale" for row in listed)
    assert verify_desk(desk).holds


def test_the_same_bytes_twice_are_one_capture_with_a_second_sighting(desk, imported):
    first, second = imported(), imported()
    assert second.outcome is Outcome.SEEN_AGAIN
    assert second.document == first.document
    assert second.capture == first.capture
    assert second.statements == first.statements
    assert len(rows(desk, Sighting)) == 2


def test_two_publishers_with_the_same_bytes_are_two_documents(desk, imported):
    imported()
    assert imported(publisher="The Gazette").outcome is Outcome.NEW
    assert len(rows(desk, Document)) == 2


def test_a_bad_source_is_told_and_the_others_of_the_call_are_stored(desk, article):
    bad = SourceError("There is no file gone.txt; check the spelling.", source="gone.txt")
    results = list(import_sources(desk, [article(), bad, article("Another headline\n\n“No,” said Ada Moss.\n")]))
    assert [type(one) for one in results] == [Imported, Refused, Imported]
    assert results[1].problem == str(bad)
    assert len(rows(desk, Capture)) == 2


def test_an_address_finds_its_document_however_it_is_written():
    assert normalised_url("HTTP://Ledger.Example:80/a?b=c#top") == "http://ledger.example/a?b=c"
    assert normalised_url("https://ledger.example") == "https://ledger.example/"


def test_a_changed_page_keeps_what_stands_and_returns_what_was_altered(desk, imported, article):
    old = article().text
    imported(old, url=PAGE)
    by_words = {row.content: row for row in rows(desk, Statement)}
    confirmed = by_words["the ministry would “not sign before the audit is done”"]
    desk.do(decide.mark_as_printed, confirmed.public_id, confirmed.version)
    new = old.replace("not sign before the audit is done", "not sign before the audit is over").replace(
        "Harbour talks stall\n", "Harbour talks stall again\n"
    )
    result = imported(new, url=PAGE)
    assert result.outcome is Outcome.CHANGED
    stale = next(row for row in rows(desk, Statement) if row.id == confirmed.id)
    assert stale.state is StatementState.STALE
    states = {place.statement_id: place.state for place in rows(desk, Placement)}
    assert states[confirmed.id] is PlacementState.ALTERED
    others = [state for key, state in states.items() if key != confirmed.id]
    assert set(others) <= {PlacementState.MOVED, PlacementState.UNCHANGED}
    contents = [row.content for row in rows(desk, Statement)]
    assert contents.count("“We were told nothing,” “Nobody asked us.”") == 1
    assert "the ministry would “not sign before the audit is over”" in contents
    assert verify_desk(desk).holds


def test_a_corrected_day_of_publication_reads_relative_dates_again(desk, imported):
    result = imported()
    before = {row["content"]: row["said_on"] for row in desk.see(list_rows, Wanted())}
    assert before["the ministry would “not sign before the audit is done”"] == "2026-03-10"
    shown = desk.see(documents.document, result.document)
    details = documents.Details(shown.title, shown.publisher, shown.author, date(2026, 3, 20))
    assert desk.do(documents.correct, result.document, shown.version, details) > 0
    after = {row["content"]: row["said_on"] for row in desk.see(list_rows, Wanted())}
    assert after["the ministry would “not sign before the audit is done”"] == "2026-03-17"
    assert [value for key, value in after.items() if "two berths" in key] == ["2023"]


def test_the_order_of_imports_does_not_matter(desk, article, new_url):
    from claimtrack.db.engine import open_engine
    from claimtrack.services.desk import Desk

    texts = [
        ("A\n\n“We will not sign before the audit is done,” said Mirela Anand.\n", "The Ledger"),
        ("B\n\n“We will not sign before the audit is done,” Mirela Anand said.\n", "The Gazette"),
        ("C\n\n“We will sign before the audit is done,” Mirela Anand said.\n", "The Post"),
    ]

    def picture(order):
        engine = open_engine(new_url())
        other = Desk(engine)
        list(import_sources(other, [article(text, publisher) for text, publisher in order]))

        def clusters(work):
            found = {}
            for row in work.session.exec(select(Statement)):
                publisher = work.by_key(Document, row.document_id).publisher
                found.setdefault(row.cluster_id or -row.id, set()).add((publisher, row.content))
            return sorted(map(sorted, found.values()))

        seen = other.see(clusters)
        engine.dispose()
        return seen

    pictures = [picture(order) for order in (texts, texts[::-1], [texts[1], texts[2], texts[0]])]
    assert pictures[0] == pictures[1] == pictures[2]
    assert sorted(len(group) for group in pictures[0]) == [1, 2]


def test_undoing_a_corrected_day_restores_the_dates_that_leaned_on_it(desk, imported):
    from claimtrack.services import activity

    result = imported()
    before = {row["content"]: row["said_on"] for row in desk.see(list_rows, Wanted())}
    shown = desk.see(documents.document, result.document)
    details = documents.Details(shown.title, shown.publisher, shown.author, date(2026, 3, 20))
    desk.do(documents.correct, result.document, shown.version, details)
    row = next(row for row in desk.see(activity.recent) if row.action == "document.corrected")
    assert row.can_undo
    desk.do(activity.undo, row.id)
    assert {row["content"]: row["said_on"] for row in desk.see(list_rows, Wanted())} == before
    assert desk.see(documents.document, result.document).published_on == date(2026, 3, 12)
