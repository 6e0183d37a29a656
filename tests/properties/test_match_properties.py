"""What holds for any text: normalising, fingerprints, comparing, clusters and batches."""

import random

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from claimtrack.fidelity import Record, check_quote
from claimtrack.match.batch import candidate_pairs
from claimtrack.match.clusters import cluster
from claimtrack.match.compare import Outcome, Utterance, compare
from claimtrack.match.fingerprints import fingerprints, text_hash
from claimtrack.match.index import SortedIndex, find_candidates
from claimtrack.match.normalise import keys_of, normalise
from claimtrack.match.stream import judge_lines, judge_pairs
from claimtrack.match.texts import Texts
from claimtrack.match.typos import is_word

is_word("a")  # reads the dictionary, so that no single example has to
#: Time says nothing here: other tests run on the same cores.
UNHURRIED = settings(deadline=None)

ANY_TEXT = st.text(max_size=120)
#: Words that meet every rule, so that short random texts reach all branches.
PIECES = st.sampled_from(
    "the mayor will not would sign 2.5 million dollars $3.5m twenty 15 % per cent March 12 on only unless if "
    "... [she] [not] (applause) Ada Moss Ben Lind harbour harbor goverment government you know uh is was can't "
    "cannot “we” — , . ? "
    'half a third 3 p.m. 20-30 1990s "and," she said. "then few a few all of us no nobody more less I him they u.s. US '
    "percentage points second first to and between from twenty-five hundred kg 5km".split(" ")
)
SENTENCES = st.lists(PIECES, max_size=16).map(" ".join)
TEXTS = st.one_of(ANY_TEXT, SENTENCES)
NAMES = st.sampled_from(["", "Moss", "Ada Moss", "Ben Lind", "Mayor Ada Moss", "the minister", "J. Lind"])
DATES = st.sampled_from(["", "2025-03-01", "2025-03-02", "2025-03", "2024", "../2025-01-01", "nonsense", "2025-99-99"])
UTTERANCES = st.builds(Utterance, TEXTS, NAMES, DATES)


@UNHURRIED
@given(TEXTS)
@example("ﬁve &amp; ½")
@example("It’s\u00ad 'em \u0130stanbul 99999999999999999999999999999999999999999999")
def test_every_word_leads_back_to_its_place_in_the_text(text):
    words = normalise(text)
    assert len(words.keys) == len(words.starts) == len(words.ends) == len(words.pauses) == len(words.capitals)
    assert all(0 <= start < end <= len(text) for start, end in zip(words.starts, words.ends, strict=True))
    assert list(words.starts) == sorted(words.starts)
    assert all(0 <= gap.at <= len(words.keys) for gap in words.gaps)


@UNHURRIED
@given(SENTENCES)
def test_plain_words_stand_at_their_place(text):
    words = normalise(text)
    for at, key in enumerate(words.keys):
        if key.isalpha() and words.printed(at, at + 1).isalpha() and words.printed(at, at + 1).lower() == key:
            assert text[words.starts[at] : words.ends[at]].lower() == key


@UNHURRIED
@given(st.lists(PIECES, max_size=12).map(" ".join))
def test_normalising_what_was_normalised_changes_nothing(text):
    once = normalise(text).keys
    twice = normalise(" ".join(once)).keys
    assert normalise(" ".join(twice)).keys == twice


@UNHURRIED
@given(TEXTS)
@example("it's been a long, long year -- and that's what she'd wanted")
@example("we’d agreed; they'd not. It's, well, over")
def test_the_keys_alone_are_those_of_the_whole_reading(text):
    assert keys_of(text) == normalise(text).keys


@UNHURRIED
@given(TEXTS)
def test_fingerprints_are_signed_64_bit_and_the_same_in_batch(text):
    words = normalise(text)
    prints = fingerprints(words)
    assert all(-(2**63) <= value < 2**63 for value in (*prints, text_hash(words)))
    texts = Texts()
    texts.add(words.keys)
    assert tuple(sorted(set(texts.fingerprints()[0].view(np.int64).tolist()))) == prints


@UNHURRIED
@given(UTTERANCES, UTTERANCES)
def test_comparing_is_symmetric_and_gives_a_reason(a, b):
    there, back = compare(a, b), compare(b, a)
    assert (there.outcome, there.score, there.guards) == (back.outcome, back.score, back.guards)
    assert there.reasons
    assert 0.0 <= there.score <= 1.0
    assert bool(there.guards) or there.outcome is not Outcome.REVIEW


