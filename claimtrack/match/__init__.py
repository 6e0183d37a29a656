"""The same words, nearly the same words, and the opposite.

normalise -> fingerprints -> index (candidates) -> compare (align, guards) -> clusters. Candidates are found by rare
word groups, rapidfuzz aligns, guards of grammar and arithmetic decide what may be *suggested* as the same, and a person
decides. No score decides: at its best threshold every scorer of rapidfuzz merges "will" with "will not"
(`tests/benchmarks/duplicates.py` shows it on pairs of our own).
"""
