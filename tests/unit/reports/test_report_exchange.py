"""Feeds, annotations and reference lists, each read by a library that is not ours."""

import json
import warnings
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import UTC, datetime

import feedparser
import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from diff_match_patch import diff_match_patch

from claimtrack.reports import annotations, atom, bibliography, claims_search
from claimtrack.reports.wording import shown


def test_feedparser_reads_the_feed(public):
    feed = feedparser.parse(atom.render(public))
    assert feed.bozo == 0
    assert feed.feed.title == "Elsin Checks: Harbour talks: who said what"
    assert [entry.title for entry in feed.entries] == [
        "True: The ministry will not sign before the audit is finished.",
        "False: The harbour minister said: “We will never sign.”",
    ]
    first = feed.entries[0]
    assert first.id == f"urn:uuid:{public.claims[0].id}"
    assert first.link == f"https://checks.example/check/{public.claims[0].id}"
    assert first.published_parsed[:3] == (2026, 3, 19)
    assert first.updated_parsed[:3] == (2026, 3, 20)  # corrected a day later
    assert "An earlier version gave the wrong day" in first.summary


def test_a_withdrawal_is_news_and_its_verdict_is_not(public):
    feed = feedparser.parse(atom.render(replace(public, claims=(replace(public.claims[0], state="withdrawn"),))))
    assert feed.entries[0].title.startswith("withdrawn:")
    assert "The recording of the hearing" not in feed.entries[0].summary


def test_hostile_texts_come_back_out_of_the_feed(hostile):
    text, report = hostile
    root = ET.fromstring(atom.render(report))
    titles = [one.text for one in root.iter("{http://www.w3.org/2005/Atom}title")]
    assert titles[1].replace("\r\n", "\n") == f"{shown(text)}: {shown(text)}".replace("\r\n", "\n")


def test_an_empty_feed_is_a_feed(public):
    assert feedparser.parse(atom.render(replace(public, claims=()))).bozo == 0


def found_again(text, selectors):
    """Where Google's diff-match-patch finds the words near their place, looking for at most 32 characters."""
    quote, position = selectors
    finder = diff_match_patch()
    pattern = (quote["exact"])[:32]
    return finder.match_main(text, pattern, position["start"]), pattern


def targets_of(report):
    for item in annotations.annotations(report):
        targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
        yield from targets


def test_annotations_are_found_again_in_the_saved_copies_by_another_library(editor, copies):
    texts = {copy.source.sha256: copy.text for copy in copies.values()}
    count = 0
    for target in targets_of(editor):
        text = texts[target["claimtrack:sha256"]]
        quote, position = target["selector"]
        place, pattern = found_again(text, target["selector"])
        assert place == position["start"]
        assert text[place:].startswith(pattern)
        assert text[position["start"] : position["end"]] == quote["exact"]
        assert text[: position["start"]].endswith(quote["prefix"])
        assert text[position["end"] :].startswith(quote["suffix"])
        count += 1
    assert count == 8  # six quotations, one of them in two pieces, and a line


def test_an_annotation_has_both_selectors_and_the_time_of_the_copy(public):
    collection = json.loads("".join(annotations.render(public)))
    assert collection["type"] == "AnnotationCollection"
    assert collection["total"] == len(collection["first"]["items"]) == 4
    for target in targets_of(public):
        assert [one["type"] for one in target["selector"]] == ["TextQuoteSelector", "TextPositionSelector"]
        assert target["state"]["type"] == "TimeState"
        assert target["state"]["sourceDate"] == "2026-03-12T13:02:00Z"


def test_an_annotation_never_says_said_of_words_that_were_not(public):
    bodies = list(annotations.annotations(public))[3]["body"]
    describing = next(body["value"] for body in bodies if body["purpose"] == "describing")
    assert describing.startswith("attributed to Mirela Anand")
    assert "not said by Mirela Anand" in describing


def test_rispy_reads_the_sources(public):
    works = rispy.loads("".join(bibliography.render_ris(public)))
    assert [work["title"] for work in works] == [
        "Harbour talks stall",
        "Minister: no deal yet",
        "Harbour wire",
        "Port hearing",
        "Anand admits it",
    ]
    first = works[0]
    assert first["type_of_reference"] == "NEWS"
    assert first["authors"] == ["J. Okafor-Lind"]
    assert first["year"] == "2026"
    assert first["urls"] == ["https://ledger.example/harbour-talks"]


def test_hostile_titles_make_no_further_records_in_ris(hostile):
    text, report = hostile
    works = rispy.loads("".join(bibliography.render_ris(report)))
    assert len(works) == 5
    assert works[0]["title"] == " ".join(shown(text).split())


def test_citeproc_cites_the_sources(public):
    items = json.loads("".join(bibliography.render_csl(public)))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # citeproc warns of CSL fields that its own style does not use
        source = CiteProcJSON(items)
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        library = CitationStylesBibliography(style, source, formatter.plain)
        library.register(Citation([CitationItem(items[0]["id"].lower())]))
        cited = str(library.bibliography()[0])
    assert "Harbour talks stall" in cited
    assert "2026" in cited
    assert "The Ledger" in cited


def test_confidential_evidence_is_in_no_list_of_sources(editor):
    assert "SECRET-mail" not in "".join(bibliography.render_csl(editor))
    assert "SECRET-budget" in "".join(bibliography.render_csl(editor))


def test_claims_search_has_the_shape_of_googles_answer(public):
    claims = json.loads("".join(claims_search.render(public)))["claims"]
    assert claims[0]["claimant"] == "Mirela Anand"
    assert claims[0]["claimDate"] == "2026-03-10T00:00:00Z"
    assert claims[1]["claimant"] == "Elsin Watch"
    assert "claimDate" not in claims[1]
    review = claims[0]["claimReview"][0]
    assert review["publisher"] == {"name": "Elsin Checks", "site": "checks.example"}
    assert review["textualRating"] == "True"
    assert datetime.fromisoformat(review["reviewDate"]) == datetime(2026, 3, 19, 16, 0, tzinfo=UTC)
    assert set(review) == {"publisher", "url", "title", "reviewDate", "textualRating", "languageCode"}
