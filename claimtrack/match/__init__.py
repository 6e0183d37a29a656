"""The same words, nearly the same words, and the opposite."""
