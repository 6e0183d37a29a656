"""The annotated copy shows the whole document, every mark with its notes, and what nobody marked."""

import io
from dataclasses import replace

import docx
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.attribution import Kind, Span
from claimtrack.errors import RuleError
from claimtrack.reports import annotated_pdf, annotated_word
from claimtrack.reports.annotated import annotate
from claimtrack.reports.model import AnnotatedDocument, Audience, Piece, Quotation, SavedCopy, Source


@pytest.fixture
def ledger(report, copies):
    first = report.claims[0].appearances[0].quotation
    return AnnotatedDocument(report, copies[first.source.capture_id], (report.unclaimed[0], first))


def test_the_whole_text_stands_in_its_order(ledger):
    found = annotate(ledger, Audience.EDITOR)
    text = "\n".join("".join(segment.text for segment in paragraph.segments) for paragraph in found.paragraphs)
    assert text == "\n".join(line for line in ledger.copy.text.split("\n") if line.strip())


def test_statements_and_lines_are_numbered_in_reading_order(ledger):
    found = annotate(ledger, Audience.EDITOR)
    assert [mark.number for paragraph in found.paragraphs for mark in paragraph.marks] == ["1", "2", "L1"]
    marked = [
        (segment.starts, segment.text) for one in found.paragraphs for segment in one.segments if segment.is_marked
    ]
    assert marked == [
        (("1",), "the ministry would “not sign before the audit is done”"),
        (("2",), "“We were told nothing,”"),
        (("2",), "“Nobody called us.”"),
        (("L1",), "The berths cost 41 million crowns last year, three times what the council had planned."),
    ]


def test_a_mark_has_state_verdict_locator_and_open_query(ledger):
    found = annotate(ledger, Audience.EDITOR)
    first, second, line = (mark for paragraph in found.paragraphs for mark in paragraph.marks)
    notes = " / ".join(first.notes)
    for words in ("as printed, reviewed", "said 10 Mar 2026", "True · 2 readers · released", "00:04 to 00:11"):
        assert words in notes
    assert "Open query: SECRET-query: which Tuesday?" in first.warnings
    assert "suggested by machine, not reviewed" in second.warnings
    assert "no verdict yet" in " / ".join(line.notes)
    assert "Open query: SECRET-where is the plan?" in line.warnings


def test_an_answered_query_is_not_open(ledger):
    found = annotate(ledger, Audience.EDITOR)
    assert "who has the contract" not in repr(found.paragraphs)


def test_passages_that_nobody_marked_are_listed_with_their_paragraph(ledger):
    only = replace(ledger, quotations=ledger.quotations[:1])
    unmarked = annotate(only, Audience.EDITOR).unmarked
    number, passage = unmarked[1]
    assert number == 2
    assert passage.startswith("PORT ELSIN — Mirela Anand")
    assert passage.endswith("talks could resume in April.")
    assert all("told nothing" not in passage for _, passage in unmarked)


def test_a_short_sentence_between_marks_is_a_passage_and_glue_is_none(report_of_nothing):
    source = Source("d", "c", "0" * 64)
    text = "“Yes,” she said. He lied. “No,” she added and “never”."
    spans = [Span(0, 16), Span(26, 41), Span(46, 54)]
    quotations = tuple(Quotation(str(one), source, Kind.DIRECT, (Piece(one, one.of(text)),)) for one in spans)
    found = annotate(AnnotatedDocument(report_of_nothing, SavedCopy(source, text), quotations), Audience.EDITOR)
    assert found.unmarked == ((1, "He lied."),)


def test_a_rejected_statement_leaves_its_words_unmarked(ledger):
    rejected = tuple(replace(one, state="rejected") for one in ledger.quotations)
    bare = replace(ledger, quotations=rejected, report=replace(ledger.report, claims=()))
    found = annotate(bare, Audience.EDITOR)
    assert not [mark for paragraph in found.paragraphs for mark in paragraph.marks]
    assert [number for number, _ in found.unmarked] == [1, 2, 3, 4]


def test_an_annotated_copy_is_never_public(ledger):
    with pytest.raises(RuleError, match="unreleased"):
        annotate(ledger, Audience.PUBLIC)


def test_a_confidential_document_stays_at_the_desk(ledger):
    secret = replace(ledger, copy=replace(ledger.copy, source=replace(ledger.copy.source, confidential=True)))
    with pytest.raises(RuleError, match="must not leave"):
        annotate(secret, Audience.LAWYER)
    assert annotate(secret, Audience.EDITOR).paragraphs


def test_a_lawyers_copy_has_no_internal_notes(ledger):
    text = "\n".join(
        one.text for one in docx.Document(io.BytesIO(annotated_word.render(ledger, Audience.LAWYER))).paragraphs
    )
    assert "SECRET-evidence-note" not in text
    assert "SECRET-mail" not in text
    assert "Confidential item, held at the desk" in text
    assert "internal notes" in text


def test_words_margin_has_a_comment_for_each_mark_and_its_lines_are_numbered(ledger):
    file = docx.Document(io.BytesIO(annotated_word.render(ledger, Audience.EDITOR)))
    comments = [comment.text for comment in file.comments]
    assert [comment.split()[0] for comment in comments] == ["1", "2", "L1"]
    assert "True · 2 readers · released" in comments[0]
    assert "w:lnNumType" in file.sections[0]._sectPr.xml
    assert "Passages that nobody marked" in [one.text for one in file.paragraphs if one.style.name == "Heading 1"]


def test_the_pdf_has_text_notes_and_unmarked_passages(ledger):
    reader = pypdf.PdfReader(io.BytesIO(annotated_pdf.render(ledger, Audience.EDITOR)))
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    for words in ("Annotated copy", "Nobody", "suggested by machine, not reviewed", "Passages that nobody marked"):
        assert words in text
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


TEXT = st.lists(
    st.sampled_from(["one two three four five", " ", "\n", "“yes”", "𝔘", "\n\n", "six seven eight nine"]),
    min_size=1,
    max_size=9,
).map("".join)


@given(TEXT.filter(str.strip), st.lists(st.tuples(st.integers(0, 90), st.integers(1, 40)), max_size=5))
@settings(deadline=None, max_examples=150)
def test_any_marks_cut_any_text_without_loss(report_of_nothing, text, places):
    source = Source("d", "c", "0" * 64)
    quotations = tuple(
        Quotation(
            f"q{number}",
            source,
            Kind.DIRECT,
            (Piece(Span(start, min(start + size, len(text))), text[start : start + size]),),
            state="as_printed",
        )
        for number, (start, size) in enumerate(places)
        if start < len(text) and text[start : start + size].strip()
    )
    found = annotate(AnnotatedDocument(report_of_nothing, SavedCopy(source, text), quotations), Audience.EDITOR)
    lines = [line for line in text.split("\n") if line.strip()]
    assert ["".join(segment.text for segment in one.segments) for one in found.paragraphs] == lines
    assert sorted(mark.number for one in found.paragraphs for mark in one.marks) == sorted(
        str(n + 1) for n in range(len(quotations))
    )
    marked = "".join(segment.text for one in found.paragraphs for segment in one.segments if segment.is_marked)
    covered = {at for one in quotations for at in range(one.content[0].span.start, one.content[0].span.end)}
    inside, at = "", 0
    for line in text.split("\n"):
        if line.strip():
            inside += "".join(letter for place, letter in enumerate(line, at) if place in covered)
        at += len(line) + 1
    assert marked == inside
