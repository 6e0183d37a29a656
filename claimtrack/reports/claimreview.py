"""ClaimReview JSON-LD (schema.org, Google's fact-check page): single, as a feed, and embedded in HTML.

Google retired its ClaimReview results in June 2025: this is an interchange format and promises no place in a search.
Ratings are strings: schema.org takes numbers and text, the Reporters' Lab schema only text. `itemReviewed.author` has
no `url`, which that schema would take for a second reading of the same person.
"""

import json
from collections.abc import Iterator
from datetime import date

from claimtrack.attribution import DateBasis, SpeakerKind
from claimtrack.reports import tables
from claimtrack.reports.as_json import Plain
from claimtrack.reports.labels import Labels
from claimtrack.reports.model import Appearance, Decision, Party, Report, ReportClaim, Template
from claimtrack.reports.wording import day_of, web_address

#: Google's advice for `claimReviewed`, "to minimise wrapping". A longer one is exported whole: cut off at the end it
#: could say the opposite.
SHORT_FORM_CHARS = 75

#: Relations in which a quotation makes the claim.
_MAKING = frozenset({None, "first", "repeats", "said_again"})


def render(report: Report) -> Iterator[str]:
    """One ClaimReview where the report holds one, else a DataFeed of them."""
    items = list(reviews(report))
    yield json.dumps(items[0] if len(items) == 1 else _feed(report, items), ensure_ascii=False, indent=2) + "\n"


def render_feed(report: Report) -> Iterator[str]:
    """A DataFeed, also for one claim or none."""
    yield json.dumps(_feed(report, list(reviews(report))), ensure_ascii=False, indent=2) + "\n"


def reviews(report: Report) -> Iterator[dict[str, Plain]]:
    """A ClaimReview for each claim that the desk stands by; withdrawn ones and undecided ones have none."""
    for claim in report.claims:
        if claim.decision is not None and claim.state != "withdrawn":
            yield claim_review(claim, claim.decision, report)


def claim_review(claim: ReportClaim, decision: Decision, report: Report) -> dict[str, Plain]:
    """The JSON-LD of one decided claim."""
    published = claim.released_at or decision.at
    found: dict[str, Plain] = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": tables.address(claim, report) or f"urn:uuid:{claim.id}",
        "claimReviewed": claim.short or claim.text,
        "author": _desk(report.template),
        "reviewRating": _rating(decision, tables.reasoning(claim), Labels(report.template)),
        "itemReviewed": _claim(claim),
    }
    if published:
        found["datePublished"] = published.date().isoformat()
    return found


def problems(claim: ReportClaim, report: Report) -> list[str]:
    """What a publisher would have to mend, in plain words; the export is made all the same where it can be."""
    found = []
    if claim.decision is None:
        found.append("No verdict: it is left out of ClaimReview.")
    if claim.state == "withdrawn":
        found.append("Withdrawn: it is left out of ClaimReview.")
    if tables.address(claim, report) is None:
        found.append("No address where the check is published; a urn stands in, which Google does not take.")
    if len(claim.short or claim.text) > SHORT_FORM_CHARS:
        found.append(f"The claim is over {SHORT_FORM_CHARS} characters; write a short form.")
    if claimant(claim) is None:
        found.append("No claimant who may be named; itemReviewed has no author.")
    return found


def claimant(claim: ReportClaim) -> Party | None:
    """Who claims it, where that may be named: never somebody whom a quotation of the claim misquotes.

    The desk names the claimant. For a misquote that is who spread it; where the person misquoted is still entered,
    nobody is named. A document is no author in schema.org's sense.
    """
    party = claim.claimant
    if party is None or party.kind is SpeakerKind.DOCUMENT:
        return None
    misquoted = [item.quotation.speaker for item in claim.appearances if item.quotation.attribution == "not_said"]
    return None if any(other and _is_same(party, other) for other in misquoted) else party


