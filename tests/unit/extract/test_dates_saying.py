"""Which date expression dates the saying; sentences as the parser reads them."""

from datetime import date
from functools import cache

import pytest
from spacy.language import Language
from spacy.tokens import Token

from claimtrack.attribution import DateBasis, Span
from claimtrack.extract import parse
from claimtrack.extract.dates import DateReading, date_of_saying, read_timeline

TUESDAY = date(2025, 2, 18)


@cache
def parser() -> Language:
    return parse.load()


def said(
    text: str, cue: str, content: str = "", *, published: date | None = TUESDAY, previous: DateReading | None = None
) -> DateReading:
    """Reading of the statement whose cue and content are the first such words of `text`."""
    doc = parser()(text)
    token: Token = next(t for t in doc if t.idx == text.index(cue))
    spans = [Span(text.index(content), text.index(content) + len(content))] if content else []
    timeline = read_timeline(text, published)
    return date_of_saying(token.sent, token, spans, timeline, previous=previous)


@pytest.mark.parametrize(
    ("text", "cue", "content", "words"),
    [
        ("Orr said on Monday that the port was shut.", "said", "the port was shut", "on Monday"),
        ("Orr said Monday the port was shut.", "said", "Monday the port was shut", "Monday"),
        ("Orr told them at the gate Monday the port was shut.", "told", "Monday the port was shut", "Monday"),
        ("“It is shut,” Orr said on Monday.", "said", "“It is shut,”", "on Monday"),
        ("On Monday, Orr said that the port was shut.", "said", "the port was shut", "On Monday"),
        ("Orr on Monday accused the board of lying.", "accused", "lying", "on Monday"),
        ("“It is shut,” said Hesper Orr on Monday.", "said", "“It is shut,”", "on Monday"),
        ("In a letter dated Monday, Orr wrote that the port was shut.", "wrote", "the port was shut", "Monday"),
        ("Speaking on Monday, Orr said the port was shut.", "said", "the port was shut", "on Monday"),
        ("Orr rejected the charge on Monday, saying she was ill.", "saying", "she was ill", "on Monday"),
        ("Orr issued a statement on Monday saying she was ill.", "saying", "she was ill", "on Monday"),
        ("It was on Monday that Orr admitted she was ill.", "admitted", "she was ill", "on Monday"),
        ("A report released on Monday said the port was unsafe.", "said", "the port was unsafe", "on Monday"),
        ("According to Orr, who spoke on Monday, the port is shut.", "According", "the port is shut", "on Monday"),
        ("At Monday’s hearing, Orr said she was ill.", "said", "she was ill", "At Monday’s hearing"),
        ("Orr promised Monday to close the port.", "promised", "to close the port", "Monday"),
        ("Orr told a Monday meeting that she was ill.", "told", "she was ill", "Monday"),
        ("At a meeting held on Monday, Orr said she was ill.", "said", "she was ill", "on Monday"),
        ("A letter dated Monday says she was ill.", "says", "she was ill", "Monday"),
        ("He spoke at Monday’s rally, where he said she was ill.", "said", "she was ill", "at Monday’s rally"),
        ("Late Monday Ms Orr promised to close it.", "promised", "to close it", "Late Monday"),
    ],
)
def test_a_date_that_belongs_to_the_saying_dates_it(text: str, cue: str, content: str, words: str) -> None:
    reading = said(text, cue, content)
    assert (reading.said_on, reading.words, reading.basis) == ("2025-02-17", words, DateBasis.TEXT)
    assert reading.span is not None
    assert reading.span.of(text) == words


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("Orr said the talks begin on Monday.", "said", "the talks begin on Monday"),
        ("“We met on Monday,” Orr said.", "said", "“We met on Monday,”"),
        ("In 2019 Orr says she was ill.", "says", "she was ill"),
        ("In a letter about Monday’s vote, Orr said she was ill.", "said", "she was ill"),
        ("The 2019 winner resigned, saying she was ill.", "saying", "she was ill"),
        ("The mayor left on Monday while Orr said she was ill.", "said", "she was ill"),
        ("Orr condemned Monday’s attack, saying it was vile.", "saying", "it was vile"),
        ("Orr said Monday was too late.", "said", "Monday was too late"),
        ("Orr said Monday’s vote was a farce.", "said", "Monday’s vote was a farce"),
        ("Orr will say on Monday that it is shut.", "say", "it is shut"),
        ("Orr, who resigned on Monday, said she was ill.", "said", "she was ill"),
        ("A driver hurt on Monday said the brakes had failed.", "said", "the brakes had failed"),
        ("“It is shut,” said Tim Orr, a candidate in 2019.", "said", "“It is shut,”"),
        ("Of Monday’s vote, Orr said only: “No.”", "said", "“No.”"),
        ("Asked about Monday’s fire, Orr said she was ill.", "said", "she was ill"),
        ("Looking back to 2019, Orr said she had been ill.", "said", "she had been ill"),
        ("Orr, elected in 2019, said she was ill.", "said", "she was ill"),
        ("Elected in 2019, Orr said she was ill.", "said", "she was ill"),
        ("Orr is urging calm after Monday as he highlights his win in 2019.", "highlights", "his win"),
        ("As reported by Orr, last year the port was shut.", "reported", "the port was shut"),
        ("Orr, who is to speak tomorrow, said she was ill.", "said", "she was ill"),
        ("The gate broke on Monday, and Orr said that she was ill.", "said", "she was ill"),
    ],
)
def test_a_date_of_something_else_leaves_the_saying_to_the_article(text: str, cue: str, content: str) -> None:
    reading = said(text, cue, content)
    assert (reading.said_on, reading.basis) == ("2025-02-18", DateBasis.ARTICLE)
    assert (reading.words, reading.span) == (None, None)