@UNHURRIED
@given(UTTERANCES)
def test_a_text_is_never_different_from_itself(said):
    found = compare(said, said)
    assert found.outcome is not Outcome.DIFFERENT or not normalise(said.text).keys


@UNHURRIED
@given(SENTENCES, SENTENCES)
def test_a_negation_more_is_never_the_same(before, after):
    with_it, without = f"{before} we will not pay {after}", f"{before} we will pay {after}"
    assert compare(Utterance(with_it), Utterance(without)).outcome is not Outcome.SAME


@UNHURRIED
@given(SENTENCES, st.integers(2, 10**6), st.integers(2, 10**6))
def test_another_number_is_never_the_same(text, one, other):
    found = compare(Utterance(f"it took {one} boats {text}"), Utterance(f"it took {other} boats {text}"))
    assert (found.outcome is Outcome.SAME) <= (one == other)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(SENTENCES, NAMES, DATES), max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_lines_changes_neither_pairs_nor_clusters(rows, dice):
    lines = [{"id": at, "text": text, "speaker": name, "date": day} for at, (text, name, day) in enumerate(rows)]
    shuffled = lines[:]
    dice.shuffle(shuffled)
    assert _unordered(judge_lines(lines)) == _unordered(judge_lines(shuffled))


def _unordered(found):
    pairs, clusters = set(), set()
    for line in found:
        if "cluster" in line:
            clusters.add(frozenset(line["cluster"]))
        else:
            pairs.add((frozenset((line["a"], line["b"])), line["outcome"], line["score"]))
    return pairs, clusters


@settings(max_examples=40, deadline=None)
@given(st.lists(SENTENCES, max_size=14, unique=True))
def test_batch_and_one_by_one_find_the_same_pairs(sentences):
    by_hash = {text_hash(words): words for words in map(normalise, sentences) if words.keys}
    texts, hashes = Texts(), list(by_hash)
    for words in by_hash.values():
        texts.add(words.keys)
    pairs = zip(*candidate_pairs(texts, np.array(hashes, dtype=np.int64)), strict=True)
    in_batch = {frozenset((hashes[one], hashes[other])) for one, other in pairs}
    index = SortedIndex(texts, hashes)
    singly = {
        frozenset((own, other))
        for own, words in by_hash.items()
        for other in find_candidates(fingerprints(words), index, own=own)
    }
    assert in_batch == singly


@UNHURRIED
@given(UTTERANCES, UTTERANCES)
def test_a_pair_is_judged_alike_in_a_file_and_alone(a, b):
    line = {"id": 1, "a": a.text, "b": b.text, "speaker_a": a.speaker, "speaker_b": b.speaker,
            "date_a": a.said_on, "date_b": b.said_on}  # fmt: skip
    (judged,) = judge_pairs([line])
    alone = compare(a, b)
    assert judged["outcome"] == alone.outcome.value or not alone.guards


@UNHURRIED
@given(st.integers(2, 7), st.randoms(use_true_random=False))
def test_no_cluster_holds_a_pair_that_may_not_stand_together(size, dice):
    texts = [
        "the ferry will sail on sunday morning",
        "the ferry will not sail on sunday morning",
        "the ferry will sail on sunday",
        "the ferry will sail on monday morning",
        "the ferry will",
        "only the ferry will sail on sunday morning",
        "the ferry sails",
    ]
    said = [Utterance(text) for text in dice.sample(texts, size)]
    relation = lambda x, y: compare(said[x], said[y])  # noqa: E731
    same = [
        (found.score, x, y) for x in range(size) for y in range(x) if (found := relation(x, y)).outcome is Outcome.SAME
    ]
    keys = {at: (text_hash(one.words),) for at, one in enumerate(said)}
    first = cluster(keys, same, relation)
    again = random.Random(1)
    again.shuffle(same)
    assert cluster(keys, same, relation) == first
    assert not any(relation(x, y).blocks_join for members in first for x in members for y in members if x != y)


@UNHURRIED
@given(TEXTS, NAMES, st.lists(st.builds(Record, st.integers(), TEXTS, NAMES, DATES, st.booleans()), max_size=4))
def test_a_quotation_is_checked_without_error_against_any_records(alleged, speaker, records):
    found = check_quote(alleged, speaker, records)
    assert 0.0 <= found.score <= 1.0
    assert set(found.matches) <= set(records)
    assert (found.record is None) == (not found.matches)