def _is_same(one: Party, other: Party) -> bool:
    """Whether the two may be one: the same id, or all words of one name in the other ("Anand", "Mirela Anand").

    On the safe side: a claimant too few is better than a person blamed for words put into their mouth.
    """
    if one.id is not None and one.id == other.id:
        return True
    mine, theirs = set(one.name.casefold().split()), set(other.name.casefold().split())
    return mine <= theirs or theirs <= mine


def first_made(claim: ReportClaim) -> date | None:
    """The day on which the claim was made: the desk's finding, else the earliest that a text gives for the claimant.

    Never the day on which an article was printed, and never from words that were not said.
    """
    if claim.first_made_on is not None:
        return day_of(claim.first_made_on)
    made = [item.quotation for item in _made_in(claim)]
    if any(said.attribution == "not_said" for said in made):
        return None  # when words are said to have been said is not when they were put into a mouth
    own = [said for said in made if said.speaker and claim.claimant and _is_same(said.speaker, claim.claimant)]
    days = [day_of(said.said_on) for said in own if said.date_basis is DateBasis.TEXT]
    return min((day for day in days if day), default=None)


def _made_in(claim: ReportClaim) -> list[Appearance]:
    """The appearances that make the claim; one that denies or corrects it does not."""
    return [item for item in claim.appearances if item.relation in _MAKING]


def _claim(claim: ReportClaim) -> dict[str, Plain]:
    found: dict[str, Plain] = {"@type": "Claim"}
    party, made = claimant(claim), first_made(claim)
    if party is not None:
        found["author"] = _author(party)
    if made is not None:
        found["datePublished"] = made.isoformat()
    places = [(item.relation, web_address(item.quotation.source.url)) for item in _made_in(claim)]
    urls = dict.fromkeys(url for _, url in places if url)
    if urls:
        found["appearance"] = [{"@type": "CreativeWork", "url": url} for url in urls]
    first = [url for relation, url in places if relation == "first" and url]
    if first:
        found["firstAppearance"] = {"@type": "CreativeWork", "url": first[0]}
    return found


def _author(party: Party) -> dict[str, Plain]:
    kind = "Organization" if party.kind is SpeakerKind.ORGANIZATION else "Person"
    found: dict[str, Plain] = {"@type": kind, "name": party.name}
    if party.office and kind == "Person":
        found["jobTitle"] = party.office
    if party.same_as:
        found["sameAs"] = list(party.same_as)
    return found


def _desk(template: Template) -> dict[str, Plain]:
    found: dict[str, Plain] = {"@type": "Organization", "name": template.desk}
    return {**found, "url": template.desk_url} if template.desk_url else found


def _rating(decision: Decision, why: str | None, labels: Labels) -> dict[str, Plain]:
    """The verdict in words always; its place on the scale where it has one and the scale has at least two."""
    found: dict[str, Plain] = {"@type": "Rating", "alternateName": labels.verdict(decision)}
    step = labels.step(decision)
    ratings = [other.rating for other in labels.scale(decision) if other.rating is not None]
    if step is not None and step.rating is not None and max(ratings) > min(ratings) >= 1:
        found |= {"ratingValue": str(step.rating), "bestRating": str(max(ratings)), "worstRating": str(min(ratings))}
    return {**found, "ratingExplanation": why} if why else found


def _feed(report: Report, items: list[dict[str, Plain]]) -> dict[str, Plain]:
    elements = [
        {"@type": "DataFeedItem", "dateCreated": item["datePublished"], "item": item, "url": item["url"]}
        if "datePublished" in item
        else {"@type": "DataFeedItem", "item": item, "url": item["url"]}
        for item in items
    ]
    return {
        "@context": "https://schema.org",
        "@type": "DataFeed",
        "name": report.title,
        "dateModified": report.made_at.isoformat(),
        "dataFeedElement": elements,
    }


def script_json(value: Plain) -> str:
    r"""JSON that is safe inside an HTML script element: no character that could end it or begin a comment.

    >>> script_json({"a": "</script><!--"})
    '{"a": "\\u003c/script\\u003e\\u003c!--"}'
    """
    text = json.dumps(value, ensure_ascii=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
