"""ClaimReview against a table of Google's rules, read back by a library that is not ours.

The rules are those of "Fact Check (ClaimReview) markup" in Google Search Central, as published until its results
were retired in June 2025: required and recommended properties, their types and limits.
"""

import json
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

import extruct
import pytest

from claimtrack.attribution import DateBasis, SpeakerKind
from claimtrack.reports import as_html, claimreview
from claimtrack.reports.model import Party, VerdictName


def problems(review):
    """What Google's page would object to in a ClaimReview."""
    rules = {
        "@context is schema.org": review.get("@context") in ("https://schema.org", "http://schema.org"),
        "@type is ClaimReview": review.get("@type") == "ClaimReview",
        "claimReviewed is required": bool(review.get("claimReviewed", "").strip()),
        "url is required and a web address": urlsplit(review.get("url", "")).scheme in {"http", "https"},
        "reviewRating is required": review.get("reviewRating", {}).get("@type") == "Rating",
        "alternateName is required": bool(review.get("reviewRating", {}).get("alternateName", "").strip()),
        "author is an organization or a person": review.get("author", {}).get("@type") in {"Organization", "Person"},
        "author has a name": bool(review.get("author", {}).get("name")),
        "itemReviewed is a Claim": review.get("itemReviewed", {}).get("@type") == "Claim",
        "datePublished is a day": is_day(review.get("datePublished", "2026-01-01")),
        "rating lies on its scale": on_scale(review.get("reviewRating", {})),
        "the claim's author has a name": author_is_named(review.get("itemReviewed", {})),
        "the claim's date is a day": is_day(review.get("itemReviewed", {}).get("datePublished", "2026-01-01")),
        "appearances have addresses": all(
            one["@type"] == "CreativeWork" and urlsplit(one["url"]).scheme in {"http", "https"}
            for one in review.get("itemReviewed", {}).get("appearance", [])
        ),
    }
    return [rule for rule, holds in rules.items() if not holds]


def is_day(text):
    return date.fromisoformat(text).isoformat() == text


def on_scale(rating):
    if "ratingValue" not in rating:
        return "bestRating" not in rating
    worst, value, best = (int(rating[name]) for name in ("worstRating", "ratingValue", "bestRating"))
    return 1 <= worst <= value <= best and best > worst


def author_is_named(item):
    author = item.get("author")
    return author is None or (author["@type"] in {"Person", "Organization"} and bool(author["name"]))


def reviews_of(report):
    return {item["url"].rpartition("/")[2]: item for item in claimreview.reviews(report)}


def test_every_review_keeps_googles_rules(public):
    found = list(claimreview.reviews(public))
    assert len(found) == 2
    assert [problems(review) for review in found] == [[], []]


def test_the_table_of_rules_finds_what_is_wrong():
    assert len(problems({})) >= 8
    assert problems(
        {
            "reviewRating": {
                "@type": "Rating",
                "alternateName": "x",
                "ratingValue": "6",
                "bestRating": "5",
                "worstRating": "1",
            }
        }
    )
    assert "rating lies on its scale" in problems(
        {"reviewRating": {"ratingValue": "1", "bestRating": "1", "worstRating": "1"}}
    )


def test_the_author_of_a_misquote_is_who_spread_it(public):
    review = reviews_of(public)[public.claims[1].id]
    assert review["itemReviewed"]["author"]["name"] == "Elsin Watch"
    assert "Anand" not in json.dumps(review["itemReviewed"])


@pytest.mark.parametrize("name", ["Mirela Anand", "mirela  anand", "Anand", "Minister Mirela Anand"])
def test_the_person_misquoted_is_never_the_author_whatever_was_entered(public, name):
    misquote = replace(public.claims[1], claimant=Party(name))
    [review] = claimreview.reviews(replace(public, claims=(misquote,)))
    assert "author" not in review["itemReviewed"]
    assert any("No claimant" in problem for problem in claimreview.problems(misquote, public))


def test_the_person_misquoted_is_known_by_id_under_another_name(public):
    anand = public.claims[1].appearances[0].quotation.speaker
    misquote = replace(public.claims[1], claimant=Party("The minister's office", id=anand.id))
    assert claimreview.claimant(misquote) is None


def test_a_claim_is_dated_by_words_of_a_text_only(public):
    first, clipped, _ = public.claims[0].appearances
    assert first.quotation.date_basis is DateBasis.TEXT
    assert claimreview.first_made(public.claims[0]) == date(2026, 3, 10)
    assert claimreview.first_made(replace(public.claims[0], appearances=(clipped,))) is None


@pytest.mark.parametrize("said_on", ["2026-03", "2026", "../2026-03-10", "2026-03-09/2026-03-10", "2026-03-10~", None])
def test_a_claim_is_never_dated_to_a_day_that_the_text_leaves_open(public, said_on):
    first = public.claims[0].appearances[0]
    vague = replace(first, quotation=replace(first.quotation, said_on=said_on))
    assert claimreview.first_made(replace(public.claims[0], appearances=(vague,))) is None


