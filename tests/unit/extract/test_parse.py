import pytest

from claimtrack.attribution import Span
from claimtrack.extract import parse
from claimtrack.extract.marks import quotations
from claimtrack.extract.segment import sentences


@pytest.fixture(scope="module")
def nlp():
    return parse.load()


@pytest.mark.parametrize(
    "text",
    [
        "“The roof leaks. Badly,” Ana Ruiz told   reporters, calling it “a ruin”.",
        "  She said\u00a0so.",
        "‘No’, he said – twice.",
        "A\u0301na said “e\u0301”.",
    ],
)
def test_every_character_of_a_sentence_is_in_its_parse(nlp, text):
    body = Span(0, len(text))
    found = sentences(text, 0, body, quotations(text, [body])[0])
    for sentence, doc in zip(found, parse.parse(nlp, [(text, s) for s in found]), strict=True):
        assert doc.text == sentence.span.of(text)
        for token in doc:
            start = doc.user_data["base"] + token.idx
            assert text[start : start + len(token)] == token.text


def test_a_changed_model_file_is_refused(monkeypatch):
    monkeypatch.setattr(parse, "MODEL_DIGEST", "sha256:other")
    with pytest.raises(parse.ModelError, match="not those of"):
        parse.load()


def test_a_missing_model_says_how_to_install_it(monkeypatch):
    monkeypatch.setattr(parse, "MODEL_PACKAGE", "no_such_model")
    with pytest.raises(parse.ModelError, match="pip install"):
        parse.load()


def test_the_digest_depends_on_every_file_that_is_read(tmp_path):
    (tmp_path / "parser").mkdir()
    (tmp_path / "parser" / "model").write_bytes(b"one")
    before = parse.model_digest(tmp_path)
    (tmp_path / "parser" / "model").write_bytes(b"two")
    assert parse.model_digest(tmp_path) != before


def test_files_that_nothing_reads_do_not_change_the_digest(tmp_path):
    (tmp_path / "ner").mkdir()
    before = parse.model_digest(tmp_path)
    (tmp_path / "ner" / "model").write_bytes(b"one")
    assert parse.model_digest(tmp_path) == before


def test_more_tokens_than_the_parser_is_given_are_not_parsed(nlp):
    text = "a/b " * 350
    body = Span(0, len(text))
    found = sentences(text, 0, body, [])
    assert None in list(parse.parse(nlp, [(text, s) for s in found]))
