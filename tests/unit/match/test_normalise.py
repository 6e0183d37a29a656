import pytest

from claimtrack.match.normalise import normalise


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It’s “over”", "it's over"),
        ("We can't go", "We cannot go"),
        ("We won’t", "we will not"),
        ("They’re gonna stay", "they are going to stay"),
        ("dont go", "do not go"),
        ("He'd been there", "He had been there"),
        ("He'd go there", "He would go there"),
        ("It's been years", "It has been years"),
        ("She's never been there", "She has never been there"),
        ("I'd've gone", "I would have gone"),
        ("Let's go", "let us go"),
        ("the café", "the cafe"),
        ("the ﬁrst", "the first"),
        ("zero\u200bwidth", "zerowidth"),
        ("soft\u00adhyphen", "softhyphen"),
        ("R&amp;D &#8220;now&#8221;", "R&D “now”"),
        ("fish &amp; chips", "fish and chips"),
        ("Sen. Moss", "Senator Moss"),
        ("Mr. Lind", "Mister Lind"),
        ("the U.S. army", "the US army"),
        ("organised colour", "organized color"),
        ("a well-known man", "a well known man"),
        ("[T]he mayor agree[d]", "the mayor agreed"),
        ("a grate [sic] day", "a grate day"),
        ('"We won," she said, "by a mile"', "We won by a mile"),
        ("“We won,” she said.", "We won"),
        ('We stick to the," he added.," she said. ""rules of the day', "We stick to the rules of the day"),
        ('We lost the ... he said. "and went home', "We lost the ... and went home"),
        ("THE MAYOR", "the mayor"),
    ],
)
def test_two_printed_forms_have_the_same_keys(one, other):
    assert normalise(one).keys == normalise(other).keys


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("we can go", "we can't go"),
        ("filled the form", "filed the form"),
        ("four boats", "for boats"),
        ("15 percent", "15 percentage points"),
        ("5 pounds", "5 lbs"),
        ("the first day", "the second day"),
        ("he said nothing", "he said something"),
        ("a prize", "a price"),
        ("He called it “fine” and said nothing", "He called it fine"),
        ('We think," he did not say, "that we won', "We think that we won"),
    ],
)
def test_different_words_keep_different_keys(one, other):
    assert normalise(one).keys != normalise(other).keys


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("$2.5m", "2500000 dollars"),
        ("2,500,000 dollars", "2500000 dollars"),
        ("two and a half million dollars", "2500000 dollars"),
        ("US$3bn", "3000000000 dollars"),
        ("A$3", "3 australian-dollars"),
        ("£900", "900 pounds"),
        ("15 %", "15 percent"),
        ("fifteen per cent", "15 percent"),
        ("15 percentage points", "15 percentage points"),
        ("15pp", "15 percentage points"),
        ("twenty-five", "25"),
        ("one hundred and twenty", "120"),
        ("twelve hundred", "1200"),
        ("nineteen eighty-four", "1984"),
        ("a dozen", "12"),
        ("two dozen eggs", "24 eggs"),
        ("half a million", "500000"),
        ("a quarter of a million", "250000"),
        ("two point five", "2.5"),
        ("ten and a half", "10.5"),
        ("two-thirds", "2/3"),
        ("one half", "half"),
        ("the twenty-first", "the 21st"),
        ("12 March", "march 12"),
        ("the 12th of March", "march 12"),
        ("March 12th", "march 12"),
        ("3 p.m.", "15:00"),
        ("3pm", "15:00"),
        ("9:30 p.m.", "21:30"),
        ("12 a.m.", "0:00"),
        ("four o'clock", "4:00"),
        ("20-30 boats", "20 to 30 boats"),
        ("between 20 and 30 boats", "20 to 30 boats"),
        ("from five to ten", "5 to 10"),
        ("the '90s", "the 1990s"),
        ("the nineties", "the 1990s"),
        ("a 10-year lease", "a 120 months lease"),
        ("5km", "5000 meters"),
        ("five kilometres", "5000 meters"),
        ("two kilos of it", "2000 grams of it"),
        ("40,000 metric tons", "40000000000 grams"),
        ("three feet", "36 inches"),
        ("20 sq km", "20000000 square-meters"),
        ("80 km/h", "80 kilometers-an-hour"),
        ("100 miles per hour", "100 miles-an-hour"),
        ("30°C", "30 degrees celsius"),
        ("an hour and a half", "5400 seconds"),
        ("half an hour", "1800 seconds"),
        ("a year ago", "12 months ago"),
        ("400 dollars a year", "400 dollars a year"),
        ("once a week", "once a week"),
        ("80¢", "80 cents"),
        ("80p", "80 pence"),
        ("half our boats", "50 percent of our boats"),
        ("a quarter of the boats", "25 percent of the boats"),
        ("two thirds of the boats", "2/3 of the boats"),
        ("2½ million", "2500000"),
        ("a million and a half", "1500000"),
        ("the nineteen-eighties", "the 1980s"),
        ("three in the afternoon", "15:00"),
        ("half past nine in the evening", "21:30"),
        ("a quarter to five", "4:45"),
        ("at 15.30 sharp", "at 15:30 sharp"),
        ("at 3.5 percent", "at 3.5 percent"),
        ("12 noon", "12:00"),
        ("noon", "12:00"),
        ("30 seconds", "30 seconds"),
        ("it is -5 now", "it is minus 5 now"),
        ("COVID-19", "covid 19"),
        ("9/11", "9/11"),
        ("G20", "g20"),
        ("10k", "10000"),
        ("you may 5 times", "you may 5 times"),
        ("a second thing", "a 2nd thing"),
    ],
)
def test_numbers_units_dates_and_times_have_one_form(text, keys):
    assert " ".join(normalise(text).keys) == keys


