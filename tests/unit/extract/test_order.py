"""Statements that the order of words shows where a small parser loses the clause, the subject or the verb."""

from datetime import date

import pytest

from claimtrack.attribution import Kind
from claimtrack.extract import Article


def read(extractor, text):
    found = extractor.extract(Article(text, date(2026, 3, 12)))
    return [(s.source(text), s.cue(text), s.content(text)) for s in found]


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
        # a noun of saying, its clause and the verb that follows
        (
            "The Economic Council’s warning that the sums leave out rents went unanswered.",
            "The Economic Council’s",
            "warning",
            "the sums leave out rents",
        ),
        (
            "Her argument is that a minister who forgets rents has never paid one.",
            "Her",
            "argument",
            "a minister who forgets rents has never paid one",
        ),
        # "would say only" is said
        ("Innes would say only that it had involved biscuits.", "Innes", "say", "it had involved biscuits"),
        # a quotation to somebody, behind a comma
        (
            "Carson named nobody, but told his supporters, “our nation is in trouble. Why sit there?”",
            "Carson",
            "told",
            "“our nation is in trouble. Why sit there?”",
        ),
        # whom it was told in marks
        ("“We had one in March,” Hale told “Harbour Today” on Monday.", "Hale", "told", "“We had one in March,”"),
        # a pronoun that only a subject can be, a hearer's clause, and what a court was told
        ("She once joked she’d give her own mother a six.", "She", "joked", "she’d give her own mother a six"),
        ("The court was told Lamb had 14 convictions.", None, "told", "Lamb had 14 convictions"),
        ("The hearing was told of “a culture of fear”.", None, "told", "“a culture of fear”"),
        ("The singer, 34, is said to be ‘heartbroken’.", None, "said", "to be ‘heartbroken’"),
        # who writes to somebody, and who rules
        (
            "The firm emailed customers warning them not to open the link.",
            "The firm",
            "warning",
            "not to open the link",
        ),
        ("Judge Ana Marsh ruled that the ban was unlawful.", "Judge Ana Marsh", "ruled", "the ban was unlawful"),
        # what the writer adds: an act, another's words, where it comes from
        (
            "The judge said it was “the worst case of its kind” he had seen, and sent Lamb home.",
            "The judge",
            "said",
            "it was “the worst case of its kind” he had seen",
        ),
        (
            "The Ledger reported that Dunn was to quit, citing two people close to him.",
            "The Ledger",
            "reported",
            "Dunn was to quit",
        ),
        (
            "The striker hailed the fans as “the best in the world”.",
            "The striker",
            "hailed",
            "the fans as “the best in the world”",
        ),
        # who stands before an insertion, behind a quotation, or spoke before the comma
        ("Harrow, asked about his record, said: “I was never there.”", "Harrow", "said", "“I was never there.”"),
        (
            "“We were never there,” read the email.",
            "the email",
            "read",
            "“We were never there,”",
        ),
        (
            "Harrow put on a Scots accent and joked: “I was never there.”",
            "Harrow",
            "joked",
            "“I was never there.”",
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
        # the clause that a cue interrupts, and no other
        (
            "The Clean Air Office, Dorsey noted, had been invited.",
            "Dorsey",
            "noted",
            "The Clean Air Office had been invited",
        ),
        (
            "If she vetoes the bill, Crane said, the Senate will try to override her.",
            "Crane",
            "said",
            "If she vetoes the bill the Senate will try to override her",
        ),
        (
            "The clock stopped in May, and in those eleven minutes, he says, his daughter was born.",
            "he",
            "says",
            "in those eleven minutes his daughter was born",
        ),
        (
            "My sister tips the waiter because, she says, somebody’s child works there.",
            "she",
            "says",
            "somebody’s child works there",
        ),
        (
            "Not until the owner put it in writing, said Lee, would she believe it.",
            "Lee",
            "said",
            "Not until the owner put it in writing would she believe it",
        ),
        (
            "The caps come from a brand of beer, they write, and may be preferred “because they float.”",
            "they",
            "write",
            "The caps come from a brand of beer and may be preferred “because they float.”",
        ),
        # what the writer puts between or behind
        (
            "Lee said — and she had brought a chart — that children miss twice as many days.",
            "Lee",
            "said",
            "children miss twice as many days",
        ),
        (
            "The ministry has hinted that it will pay growers, though it has not said how much.",
            "The ministry",
            "hinted",
            "it will pay growers",
        ),
        (
            "A rep for Kit said he was ‘resting’, and Mona’s people refused to comment.",
            "A rep for Kit",
            "said",
            "he was ‘resting’",
        ),
        # a list of clauses with "that"
        (
            "Dorsey said that he’d signed nothing; that the permit was the state’s; and that it was “misread.”",
            "Dorsey",
            "said",
            "he’d signed nothing; that the permit was the state’s; and that it was “misread.”",
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


@pytest.mark.parametrize(
    ("turn", "source", "content"),
    [
        ("The minister, Iona Kerr, says she has three dates.", "The minister", "she has three dates"),
        ("You once told a conference that the rich are honest.", "You", "the rich are honest"),
        ("The judge told them to go home.", "The judge", "to go home"),
        ("My friends say they will study.", "My friends", "they will study"),
    ],
)
def test_second_hand_words_in_a_turn_are_listed(extractor, turn, source, content):
    text = f"CASTLE: What then?\n\nFRANCK: It was in May. {turn}\n\nCASTLE: I see."
    assert (source, content) in [(s, c) for s, _, c in read(extractor, text)]


@pytest.mark.parametrize(
    "turn",
    [
        "He says the roof leaks.",
        "They say it always did.",
        "People think and say that it leaks.",
        "As you said, it leaks.",
        "We find the labels of ‘sieve’ on it.",
    ],
)
def test_manners_of_speaking_in_a_turn_are_not(extractor, turn):
    text = f"CASTLE: What then?\n\nFRANCK: It was in May. {turn}\n\nCASTLE: I see."
    assert len(read(extractor, text)) == 3


def test_a_later_paragraph_of_a_turn_holds_second_hand_words(extractor):
    text = "CASTLE: What then?\n\nFRANCK: I rang.\n\nThe clerk told me, “It’s a creek.”\n\nCASTLE: I see."
    assert ("The clerk", "told", "“It’s a creek.”") in read(extractor, text)


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("The Treasury puts it at 27.", "puts", "it at 27"),
        ("She put the army’s losses at “fewer than ten.”", "put", "the army’s losses at “fewer than ten.”"),
        ("It blamed warm weather and ‘an unhelpful calendar’.", "blamed", "warm weather and ‘an unhelpful calendar’"),
        ("They blamed the fall on the weather.", "blamed", "the fall on the weather"),
        ("A driver admitted to following a duck for two miles.", "admitted", "following a duck for two miles"),
        ("Another picker described sleeping in a shed.", "described", "sleeping in a shed"),
        ("She dared the managing director to spend a night there.", "dared", "to spend a night there"),
        ("He denied claims that the firm was bankrupt.", "denied", "the firm was bankrupt"),
        ("The firm denied hiding anything.", "denied", "hiding anything"),
        ("The trust can confirm that the power failed.", "confirm", "the power failed"),
        ("She allowed that it contained the word.", "allowed", "it contained the word"),
        ("Ms Tarrant retorts that he gave up too soon.", "retorts", "he gave up too soon"),
        ("Researchers found that the bees had left.", "found", "the bees had left"),
        ("The leader has been called “a fossil” by his opponents.", "called", "“a fossil”"),
    ],
)
def test_acts_of_speech_have_the_content_their_frame_gives(extractor, text, cue, content):
    assert [(c, words) for _, c, words in read(extractor, text)] == [(cue, content)]


