"""Anchors on generated pages that are then edited: found in the right place, or not at all."""

import random

import pytest

from claimtrack.anchor import find_anchor, make_selectors
from claimtrack.attribution import Span

SYLLABLES = (
    "ba ren tol mi ka ver dos lin pra ne shu gor tel ma ri con fa lo sti ber ang wi der ost ul cre pan do".split()
)
SMALL = "the of a in to and that was for on with as by at it its had not were from would their after".split()
NAMES = ["Mirela Anand", "Tomas Okoro", "Ana Ruiz", "Joss Vane", "Petra Lindqvist", "Omar Haddad", "Ines Moreau"]
VERBS = ["said", "warned", "told reporters", "wrote", "insisted", "admitted", "explained", "argued"]
EDIT_LETTERS = "abcdefghijklmnopqrstuvwxyz ,.“”"


def vocabulary(chance):
    return ["".join(chance.choices(SYLLABLES, k=chance.choice([1, 2, 2, 3, 3, 4]))) for _ in range(400)]


def clause(chance, words):
    """Some words in the proportion of English: nearly every second one is a small word."""
    return " ".join(
        chance.choice(SMALL) if chance.random() < 0.45 else words[int(len(words) * chance.random() ** 2)]
        for _ in range(chance.randrange(5, 16))
    )


def sentence(chance, words):
    said, more = clause(chance, words), clause(chance, words)
    return chance.choice(
        [
            f"“{said.capitalize()},” {chance.choice(NAMES)} {chance.choice(VERBS)}.",
            f"{chance.choice(NAMES)} {chance.choice(VERBS)} that “{said}” {more}.",
            f"{chance.choice(NAMES)} {chance.choice(VERBS)} that {said}, {more}.",
            f"{said.capitalize()} {chance.randrange(3, 2000)} {more}.",
        ]
    )


def as_words(letters):
    return "".join(letter for letter, _ in letters)


class Page:
    """A text as a list of (letter, original offset or None), so that every edit keeps the truth."""

    def __init__(self, chance):
        words = vocabulary(chance)
        self.paragraphs = [[sentence(chance, words) for _ in range(chance.randrange(2, 6))] for _ in range(16)]
        self.text = "\n\n".join(" ".join(paragraph) for paragraph in self.paragraphs)

    def spans(self, chance, count):
        """Distinct stretches that statements would have: quotations and clauses, some short."""
        spans = []
        while len(spans) < count:
            paragraph = chance.choice(self.paragraphs)
            words = chance.choice(paragraph)
            at = self.text.index(words)
            first, last = sorted(chance.sample(range(len(words) + 1), 2)) if chance.random() < 0.5 else (0, len(words))
            if last - first >= 12:
                spans.append(Span(at + first, at + last))
        return spans

    def edited(self, chance, share):
        """The letters after repeats, moves and edits, each with its original offset."""
        blocks, at = [], 0
        for paragraph in self.paragraphs:
            block = []
            for words in paragraph:
                block.append([(letter, at + i) for i, letter in enumerate(words)])
                at += len(words) + 1
            at += 1
            blocks.append(block)
        for _ in range(4):
            source = chance.choice(chance.choice(blocks))
            into = chance.choice(blocks)
            # Next to itself, or where it stood before its paragraph was moved away, a repeat has as good a claim to be
            # the one that was marked: so repeats go between two sentences of another paragraph.
            if len(into) > 1 and not any(as_words(source) == as_words(near) for near in into):
                into.insert(chance.randrange(1, len(into)), [(letter, None) for letter, _ in source])
        for _ in range(2):
            blocks.insert(chance.randrange(len(blocks)), blocks.pop(chance.randrange(len(blocks))))
        letters = []
        for block in blocks:
            for n, words in enumerate(block):
                letters += [(" ", None)] * (n > 0) + words
            letters += [("\n", None), ("\n", None)]
        return [kept for letter in letters for kept in self.edit(letter, chance, share)]

    @staticmethod
    def edit(letter, chance, share):
        if chance.random() >= share:
            return [letter]
        new = (chance.choice(EDIT_LETTERS), None)
        return chance.choice([[], [(new[0], letter[1])], [letter, new]])


def outcome(span, selectors, letters):
    """Whether the stretch is found where its own letters went, elsewhere, or nowhere."""
    truth = [at for at, (_, origin) in enumerate(letters) if origin is not None and span.start <= origin < span.end]
    found = find_anchor(selectors[0], as_words(letters), selectors[1])
    if found is None:
        return "orphan"
    shared = sum(found.start <= at < found.end for at in truth)
    return "right" if shared >= 0.8 * max(len(truth), found.end - found.start) else "wrong"


@pytest.mark.timeout(300)
def test_stretches_of_500_edited_pages_are_found_in_the_right_place_and_none_in_a_wrong_one():
    results = []
    for seed in range(500):
        chance = random.Random(seed)
        page = Page(chance)
        spans = page.spans(chance, 8)
        letters = page.edited(chance, 0.10)
        results += [outcome(span, make_selectors(page.text, span), letters) for span in spans]
    assert results.count("wrong") == 0
    assert results.count("right") >= 0.995 * len(results)