def test_a_gap_remembers_where_it_stood_and_what_was_in_the_bracket():
    words = normalise("We will ... sign [the treaty] in May")
    assert [(gap.at, gap.keys, gap.bracket) for gap in words.gaps] == [(2, (), False), (3, ("the", "treaty"), True)]


@pytest.mark.parametrize(
    ("text", "gaps"),
    [
        ("a […] b", 1),
        ("a [...] b", 1),
        ("a ... b", 1),
        ("a . . . b", 1),
        ("a [applause] b", 0),
        ("a (laughs) b", 0),
        ("a [the] b", 1),
    ],
)
def test_ellipses_in_any_form_are_gaps_and_stage_business_is_none(text, gaps):
    words = normalise(text)
    assert (words.keys, len(words.gaps)) == (("a", "b"), gaps)


def test_a_gap_behind_a_merged_number_keeps_its_place():
    words = normalise("It cost 2.5 million dollars ... in May")
    assert words.keys[words.gaps[0].at] == "in"


@pytest.mark.parametrize(
    ("text", "mark"), [("Who?", "?"), ("Now.”", "."), ("Stop!!", "!"), ("no mark", ""), ("A? B.", ".")]
)
def test_the_closing_mark_is_the_last_one(text, mark):
    assert normalise(text).end_mark == mark


def test_capitals_count_inside_a_sentence_only_and_not_in_shouting():
    assert normalise("The mayor met Ada. Then she left").capitals == (False, False, False, True, False, False, False)
    assert not any(normalise("THE MAYOR MET ADA").capitals)


def test_pauses_tell_commas_from_ends_of_sentences_but_not_abbreviations():
    assert normalise("Yes, Mr. Lind. Go").pauses == (2, 1, 0, 2)


@pytest.mark.parametrize(
    "text", ["", " ", "…", "[…]", "“”", "\u202e\u200b", "$", "-", "&", "&#0;", "\udc80 lone", "\x00"]
)
def test_texts_without_words_have_no_keys_and_do_not_fail(text):
    assert set(normalise(text).keys) <= {"lone", "and"}