@pytest.mark.parametrize(
    ("text", "cue", "content", "edtf"),
    [
        ("After Friday’s vote, Orr said she was ill.", "said", "she was ill", "2025-02-14/2025-02-18"),
        ("After they met on Friday, Orr said she was ill.", "said", "she was ill", "2025-02-14/2025-02-18"),
        ("Responding to Friday’s vote, Orr said she was ill.", "said", "she was ill", "2025-02-14/2025-02-18"),
        ("Having resigned on Friday, Orr said she was ill.", "said", "she was ill", "2025-02-14/2025-02-18"),
        ("In a speech before Friday’s vote, Orr had said she was ill.", "said", "she was ill", "../2025-02-14"),
        ("Before Friday’s match, Orr said she was ill.", "said", "she was ill", "../2025-02-18"),
        ("In an interview that was aired on Friday, Orr said she was ill.", "said", "she was ill", "../2025-02-14"),
        ("Orr resigned on Friday after telling friends she was ill.", "telling", "she was ill", "../2025-02-14"),
        ("Orr met them on Friday before saying she was ill.", "saying", "she was ill", "2025-02-14/2025-02-18"),
        ("In an interview broadcast on Friday, Orr said she was ill.", "said", "she was ill", "../2025-02-14"),
    ],
)
def test_before_and_after_make_an_interval(text: str, cue: str, content: str, edtf: str) -> None:
    assert said(text, cue, content).said_on == edtf


def test_the_date_nearest_to_the_cue_wins_over_one_that_another_verb_lends() -> None:
    reading = said("Orr backed it in June, telling them in May that she was ill.", "telling", "she was ill")
    assert reading.said_on == "2024-05"


def test_two_dates_that_do_not_agree_leave_the_day_open_and_say_why() -> None:
    reading = said("On Friday on Monday Orr said she was ill.", "said", "she was ill")
    assert (reading.said_on, reading.basis) == (None, None)
    assert "two dates" in (reading.why or "")


def test_of_two_dates_that_agree_the_narrower_counts() -> None:
    assert said("Last week, on Wednesday, Orr said she was ill.", "said", "she was ill").said_on == "2025-02-12"


def test_at_the_time_is_open_unless_the_document_dates_the_event() -> None:
    reading = said("“It was right,” Orr said at the time.", "said", "“It was right,”")
    assert (reading.said_on, reading.words, reading.basis) == (None, "at the time", None)
    assert "at the time" in (reading.why or "")
    assert (
        said("The mine shut in 2019. “It was right,” Orr said at the time.", "said", "“It was right,”").said_on
        == "2019"
    )


MONDAY = DateReading("2025-02-17", "on Monday", DateBasis.TEXT, "date.weekday", None, Span(9, 18))


def test_added_goes_on_with_the_date_before_it() -> None:
    reading = said("She added that the port was shut.", "added", "the port was shut", previous=MONDAY)
    assert (reading.said_on, reading.words, reading.basis) == ("2025-02-17", "on Monday", DateBasis.TEXT)
    assert reading.rule == "date.continued"


