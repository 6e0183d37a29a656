"""Statements that the order of words shows where a small parser loses the clause, the subject or the verb."""

from datetime import date

import pytest

from claimtrack.attribution import Kind
from claimtrack.extract import Article


def read(extractor, text):
    found = extractor.extract(Article(text, date(2026, 3, 12)))
    return [(s.source(text) if s.source_span else None, s.cue(text), s.content(text)) for s in found]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        # "that" behind whom it was told, when and where
        (
            "Vale praised the ruling, telling reporters during a visit to the docks on Friday that he thinks it fair.",
            "Vale",
            "telling",
            "he thinks it fair",
        ),
        ("Ms Coe said in evidence that she had trusted him.", "Ms Coe", "said", "she had trusted him"),
        # a pronoun and a finite verb behind whom it was told
        (
            "The vote came two days after Lang told The Harbour Post he was “not quite there yet” on the tunnel.",
            "Lang",
            "told",
            "he was “not quite there yet” on the tunnel",
        ),
        # the verb that a reader of whole sentences takes for a noun, a plural or a participle
        (
            "“The bridge is the only way over,” a voice-over in the film states.",
            "a voice-over",
            "states",
            "“The bridge is the only way over,”",
        ),
        (
            "“It should publish the survey,” the editorial read.",
            "the editorial",
            "read",
            "“It should publish the survey,”",
        ),
        (
            "Yet “it is hard, though, to prove a link,” added Okafor, the former deputy coroner.",
            "Okafor",
            "added",
            "“it is hard, though, to prove a link,”",
        ),
        (
            "The chief constable called upon witnesses to come forward.",
            "The chief constable",
            "called",
            "to come forward",
        ),
        # a finite verb beside "did not" is not under it
        (
            "Doyle did not name the mayor, but told delegates that the ferry should run.",
            "Doyle",
            "told",
            "the ferry should run",
        ),
        ("Officials continue to warn that the dam could fail.", "Officials", "warn", "the dam could fail"),
        # words in marks have no subject outside them
        (
            "After saying his knee was “so swollen I could not walk,” he was driven off.",
            "he",
            "saying",
            "his knee was “so swollen I could not walk,”",
        ),
        # who shall: behind "on", or as the subject of what is asked
        ("The union called on ministers to publish the survey.", "The union", "called", "to publish the survey"),
        ("He pleaded with the council not to close the baths.", "He", "pleaded", "not to close the baths"),
        ("The MP has called for the minister to resign.", "The MP", "called", "the minister to resign"),
        # a mixed clause whose comma stands inside the marks
        (
            "The council’s “preferred option was ‘doing nothing,’” Hale says.",
            "Hale",
            "says",
            "The council’s “preferred option was ‘doing nothing,’”",
        ),
        # how it was worded
        (
            "A judge divided the barn “lengthwise and literally,” as their lawyer put it.",
            "their lawyer",
            "put",
            "“lengthwise and literally,”",
        ),
    ],
)
def test_one_statement_is_read_from_the_order_of_words(extractor, text, source, cue, content):
    assert read(extractor, text) == [(source, cue, content)]


def test_a_nickname_in_a_name_does_not_part_a_quotation_from_its_cue(extractor):
    text = '"Keep at it, lads!" Dunn\'s sister, referee Paula "Pip" Dunn (Orrin RFC), shouted. "You are nearly there."'
    (statement,) = extractor.extract(Article(text, None))
    assert statement.cue(text) == "shouted"
    assert [span.of(text) for span in statement.content_spans] == ['"Keep at it, lads!"', '"You are nearly there."']


def test_a_quotation_that_ends_in_an_inner_one_is_whole(extractor):
    text = "‘We heard nothing of ‘temporary’ or ‘permanent,’’ Dinah Coe, a trustee at the lido, told the Courier."
    (statement,) = extractor.extract(Article(text, None))
    assert (statement.kind, statement.cue(text)) == (Kind.DIRECT, "told")


@pytest.mark.parametrize(
    "text",
    [
        "The company agreed to pay a fine to settle allegations that it had sold bad milk.",
        "A report published on Tuesday.",
        "Plans announced Monday by the council.",
        "Asked whether the mayor “has the will to act,” 75 percent of tenants said yes.",
        "He did not say or hint that the bridge would open.",
    ],
)
def test_these_say_nothing_that_could_be_listed(extractor, text):
    assert read(extractor, text) == []
