from itertools import combinations

from claimtrack.match.clusters import cluster, find_torn
from claimtrack.match.compare import Outcome, Utterance, compare

WILL = Utterance("we will sign the treaty on monday in the old hall", "Ada Moss")
WILL_TOO = Utterance("“We will sign the treaty on Monday in the old hall”", "Moss")
WILL_NOT = Utterance("we will not sign the treaty on monday in the old hall", "Ada Moss")
CLIP = Utterance("sign the treaty on monday in the old hall", "Ada Moss")
CUT = Utterance("the treaty on monday in the old hall", "Ada Moss")
LIND = Utterance(WILL.text, "Ben Lind")


def clusters(*said, judged_same=(), judged_apart=(), copies=lambda _: 1):
    def relation(x, y):
        return compare(said[x], said[y])

    suggested = [
        (found.score, x, y)
        for x, y in combinations(range(len(said)), 2)
        if (found := relation(x, y)).outcome is Outcome.SAME
    ]
    keys = {at: (one.text, one.speaker) for at, one in enumerate(said)}
    found = cluster(keys, suggested, relation, judged_same, judged_apart, copies)
    return {frozenset(said[at] for at in members) for members in found}


def test_same_words_join():
    assert clusters(WILL, WILL_TOO, LIND) == {frozenset((WILL, WILL_TOO))}


def test_a_quotation_and_its_opposite_never_stand_together_through_a_clip():
    assert clusters(WILL, WILL_NOT, CUT) == set()


def test_a_clip_stays_with_what_more_print():
    assert clusters(WILL, WILL_TOO, WILL_NOT, CUT) == {frozenset((WILL, WILL_TOO, CUT))}
    assert clusters(WILL, WILL_NOT, CUT, copies=lambda at: 5 if at == 1 else 1) == {frozenset((WILL_NOT, CUT))}


def test_a_clip_that_lost_its_negation_is_not_torn_between_the_two():
    assert clusters(WILL, WILL_NOT, CLIP) == {frozenset((WILL, CLIP))}


def test_a_person_joins_what_a_guard_kept_apart():
    assert clusters(WILL, WILL_NOT, judged_same=[(0, 1)]) == {frozenset((WILL, WILL_NOT))}


def test_a_person_s_different_blocks_the_join_of_both_wholes():
    assert clusters(WILL, WILL_TOO, judged_apart=[(1, 0)]) == set()
    assert clusters(WILL, WILL_TOO, LIND, judged_same=[(0, 2)], judged_apart=[(1, 2)]) == {frozenset((WILL, LIND))}


def test_voiding_a_judgement_brings_back_what_was():
    before = clusters(WILL, WILL_TOO, CUT)
    clusters(WILL, WILL_TOO, CUT, judged_apart=[(0, 1)])
    assert clusters(WILL, WILL_TOO, CUT) == before == {frozenset((WILL, WILL_TOO, CUT))}


def test_occasions_stay_apart_and_what_has_none_joins_one_of_them():
    spring = Utterance(WILL.text, "Moss", "2024-05-01")
    autumn = Utterance(WILL.text, "Moss", "2024-10-01")
    undated = Utterance(WILL_TOO.text, "Moss")
    found = clusters(spring, autumn, undated)
    assert len(found) == 1
    assert not any({spring, autumn} <= members for members in found)


def test_torn_pairs_name_the_rival_that_they_fit_as_well():
    said = {"will": WILL, "not": WILL_NOT, "cut": CUT}
    torn = find_torn([("cut", "will"), ("cut", "not")], lambda x, y: compare(said[x], said[y]))
    assert torn == {frozenset(("cut", "will")): "not", frozenset(("cut", "not")): "will"}
