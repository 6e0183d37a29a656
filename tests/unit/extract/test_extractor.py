"""What the extractor reads from short texts in every style: each case is a rule of grammar, not a sentence of news."""

from datetime import date

import pytest

from claimtrack.attribution import Kind, SpeakerKind
from claimtrack.extract import Article


def read(extractor, text):
    return extractor.extract(Article(text, date(2026, 3, 12)))


def only(extractor, text):
    found = read(extractor, text)
    assert len(found) == 1, [(s.rule, s.content(text)) for s in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "kind", "content", "source", "cue"),
    [
        # Quotations: before, after and around the cue; in every kind of mark; inverted order.
        ("“The roof leaks,” Ana Ruiz said.", Kind.DIRECT, "“The roof leaks,”", "Ana Ruiz", "said"),
        ("“The roof leaks,” said Ana Ruiz.", Kind.DIRECT, "“The roof leaks,”", "Ana Ruiz", "said"),
        ("‘The roof leaks’, said Ana Ruiz.", Kind.DIRECT, "‘The roof leaks’", "Ana Ruiz", "said"),
        ('Ana Ruiz said: "The roof leaks."', Kind.DIRECT, '"The roof leaks."', "Ana Ruiz", "said"),
        ("«The roof leaks», said Ana Ruiz.", Kind.DIRECT, "«The roof leaks»", "Ana Ruiz", "said"),
        ("“It leaks,” said Ana Ruiz, a plumber. “Badly.”", Kind.DIRECT, "“It leaks,” “Badly.”", "Ana Ruiz", "said"),
        ("“It leaks,” she said, “and badly.”", Kind.DIRECT, "“It leaks,” “and badly.”", "she", "said"),
        # Reported clauses: after, before and around the cue.
        ("Ana Ruiz said that the roof leaks.", Kind.INDIRECT, "the roof leaks", "Ana Ruiz", "said"),
        ("The roof leaks, Ana Ruiz said.", Kind.INDIRECT, "The roof leaks", "Ana Ruiz", "said"),
        ("The roof, Ana Ruiz said, leaks badly.", Kind.INDIRECT, "The roof leaks badly", "Ana Ruiz", "said"),
        ("Ana Ruiz told reporters the roof leaks.", Kind.INDIRECT, "the roof leaks", "Ana Ruiz", "told"),
        ("Ana Ruiz said the roof is “a sieve”.", Kind.MIXED, "the roof is “a sieve”", "Ana Ruiz", "said"),
        ("According to Ana Ruiz, the roof leaks.", Kind.INDIRECT, "the roof leaks", "Ana Ruiz", "According to"),
        ("The roof leaks, according to Ana Ruiz.", Kind.INDIRECT, "The roof leaks", "Ana Ruiz", "according to"),
        ("As Ana Ruiz put it, the roof leaks.", Kind.INDIRECT, "the roof leaks", "Ana Ruiz", "put"),
        # Acts of speech with a said content.
        ("Ana Ruiz vowed to mend the roof.", Kind.INDIRECT, "to mend the roof", "Ana Ruiz", "vowed"),
        ("Ana Ruiz urged tenants to wait.", Kind.INDIRECT, "to wait", "Ana Ruiz", "urged"),
        ("Ana Ruiz accused Tom Hale of lying.", Kind.INDIRECT, "lying", "Ana Ruiz", "accused"),
        ("Ana Ruiz criticised Tom Hale for leaving.", Kind.INDIRECT, "leaving", "Ana Ruiz", "criticised"),
        ("Ana Ruiz denied that the roof leaks.", Kind.INDIRECT, "the roof leaks", "Ana Ruiz", "denied"),
        ("Ana Ruiz called the roof “a sieve”.", Kind.MIXED, "the roof “a sieve”", "Ana Ruiz", "called"),
    ],
)
def test_one_cue_makes_one_statement(extractor, text, kind, content, source, cue):
    statement = only(extractor, text)
    assert (statement.kind, statement.content(text), statement.source(text), statement.cue(text)) == (
        kind,
        content,
        source,
        cue,
    )