@pytest.mark.parametrize(
    "text",
    [
        "She put the kettle on at 5.",
        "The group blamed the council.",
        "He denies fraud.",
        "Fenn conceded nothing after the interval.",
        "The coach allowed the team to play.",
        "The team found they could not swim.",
        "Had he said last year what he says now, there would have been no letter.",
        "She disputed that account.",
        "A fan held up a sign reading ‘Bring back Barry’.",
        "They promised my mother that boat.",
        "Bishop: no comment on swan",
        "The minister announced a ban.",
        "The agency threatened legal action.",
    ],
)
def test_the_same_verbs_without_words_are_no_statement(extractor, text):
    assert read(extractor, text) == []


@pytest.mark.parametrize(
    ("headline", "source", "cue", "content"),
    [
        ("Nurses to strike over parking, says union", "union", "says", "Nurses to strike over parking"),
        ("Statue of hurler’s dog to stay, board rules", "board", "rules", "Statue of hurler’s dog to stay"),
        ("Pickers paid in coffee, rights group finds", "rights group", "finds", "Pickers paid in coffee"),
    ],
)
def test_headlines_name_who_says_so_behind_a_comma(extractor, headline, source, cue, content):
    assert read(extractor, f"{headline}\n\nThe gates were shut at noon.") == [(source, cue, content)]


def test_a_sentence_whose_end_stands_behind_its_marks_goes_on_the_speech(extractor):
    text = "Hale said the danger was real. “There have been doubters, but most are in support” of the findings."
    assert read(extractor, text)[1] == (
        None,
        None,
        "“There have been doubters, but most are in support” of the findings",
    )


def test_the_words_on_a_sign_are_nobodys_and_what_it_says_indirectly_is_its_own(extractor):
    assert read(extractor, "The posters say “Be our guest.”") == []
    assert read(extractor, "The sign says that the town is shut.") == [("The sign", "says", "the town is shut")]


def test_anothers_words_behind_while_are_another_statement(extractor):
    text = "Roth argued there was no evidence, while the defence maintained the lock had been forced."
    assert [words for _, _, words in read(extractor, text)] == ["there was no evidence", "the lock had been forced"]


def test_a_participle_behind_a_comma_goes_on_the_speaker_before_it(extractor):
    text = "“He could never be as free as she was,” Hale said, recalling her own case: “I was not sure he minded.”"
    assert [(source, cue) for source, cue, _ in read(extractor, text)] == [("Hale", "said"), ("Hale", "recalling")]
