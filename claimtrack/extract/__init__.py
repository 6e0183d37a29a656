"""Text to statements: who said what, with which words the text says so, and when.

    extractor = Extractor()
    for statement in extractor.extract(Article("The roof leaks, the mayor said.")):
        ...

Importing this package is cheap; the parser is loaded when an `Extractor` is made.
"""

from claimtrack.extract.parse import MODEL_DIGEST, ModelError
from claimtrack.extract.pipeline import EXTRACTOR_VERSION, Extractor
from claimtrack.extract.plan import Article

__all__ = ["EXTRACTOR_VERSION", "MODEL_DIGEST", "Article", "Extractor", "ModelError"]