@pytest.mark.parametrize(
    "text",
    [
        "Ana Ruiz did not say that the roof leaks.",
        "Ana Ruiz declined to comment.",
        "Ana Ruiz did not respond to questions.",
        "Ana Ruiz will say on Friday that the roof leaks.",
        "Ana Ruiz is expected to say that the roof leaks.",
        "If Ana Ruiz says that the roof leaks, the board will meet.",
        "Nobody said that the roof leaks.",
        "Ana Ruiz asked whether the roof leaks.",
        "Ana Ruiz welcomed the new roof.",
        "Ana Ruiz hopes that the roof holds.",
        "The so-called “people’s roof” was built in 1950.",
        "The band played “A Long Way Home” at the end.",
        "The roof leaks and the floor is wet.",
    ],
)
def test_what_nobody_said_is_no_statement(extractor, text):
    assert read(extractor, text) == []


def test_a_participle_makes_a_second_statement_of_the_same_source(extractor):
    text = "Ana Ruiz said that the roof leaks, adding that the floor is wet."
    assert [(s.content(text), s.source(text), s.cue(text)) for s in read(extractor, text)] == [
        ("the roof leaks", "Ana Ruiz", "said"),
        ("the floor is wet", "Ana Ruiz", "adding"),
    ]


def test_two_verbs_of_saying_share_their_subject(extractor):
    text = "Ana Ruiz acknowledged that the work would hurt the shops but insisted that there was no other way."
    assert [(s.content(text), s.speaker) for s in read(extractor, text)] == [
        ("the work would hurt the shops", "Ana Ruiz"),
        ("there was no other way", "Ana Ruiz"),
    ]


def test_a_floating_quotation_is_a_statement_of_its_own_with_the_speaker_carried_over(extractor):
    text = "Ana Ruiz said that the roof leaks. “It always has.”"
    _, floating = read(extractor, text)
    assert (floating.content(text), floating.source_span, floating.cue_span, floating.speaker) == (
        "“It always has.”",
        None,
        None,
        "Ana Ruiz",
    )


def test_a_quotation_over_paragraphs_is_one_statement(extractor):
    text = "Ana Ruiz remembered the flood.\n\n“The water came at night.\n\n“By noon it had gone,” she said."
    statement = only(extractor, text)
    assert [span.of(text) for span in statement.content_spans] == [
        "“The water came at night.",
        "“By noon it had gone,”",
    ]
    assert statement.speaker == "Ana Ruiz"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("‘The roof leaks like a sieve’ – council", "council"),
        ("“The roof leaks like a sieve.” — Ana Ruiz, plumber", "Ana Ruiz"),
        ("Vicar: ‘The roof leaks like a sieve’", "Vicar"),
    ],
)
def test_a_dash_or_colon_names_the_speaker_of_a_headline(extractor, text, speaker):
    statement = only(extractor, text)
    assert statement.kind is Kind.DIRECT
    assert statement.speaker == speaker
    assert statement.cue_span is None


def test_labelled_turns_are_statements_of_the_fullest_name(extractor):
    text = (
        "The hearing was chaired by Sen. Ana Rivera.\n\nSEN. RIVERA: Does the roof leak?\n\n"
        "MR. HALE: It does. It always has."
    )
    asked, answered = read(extractor, text)
    assert (asked.speaker, asked.question, asked.source(text)) == ("Ana Rivera", True, "SEN. RIVERA")
    assert (answered.content(text), answered.question) == ("It does. It always has.", False)


def test_answers_are_the_interviewees_and_questions_nobodys(extractor):
    text = "Ana Ruiz mends roofs.\n\nQ: Does it leak?\n\nA: It does.\n\nQ: Badly?\n\nA: Like a sieve."
    assert [(s.content(text), s.speaker) for s in read(extractor, text)] == [
        ("It does.", "Ana Ruiz"),
        ("Like a sieve.", "Ana Ruiz"),
    ]


def test_a_block_quotation_takes_source_and_cue_from_its_announcement(extractor):
    text = "The harbour board replied within the hour:\n\n> We are sorry about the roof.\n\nThe rain went on."
    statement = only(extractor, text)
    assert (statement.content(text), statement.source(text), statement.cue(text)) == (
        "We are sorry about the roof.",
        "The harbour board",
        "replied",
    )


