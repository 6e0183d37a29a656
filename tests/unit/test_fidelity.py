import pytest

from claimtrack.fidelity import Change, Fidelity, Record, answer, check_lines, check_quote, word_diff
from claimtrack.match.normalise import normalise

TREATY = Record(
    "t", "We will sign the treaty in May, unless the audit fails.", "Ada Moss", "2025-03-01", is_primary=True
)
FERRY = Record("f", "The old ferry carried nine hundred people, and none of them paid.", "Ben Lind", "2024-07-09")


def test_differences_are_told_in_the_words_as_printed():
    alleged = normalise("We’ll sign a treaty in June")
    recorded = normalise("We will sign the treaty in May")
    assert word_diff(alleged, recorded) == (Change("replace", "a", "the"), Change("replace", "June", "May"))


@pytest.mark.parametrize(
    ("alleged", "speaker", "fidelity", "changed"),
    [
        (TREATY.text, "Moss", "verbatim", []),
        (f"“{TREATY.text}”", "", "verbatim", []),
        ("we will sign the treaty in may — unless the audit fails!", "Moss", "typography", []),
        ("We will sign the treaty in May", "Moss", "cut", [("drop", "", "unless the audit fails")]),
        ("We will not sign the treaty in May, unless the audit fails", "", "altered", [("add", "not", "")]),
        ("We signed the treaty in May, unless the audit fails", "", "altered", [("replace", "signed", "will sign")]),
        (TREATY.text, "Ben Lind", "wrong_speaker", []),
        ("Nothing of all this was ever recorded", "Moss", "not_found", []),
        ("", "Moss", "not_found", []),
    ],
)
def test_verdict_and_what_changed(alleged, speaker, fidelity, changed):
    (found,) = check_lines(
        [{"id": 1, "alleged": alleged, "alleged_speaker": speaker}],
        [{"id": one.id, "text": one.text, "speaker": one.speaker, "date": one.date} for one in (TREATY, FERRY)],
    )
    assert found["fidelity"] == fidelity
    assert [(one["op"], one["alleged"], one["recorded"]) for one in found["changed"]] == changed


def test_a_cut_that_limits_the_sense_rings_an_alarm_and_another_does_not():
    assert check_quote("We will sign the treaty in May", None, [TREATY]).alarm == "clip ends before 'unless'"
    assert check_quote("The old ferry carried nine hundred people", None, [FERRY]).alarm is None


def test_a_negation_that_vanished_without_a_mark_is_altered_and_behind_an_ellipsis_cut():
    record = Record(1, "We will not pay the ransom for the crew.", None)
    assert check_quote("We will pay the ransom for the crew", None, [record]).fidelity is Fidelity.ALTERED
    dotted = check_quote("We will ... pay the ransom for the crew", None, [record])
    assert (dotted.fidelity, dotted.alarm) == (Fidelity.CUT, "'not' lost at a gap")


def test_parts_of_two_statements_are_stitched_in_the_order_of_the_words():
    found = check_quote("The old ferry carried nine hundred people unless the audit fails", None, [TREATY, FERRY])
    assert (found.fidelity, [one.id for one in found.matches]) == (Fidelity.STITCHED, ["f", "t"])


def test_one_word_put_in_is_altered_though_another_record_has_the_rest():
    records = [
        Record(1, "We will sign the treaty in May and the ferry will sail again in June"),
        Record(2, "Nobody said that the ferry will not sail again in June"),
    ]
    found = check_quote("We will sign the treaty in May and the ferry will not sail again in June", None, records)
    assert (found.fidelity, found.matches[0].id) == (Fidelity.ALTERED, 1)


def test_a_primary_record_is_preferred_and_a_report_never_calls_itself_one():
    report = Record("r", TREATY.text, "Moss")
    assert check_quote(TREATY.text, "Moss", [report, TREATY]).record == "primary"
    assert check_quote(TREATY.text, "Moss", [report]).record == "report"
    assert check_quote("anything else at all", "Moss", [report]).record is None