def test_a_participle_in_the_same_sentence_goes_on_with_the_date_before_it() -> None:
    text = "Orr said on Monday that the board had refused, calling it a farce."
    assert said(text, "calling", "it a farce", previous=MONDAY).said_on == "2025-02-17"


def test_a_plain_she_said_keeps_the_day_of_the_occasion() -> None:
    reading = said("She said that the port was shut.", "said", "the port was shut", previous=MONDAY)
    assert (reading.said_on, reading.rule) == ("2025-02-17", "date.continued")


@pytest.mark.parametrize(
    "text",
    [
        "She has said that the port was shut.",
        "She had said that the port was shut.",
        "She says that the port was shut.",
        "She said in a letter that the port was shut.",
    ],
)
def test_another_occasion_does_not_go_on_with_the_date_before_it(text: str) -> None:
    cue = next(word for word in ("said", "says") if word in text)
    assert said(text, cue, "the port was shut", previous=MONDAY).basis is DateBasis.ARTICLE


@pytest.mark.parametrize("edtf", ["2024", "2024-05", "../2025-02-18", "2025-02-10/2025-02-16"])
def test_what_is_not_dated_to_the_day_is_handed_on_by_added_alone(edtf: str) -> None:
    before = DateReading(edtf, "then", DateBasis.TEXT, "date.period", None, Span(0, 4))
    assert said("She said that it was shut.", "said", "it was shut", previous=before).basis is DateBasis.ARTICLE
    assert said("She added that it was shut.", "added", "it was shut", previous=before).said_on == edtf


def test_a_date_of_its_own_wins_over_the_one_before() -> None:
    assert (
        said("She added on Friday that it was shut.", "added", "it was shut", previous=MONDAY).said_on == "2025-02-14"
    )


def test_a_floating_quotation_goes_on_and_an_article_date_is_not_handed_down() -> None:
    timeline = read_timeline("“No.”", TUESDAY)
    assert date_of_saying(None, None, [Span(0, 5)], timeline, previous=MONDAY).said_on == "2025-02-17"
    reported = date_of_saying(None, None, [Span(0, 5)], timeline)
    assert date_of_saying(None, None, [Span(0, 5)], timeline, previous=reported) == reported
    assert reported.basis is DateBasis.ARTICLE


def test_an_open_date_stays_open_for_what_goes_on() -> None:
    opened = DateReading(None, "at the time", None, "date.at_the_time", "Not dated.", Span(0, 11))
    reading = said("She added that the port was shut.", "added", "the port was shut", previous=opened)
    assert (reading.said_on, reading.basis, reading.why) == (None, None, "Not dated.")


def test_without_any_date_the_reading_says_so() -> None:
    reading = said("Orr said on Monday that it was shut.", "said", "it was shut", published=None)
    assert (reading.said_on, reading.basis) == (None, None)
    assert "no date" in (reading.why or "")
    assert said("Orr said it was shut.", "said", "it was shut", published=None).why == "The document has no date."


def test_a_sentence_parsed_alone_is_read_at_its_place_in_the_document() -> None:
    before, sentence = "He left in 2019.\n\n", "Orr said on Monday that it was shut."
    doc = parser()(sentence)
    timeline = read_timeline(before + sentence, TUESDAY)
    base = len(before)
    reading = date_of_saying(doc[:], doc[1], [Span(base + 24, base + 35)], timeline, base=base)
    assert reading.said_on == "2025-02-17"
    assert reading.span == Span(base + 9, base + 18)


@pytest.mark.parametrize(
    "text", ["said", "said said said on Monday said", "Monday said.", "(said) — on, of by Monday’s’s"]
)
def test_broken_sentences_are_read_without_an_error(text: str) -> None:
    doc = parser()(text)
    timeline = read_timeline(text, TUESDAY)
    for token in doc:
        assert date_of_saying(doc[:], token, [], timeline).rule.startswith("date.")


def test_nothing_is_said_until_a_day():
    reading = said("Orr, on loan until May, told them the port was shut.", "told", "the port was shut")
    assert reading.basis is DateBasis.ARTICLE


@pytest.mark.parametrize(
    ("text", "cue", "day"),
    [
        ("On 10 February Orr told the board that the port was shut.", "told", "2025-02-10"),
        ("In January Mrs Orr said that the port was shut.", "said", "2025-01"),
        ("A report by engineers, published last month, said the port was shut.", "said", "2025-01"),
    ],
)
def test_a_date_before_a_name_and_a_papers_own_date_are_read(text, cue, day):
    assert said(text, cue, "the port was shut").said_on == day