def test_second_hand_words_keep_who_reported_them(extractor):
    text = "“Tom Hale told me that the roof had leaked,” said Ana Ruiz."
    found = {s.speaker: s.via for s in read(extractor, text)}
    assert found == {"Ana Ruiz": None, "Tom Hale": "Ana Ruiz"}


def test_what_a_court_heard_has_no_speaker(extractor):
    text = "The court heard that the roof was sold in March."
    statement = only(extractor, text)
    assert (statement.content(text), statement.cue(text), statement.speaker) == (
        "the roof was sold in March",
        "heard",
        None,
    )
    assert statement.why


@pytest.mark.parametrize(
    ("text", "speaker", "kind"),
    [
        (
            "Ana Ruiz met Tom Hale. She said that the roof leaks.",
            "Ana Ruiz",
            SpeakerKind.PERSON,
        ),
        (
            "Environment minister Ana Ruiz met Tom Hale. The minister said that the roof leaks.",
            "Ana Ruiz",
            SpeakerKind.PERSON,
        ),
        (
            "Ana Ruiz, 54, met Tom Hale, 33. The 54-year-old said that the roof leaks.",
            "Ana Ruiz",
            SpeakerKind.PERSON,
        ),
        (
            "Mayor Ana Ruiz came late. Ruiz said that the roof leaks.",
            "Ana Ruiz",
            SpeakerKind.PERSON,
        ),
        (
            "Its head, Ana Ruiz, said that the roof leaks.",
            "Ana Ruiz",
            SpeakerKind.PERSON,
        ),
        (
            "Halmouth City Council met on Monday. The council said that the roof leaks.",
            "Halmouth City Council",
            SpeakerKind.ORGANIZATION,
        ),
        (
            "The audit report said that the roof leaks.",
            "The audit report",
            SpeakerKind.DOCUMENT,
        ),
        (
            "A person familiar with the plan said that the roof leaks.",
            "A person familiar with the plan",
            SpeakerKind.UNNAMED,
        ),
    ],
)
def test_the_speaker_is_the_fullest_name_in_the_document(extractor, text, speaker, kind):
    statement = read(extractor, text)[-1]
    assert (statement.speaker, statement.speaker_kind) == (speaker, kind)


def test_two_people_with_one_surname_are_kept_apart(extractor):
    text = (
        "Nora Vint and her brother Tom Vint own the barn.\n\nMs Vint said that the roof leaks.\n\n"
        "Mr Vint said that the floor is wet."
    )
    assert [s.speaker for s in read(extractor, text)] == ["Nora Vint", "Tom Vint"]


def test_a_spokeswoman_speaks_for_somebody(extractor):
    text = "A spokeswoman for Halmouth Council said that the roof leaks."
    statement = only(extractor, text)
    assert (statement.speaker_kind, statement.speaker_for) == (SpeakerKind.UNNAMED, "Halmouth Council")


def test_nobody_is_named_where_the_text_names_nobody(extractor):
    text = "He said that the roof leaks."
    statement = only(extractor, text)
    assert statement.speaker is None
    assert "He" in statement.why
    assert statement.confidence < 0.5


def test_quoted_fragments_are_told_inside_a_mixed_content(extractor):
    text = "Ana Ruiz said the roof is “a sieve” and the floor “a pond”."
    statement = only(extractor, text)
    assert [span.of(text) for span in statement.quoted_spans] == ["“a sieve”", "“a pond”"]


def test_a_named_speaker_is_surer_than_a_carried_one(extractor):
    text = "Ana Ruiz said that the roof leaks. “It always has.”"
    named, carried = read(extractor, text)
    assert named.confidence > carried.confidence


def test_articles_come_out_in_their_order(extractor):
    texts = [f"Ana Ruiz said that berth {n} is shut." for n in range(5)]
    found = list(extractor.extract_all(Article(text) for text in texts))
    assert [s[0].content(text) for s, text in zip(found, texts, strict=True)] == [
        f"berth {n} is shut" for n in range(5)
    ]


def test_an_empty_text_has_no_statements(extractor):
    assert read(extractor, "") == []
