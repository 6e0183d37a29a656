"""The page shows every text as it is, runs nothing and fetches nothing."""

from dataclasses import replace
from itertools import pairwise

import lxml.html
import pytest

from claimtrack.reports import as_html
from claimtrack.reports.wording import shown


def page(report):
    return lxml.html.document_fromstring("".join(as_html.render(report)))


def test_the_public_page_says_what_a_reader_needs(public):
    text = " ".join(page(public).text_content().split())
    for words in (
        "The harbour ministry will not sign the berth contract before the audit is finished.",
        "the ministry would “not sign before the audit is done”",
        "said 10 Mar 2026",
        "reported 13 Mar 2026; day not stated",
        "shortened from the recording “Port hearing”, 00:04; nothing else changed",
        "as printed, not checked against a record",
        "not said by Mirela Anand",
        "single reader",
        "2 readers",
        "An earlier version gave the wrong day of the hearing.",
        "What a page prints is not proof that it was said.",
        "internal notes (3)",
    ):
        assert words in text


def test_nothing_in_the_page_runs_or_is_fetched(hostile):
    _, report = hostile
    tree = page(report)
    assert {one.get("type") for one in tree.iter("script")} <= {"application/ld+json"}
    assert not [one for one in tree.iter() if any(name.startswith("on") for name in one.attrib)]
    assert not list(tree.iter("iframe", "object", "embed", "link", "form", "video"))
    assert all(one.get("src", "").startswith("data:") for one in tree.iter("img"))
    for one in tree.iter("a"):
        assert one.get("href").startswith(("https://", "http://", "#"))
    assert "default-src 'none'" in tree.xpath("//meta[@http-equiv]/@content")[0]


def test_hostile_texts_are_shown_as_they_are(hostile):
    text, report = hostile
    tree = page(report)
    seen = shown(text).replace("\r\n", "\n")
    assert tree.xpath("//h1")[0].text_content() == seen
    assert tree.xpath("//blockquote")[0].text_content() == seen
    assert tree.xpath("//h2")[0].text_content() == seen


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", 'https://a.example/"onclick="x'])
def test_an_address_that_is_no_web_address_is_no_link(public, url):
    first = public.claims[0].appearances[0]
    bad = replace(first.quotation, source=replace(first.quotation.source, url=url, archive_url=url))
    claim = replace(public.claims[0], appearances=(replace(first, quotation=bad),), url=url)
    assert url not in page(replace(public, claims=(claim,))).xpath("//a/@href")


def test_headings_descend_by_one_and_every_link_inside_has_a_place(editor):
    tree = page(editor)
    levels = [int(one.tag[1]) for one in tree.iter("h1", "h2", "h3")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    places = set(tree.xpath("//@id"))
    assert {link[1:] for link in tree.xpath("//a/@href") if link.startswith("#")} <= places
    assert len(tree.xpath("//@id")) == len(places)


def test_the_drawing_has_a_name_and_its_numbers_beside_it(public):
    tree = page(public)
    drawing = tree.xpath("//figure[contains(@class,'spread')]/*[local-name()='svg']")[0]
    assert drawing.get("role") == "img"
    assert drawing.get("aria-label")
    assert tree.xpath("//table[caption='In which words']/tbody/tr/td[1]//text()") == [
        "A",
        "B",
    ]


def test_a_logo_is_embedded_and_an_unknown_kind_is_left_out(public):
    for kind, count in (("image/png", 1), ("text/html", 0)):
        template = replace(public.template, logo=b"\x89PNG", logo_type=kind)
        assert len(list(page(replace(public, template=template)).iter("img"))) == count


def test_only_files_for_publication_may_be_found_by_search_engines(public, editor):
    assert not page(public).xpath("//meta[@name='robots']")
    assert page(editor).xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_a_withdrawn_check_says_so_before_its_verdict(public):
    claim = replace(public.claims[0], state="withdrawn")
    tree = page(replace(public, claims=(claim,)))
    article = tree.xpath("//article")[0].text_content()
    assert article.index("This check has been withdrawn.") < article.index("2 readers")


def test_a_report_of_nothing_says_so(public):
    assert "No claim in this selection is released" in page(replace(public, claims=())).text_content()