def test_a_misquote_is_not_dated_by_its_invented_day(public):
    assert public.claims[1].appearances[0].quotation.said_on == "2026-03-10"
    assert "datePublished" not in reviews_of(public)[public.claims[1].id]["itemReviewed"]


def test_the_desks_own_finding_dates_a_claim(public):
    assert claimreview.first_made(replace(public.claims[1], first_made_on="2026-03-15")) == date(2026, 3, 15)


def test_a_denial_neither_dates_a_claim_nor_counts_as_its_appearance(public):
    first = public.claims[0].appearances[0]
    claim = replace(public.claims[0], appearances=(replace(first, relation="denies"),))
    [review] = claimreview.reviews(replace(public, claims=(claim,)))
    assert "datePublished" not in review["itemReviewed"]
    assert "appearance" not in review["itemReviewed"]


def test_anothers_words_do_not_date_a_claim(public):
    claim = replace(public.claims[0], claimant=Party("Somebody Else"))
    assert claimreview.first_made(claim) is None


@pytest.mark.parametrize("verdict", ["misleading", "unproven", "not_checkable"])
def test_a_verdict_outside_the_scale_has_words_and_no_number(public, verdict):
    claim = replace(public.claims[0], decision=replace(public.claims[0].decision, verdict=verdict))
    [review] = claimreview.reviews(replace(public, claims=(claim,)))
    assert problems(review) == []
    assert "ratingValue" not in review["reviewRating"]


def test_the_scale_on_which_it_was_given_counts(public):
    scale = (VerdictName("pants", "Invented", 1), VerdictName("true", "Right", 3))
    claim = replace(public.claims[0], decision=replace(public.claims[0].decision, scale=scale))
    [review] = claimreview.reviews(replace(public, claims=(claim,)))
    rating = review["reviewRating"]
    assert (rating["alternateName"], rating["ratingValue"], rating["bestRating"]) == ("Right", "3", "3")


def test_a_scale_of_one_step_gives_no_number(public):
    scale = (VerdictName("true", "Right", 1),)
    claim = replace(public.claims[0], decision=replace(public.claims[0].decision, scale=scale))
    [review] = claimreview.reviews(replace(public, claims=(claim,)))
    assert problems(review) == []


def test_a_withdrawn_claim_has_no_review(public):
    assert list(claimreview.reviews(replace(public, claims=(replace(public.claims[0], state="withdrawn"),)))) == []


def test_a_long_claim_is_never_cut_short(public):
    long = "It is not true that " + "the ministry signed " * 10
    claim = replace(public.claims[0], short=None, text=long)
    [review] = claimreview.reviews(replace(public, claims=(claim,)))
    assert review["claimReviewed"] == long
    assert any("short form" in problem for problem in claimreview.problems(claim, public))


@pytest.mark.parametrize(
    ("kind", "expected"), [(SpeakerKind.PERSON, "Person"), (SpeakerKind.ORGANIZATION, "Organization")]
)
def test_the_kind_of_claimant_is_kept(public, kind, expected):
    claim = replace(public.claims[0], claimant=Party("Port Board", kind, url="https://board.example/"))
    [review] = claimreview.reviews(replace(public, claims=(claim,)))
    author = review["itemReviewed"]["author"]
    assert author == {"@type": expected, "name": "Port Board", "sameAs": ["https://board.example/"]}


def test_a_document_is_no_author(public):
    assert claimreview.claimant(replace(public.claims[0], claimant=Party("The report", SpeakerKind.DOCUMENT))) is None


def test_without_an_address_a_urn_stands_in_and_is_told(public):
    report = replace(public, template=replace(public.template, claim_url=None))
    [review, _] = claimreview.reviews(report)
    assert review["url"] == f"urn:uuid:{public.claims[0].id}"
    assert any("address" in problem for problem in claimreview.problems(public.claims[0], report))


def test_a_single_claim_is_a_claimreview_and_several_are_a_feed(public):
    one = json.loads("".join(claimreview.render(replace(public, claims=public.claims[:1]))))
    several = json.loads("".join(claimreview.render(public)))
    assert one["@type"] == "ClaimReview"
    assert several["@type"] == "DataFeed"
    assert [item["item"]["@type"] for item in several["dataFeedElement"]] == ["ClaimReview"] * 2
    assert json.loads("".join(claimreview.render_feed(replace(public, claims=()))))["dataFeedElement"] == []


def test_extruct_reads_the_same_reviews_out_of_the_page(public):
    found = extruct.extract("".join(as_html.render(public)), syntaxes=["json-ld"])["json-ld"]
    assert found == list(claimreview.reviews(public))


def test_hostile_texts_come_back_unchanged_out_of_the_page(hostile):
    text, report = hostile
    found = extruct.extract("".join(as_html.render(report)), syntaxes=["json-ld"])["json-ld"]
    assert found == list(claimreview.reviews(report))
    assert found[0]["claimReviewed"] == text


def test_the_editors_page_carries_no_claimreview(editor):
    assert "ld+json" not in "".join(as_html.render(editor))
