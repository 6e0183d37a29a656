"""How likely an extraction is right: the words by the rule that found them, times the speaker by how it was found.

Both tables are counts of right and wrong over marked articles (news with its attributions marked, and the project's own
`tests/accuracy/tune`), each pulled towards 0.7 by four imagined cases, so that a rule seen twice claims little; what
they claim is then checked on articles that were held back. Multiplying takes words and speaker to be independent;
`tests/benchmarks/extraction.py` prints the reliability table (what was claimed against what was right) that checks it.
A confidence is about the *extraction*, never about the truth of the words.
"""

#: Share of statements whose words were right, by the rule that found them.
_WORDS = {
    "clause.after": 0.84,
    "clause.before": 0.78,
    "clause.around": 0.74,
    "clause.as": 0.67,
    "quote.cue": 0.93,
    "quote.led": 0.60,
    "quote.announced": 0.88,
    "quote.colon": 0.80,
    "quote.dash": 0.88,
    "quote.fragment": 0.48,
    "quote.floating": 0.60,
    "turn.label": 0.82,
    "block.post": 0.60,
    "headline": 0.60,
    "according": 0.83,
    "court.heard": 0.88,
    "hearsay": 0.69,
    "noun.clause": 0.64,
    "act.describe": 0.82,
    "act.call": 0.66,
    "act.urge": 0.67,
    "act.accuse": 0.65,
    "act.gerund": 0.66,
    "act.about": 0.59,
    "act.vow": 0.62,
    "act.for": 0.54,
    "act.noun": 0.44,
    "fragment": 0.41,
}
#: Share of statements whose speaker was right, by how it was found, where the words were right.
_SPEAKER = {
    "name": 0.96,
    "label": 0.90,
    "interview": 0.85,
    "spokesperson": 0.95,
    "document": 0.90,
    "described": 0.82,
    "role": 0.76,
    "apposition": 0.80,
    "body": 0.62,
    "first": 0.80,
    "second": 0.55,
    "lead": 0.62,
    "ahead": 0.55,
    "carried": 0.45,
    "answer": 0.35,
    "none": 0.35,
    "floating": 0.25,
}
#: The same for pronouns, by the share that the chosen person has of the salience of the best two, in quarters.
_PRONOUN = (0.30, 0.40, 0.84, 0.94, 0.94)


def confidence(rule: str, how: str, sure: float) -> float:
    """From 0.0 to 1.0: how likely words and speaker of a statement are both right.

    `rule` made the content, `how` and `sure` (0.0 to 1.0) tell how the speaker was found (`speakers.Speaker`).

    >>> confidence("quote.cue", "name", 1.0) > confidence("quote.floating", "carried", 0.8)
    True
    """
    speaker = _PRONOUN[min(4, int(sure * 4))] if how == "pronoun" else _SPEAKER.get(how, 0.5)
    return round(_WORDS.get(rule, 0.5) * speaker, 4)