def test_the_record_of_the_alleged_speaker_is_preferred_to_another_s():
    other = Record("o", TREATY.text, "Ben Lind", is_primary=True)
    assert check_quote(TREATY.text, "Moss", [other, Record("m", TREATY.text, "Moss")]).matches[0].id == "m"


def test_exact_words_of_another_tell_more_than_altered_words_of_the_speaker():
    own = Record("own", "We will never sign the treaty in May, unless the audit fails.", "Ben Lind")
    found = check_quote(TREATY.text, "Ben Lind", [own, TREATY])
    assert (found.fidelity, found.matches[0].id) == (Fidelity.WRONG_SPEAKER, "t")


def test_a_question_made_of_a_statement_is_altered():
    assert check_quote("You knew about it?", None, [Record(1, "You knew about it.")]).fidelity is Fidelity.ALTERED


def test_an_editor_s_bracket_in_place_of_words_is_altered():
    record = Record(1, "She told us that the road would be finished by May.")
    found = check_quote("[The minister] told us that the road would be finished by May.", None, [record])
    assert found.fidelity is Fidelity.ALTERED


def test_not_found_tells_what_was_searched():
    (found,) = check_lines(
        [{"id": 1, "alleged": "nobody ever said this", "alleged_speaker": None}],
        [
            {"id": 1, "text": TREATY.text, "date": "2025-03"},
            {"id": 2, "text": FERRY.text, "date": "2024-07-09"},
            {"id": 3},
        ],
    )
    assert found["searched"] == {"statements": 3, "from": "2024-07-09", "to": "2025-03-31"}


def test_an_answer_without_a_match_has_all_fields_of_the_contract():
    made = answer(7, check_quote("", None, []))
    assert {"id", "match", "matches", "fidelity", "changed", "record", "score"} <= set(made)
    assert (made["match"], made["record"], made["fidelity"]) == (None, None, "not_found")


def test_an_empty_store_finds_nothing():
    (found,) = check_lines([{"id": 1, "alleged": TREATY.text}], [])
    assert found["searched"] == {"statements": 0, "from": None, "to": None}


@pytest.mark.parametrize(
    ("alleged", "recorded", "fidelity", "alarm"),
    [
        ("We will [not] sign the treaty in May.", "We will sign the treaty in May.", "altered", None),
        ("We will sign the treaty [with Norvia] in May.", "We will sign the treaty in May.", "typography", None),
        ("You knew all about it.", "You knew all about it?", "altered", None),
        ("You knew all about it", "You knew all about it?", "typography", "recorded as a question"),
        ("Did you know about it", "Did you know about it?", "typography", None),
        ("We only asked the women to leave.", "We asked only the women to leave.", "altered", None),
        ("It is 5 km away from here.", "It is 5,000 metres away from here.", "typography", None),
        ("The guards left.", "Even the guards left.", "cut", "clip begins after 'even'"),
        ("We ... raised the rent last year.", "We never raised the rent last year.", "cut", "'never' lost at a gap"),
        ("We paid the guards", "We paid the guards, but not the nurses.", "cut", "clip ends before 'but not'"),
        ("We paid the guards", "We paid the guards, but they wanted more.", "cut",
         "the sentence goes on: 'but they wanted more'"),
        ("We paid the guards", "We paid the guards and the nurses.", "cut", None),
        ("It was their idea to leave", "It was there idea to leave", "typography", None),
        ("There is no mercy in war.", "There is, um, there is, you know, mercy in war.", "altered", None),
    ],
)  # fmt: skip
def test_what_changes_the_sense_is_altered_or_raises_the_alarm(alleged, recorded, fidelity, alarm):
    found = check_quote(alleged, None, [Record(1, recorded)])
    assert (found.fidelity.value, found.alarm) == (fidelity, alarm)


def test_what_an_editor_put_in_is_named():
    found = check_quote("We will sign it [the treaty] in May.", None, [Record(1, "We will sign it in May.")])
    assert found.reasons == ("in a bracket: 'the treaty'",)
