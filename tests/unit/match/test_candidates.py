from claimtrack.match.fingerprints import (
    COUNTED,
    MAX_HASHES_LOOKED_UP,
    MAX_STATEMENTS_PER_HASH,
    choose,
    fingerprints,
    text_hash,
)
from claimtrack.match.index import SortedIndex, find_candidates
from claimtrack.match.normalise import normalise
from claimtrack.match.texts import Texts


def indexed(*texts):
    made, hashes = Texts(), []
    for text in texts:
        words = normalise(text)
        made.add(words.keys)
        hashes.append(text_hash(words))
    return SortedIndex(made, hashes)


def prints(text):
    return fingerprints(normalise(text))


def hash_of(text):
    return text_hash(normalise(text))


HARBOUR = "The harbour will stay closed for the whole of the winter, whatever the minister says."


def test_fingerprints_are_the_same_in_every_run_and_version():
    # Stored in databases: another value here means another NORMALISER_VERSION and remaking what is stored.
    assert prints("we will not sign") == (-2068615656577349727, 1224376801046628910, 5144512264619684956)


def test_hesitations_leave_no_trace_in_fingerprints():
    assert prints("we, uh, will not um sign") == prints("we will not sign")


def test_the_rarest_hashes_are_looked_up_first_and_common_ones_left_out():
    counts = {value: value for value in range(1, 200)} | {-1: MAX_STATEMENTS_PER_HASH + 1, -2: 0}
    chosen = choose(counts)
    assert chosen == list(range(1, MAX_HASHES_LOOKED_UP + 1))


def test_a_text_of_common_phrases_is_still_looked_up():
    assert choose({5: 900, 6: 800, 7: 1000}) == [6, 5]


def test_a_hash_that_too_many_carry_gives_the_same_few_in_any_order():
    texts = [f"{word} we will not sign it" for word in (f"word{at}x" for at in range(MAX_STATEMENTS_PER_HASH * 2))]
    found = [find_candidates(prints("we will not sign it"), indexed(*order), 10**6) for order in (texts, texts[::-1])]
    assert found[0] == found[1]
    assert len(found[0]) >= MAX_STATEMENTS_PER_HASH


def test_a_clip_a_typo_and_a_bracket_find_their_source():
    index = indexed(
        HARBOUR,
        "Our fishermen lost two boats and the bank has not waited a day.",
    )
    for alleged in (
        "closed for the whole of the winter",
        "The harbor will saty closed for the whole of the winter",
        "The harbour will stay closed [until spring] for the whole of the winter",
    ):
        assert find_candidates(prints(alleged), index)[:1] == [hash_of(HARBOUR)]


def test_short_texts_find_each_other_around_one_changed_word():
    stored = "we will sign the treaty soon"
    assert find_candidates(prints("we will sing the treaty soon"), indexed(stored)) == [hash_of(stored)]


def test_phrases_of_its_own_take_no_look_up_from_those_that_a_long_text_shares():
    long = " ".join(f"word{at}x" for at in range(200)) + " we will not sign before the audit is done"
    clip = "sign before the audit is done"
    index = indexed(long, clip)
    assert find_candidates(prints(long), index, own=hash_of(long)) == [hash_of(clip)]
    assert find_candidates(prints(clip), index, own=hash_of(clip)) == [hash_of(long)]


def test_hashes_that_more_carry_than_are_counted_are_chosen_by_their_value():
    assert choose({5: COUNTED + 3, 6: COUNTED, 7: COUNTED + 9}) == [5, 6]
    assert choose({5: COUNTED + 3, 6: COUNTED + 2, -7: COUNTED - 1}) == [-7, 5]


def test_an_empty_store_finds_nothing():
    assert find_candidates(prints("we will not sign"), indexed()) == []
