"""Pasted and plain text: decoded once, refused in one sentence, headline and day proposed."""

import hashlib
from datetime import date

import pytest

from claimtrack.errors import LimitError, SourceError
from claimtrack.ingest import Document, RecordKind, read_source, read_text
from claimtrack.limits import MAX_SOURCE_BYTES, MAX_TEXT_CHARS

PROSE = "The mayor of Óbidos said: “We won’t sign before the audit – never.” It cost €300, the café’s owner wrote.\n"


def test_line_ends_become_lf_and_nothing_else_changes():
    text = "\ufeff  Rents\u00a0rose\r\nin May\r  \u2029e\u0301 ﬁ\n\n"
    assert read_text(text).text == "  Rents\u00a0rose\nin May\n  \u2029e\u0301 ﬁ\n\n"


def test_digests_are_those_of_the_bytes_and_of_the_text():
    document = read_text("Rents rose.")
    assert document.data_sha256 == document.text_sha256 == hashlib.sha256(b"Rents rose.").hexdigest()


@pytest.mark.parametrize(("text", "place"), [("Rents\0 rose", "offset 5"), ("Rents \ud800rose", "offset 6")])
def test_what_a_database_cannot_keep_is_refused_with_its_place(text, place):
    with pytest.raises(SourceError, match=place):
        read_text(text)


@pytest.mark.parametrize("text", ["", " \n\t", "“…” — !"])
def test_a_text_without_words_is_refused(text):
    with pytest.raises(SourceError, match="no words"):
        read_text(text)


def test_a_text_over_the_limit_is_refused_with_the_limit():
    with pytest.raises(LimitError, match=f"{MAX_TEXT_CHARS:,}"):
        read_text("a" * (MAX_TEXT_CHARS + 1))


def test_what_is_given_goes_before_what_is_found():
    document = read_text(
        "Rents rise again\n\n12 March 2026\n\nRents rose.", title="Rents", published_on=date(2026, 1, 2)
    )
    assert (document.title, document.published_on) == ("Rents", date(2026, 1, 2))
    assert (document.origins["title"], document.origins["published_on"]) == ("given", "given")


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Tuesday, 18 February 2025", date(2025, 2, 18)),
        ("12 March 2026", date(2026, 3, 12)),
        ("March 12, 2026", date(2026, 3, 12)),
        ("Published: 12 Mar 2026 at 10:15 GMT", date(2026, 3, 12)),
        ("2026-03-12", date(2026, 3, 12)),
        ("2026-03-12T10:15:00+01:00", date(2026, 3, 12)),
        ("Sun 1st Feb. 2026", date(2026, 2, 1)),
        ("HARTWELL, March 12, 2026 (Coast News) - Rents rose in May, the council said on Thursday.", date(2026, 3, 12)),
        ("HARTWELL, 12 March 2026 — Rents rose in May.", date(2026, 3, 12)),
        ("Published 12 March 2026, last updated 13 March 2026", date(2026, 3, 12)),
        ("03/04/2026", None),
        ("31 February 2026", None),
        ("Rents rose on 12 March 2026 in Hartwell.", None),
        ("May Day in March 2026", None),
    ],
)
def test_the_day_is_taken_from_a_line_of_its_own_or_the_line_of_origin(line, day):
    document = read_text(f"Rents rise again\n\n{line}\n\nRents rose, the council said.")
    assert document.published_on == day
    assert document.origins.get("published_on") == ("text" if day else None)


def test_a_repeated_headline_after_the_day_is_the_title():
    document = read_text(
        "Tuesday, 18 February 2025\n\nTalks begin in Hartwell\nTalks begin in Hartwell\n\nBy Ana Ruiz\n\nThey met."
    )
    assert (document.title, document.author) == ("Talks begin in Hartwell", "Ana Ruiz")


@pytest.mark.parametrize(
    "rest",
    [
        "By Ana Ruiz\nRents rose, the council said.",
        "12 March 2026 | Updated 13 March 2026, 10:15\nRents rose.",
        "Rents in Hartwell rose in May, the council said on Tuesday, and will rise again, " + "as they did before " * 4,
    ],
)
def test_a_headline_needs_no_blank_line_before_a_byline_a_day_or_a_long_paragraph(rest):
    assert read_text(f"Rents rise again in Hartwell\n{rest}").title == "Rents rise again in Hartwell"


def test_the_first_line_of_a_hard_wrapped_paragraph_is_no_title():
    assert (
        read_text("The council met again on Monday to talk about the rents that rose\nIn May and again in June.").title
        is None
    )


def test_a_short_line_within_the_text_is_no_title():
    assert (
        read_text("The council met again on Monday, she said.\n\nWhat now?\n\nNobody in Hartwell knows").title is None
    )


def test_the_name_of_a_section_is_no_title():
    assert read_text("Opinion\n\nWhat the harbour owes us\n\nIt owes us an answer.").title == "What the harbour owes us"


@pytest.mark.parametrize(
    "first", ["The mayor said no.", "“Is it? It is.”", "“Who pays?”", "“We will not sign,”", "Hartwell", "word " * 60]
)
def test_a_first_line_that_reads_as_a_sentence_a_word_or_a_paragraph_is_no_title(first):
    assert read_text(f"{first}\n\nThe council met again on Monday, she said.").title is None


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "cp1250", "mac_roman"]
)
def test_text_files_in_common_encodings_read_the_same(read, encoding):
    (document,) = read("a.txt", (PROSE * 3).replace("\n", "\r\n").encode(encoding))
    assert document.text == PROSE * 3


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("cp1251", "Мэр сказал, что договор не будет подписан до проверки, и что аренда выросла в мае.\n"),
        ("shift_jis", "市長は契約に署名しないと述べた。「いいえ」と彼は言った。\n"),
        ("gb18030", "市长表示在审计完成之前不会签署合同。他说不会。\n"),
        ("euc_kr", "시장은 감사가 끝나기 전에는 서명하지 않겠다고 말했다.\n"),
    ],
)
def test_text_files_in_other_scripts_are_read_and_said_not_to_be_english(read, encoding, words):
    (document,) = read("a.txt", (words * 5).encode(encoding))
    assert document.text == words * 5
    assert document.language not in {None, "en"}


def test_utf8_with_a_broken_byte_is_refused_with_its_offset_rather_than_read_as_something_else(read):
    data = PROSE.encode()
    at = data.index(b"never")
    (error,) = read("a.txt", data[:at] + b"\xff" + data[at:])
    assert isinstance(error, SourceError)
    assert f"0xff at offset {at}" in str(error)
    assert "UTF-8" in str(error)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG picture"),
        (b"GIF89a\x01\0", "GIF picture"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "picture, sound or film"),
        (b"\0\0\0\x18ftypmp42", "picture, sound or film"),
        (b"PK\x03\x04\x14\0", "ZIP"),
        (b"\x1f\x8b\x08\0rest", "gzip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Word"),
        (bytes(range(256)) * 20, "not text|broken|NUL"),
        (b"Rents\0rose", "NUL character at offset 5"),
        (b"", "is empty"),
        (b"\xef\xbb\xbf \n", "no words"),
    ],
)
def test_what_is_not_text_is_named(read, data, words):
    (error,) = read("a.txt", data)
    assert isinstance(error, SourceError)
    assert __import__("re").search(words, str(error))
    assert str(error).count("\n") == 0


def test_a_file_over_the_limit_is_refused_with_the_limit(read):
    (error,) = read("a.txt", b"a" * (MAX_SOURCE_BYTES + 1))
    assert isinstance(error, LimitError)
    assert "20 MB" in str(error)


def test_a_missing_file_is_an_error_that_names_it(tmp_path):
    (error,) = read_source(tmp_path / "nowhere.txt")
    assert isinstance(error, SourceError)
    assert "nowhere.txt" in str(error)
    assert error.source == str(tmp_path / "nowhere.txt")


def test_a_folder_gives_its_files_by_name_hidden_ones_left_out(tmp_path):
    (tmp_path / "b").mkdir()
    for name in ["b/2.txt", "a.txt", ".hidden.txt", "c.png"]:
        (tmp_path / name).write_bytes(
            b"\x89PNG\r\n\x1a\n" if name.endswith("png") else f"Rents rose in {name}".encode()
        )
    found = list(read_source(tmp_path))
    assert [item.text if isinstance(item, Document) else "error" for item in found] == [
        "Rents rose in a.txt",
        "Rents rose in b/2.txt",
        "error",
    ]


def test_an_empty_folder_is_an_error(tmp_path):
    (error,) = read_source(tmp_path)
    assert "has no files" in str(error)


def test_standard_input_is_read_as_its_content_says(monkeypatch):
    import io
    import sys
    from types import SimpleNamespace

    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b'{"id": 1, "text": "Rents rose."}\n')))
    (document,) = read_source("-", input_format="jsonl")
    assert document.given_id == 1


def test_a_labelled_transcript_is_a_recording_with_its_times():
    document = read_text(
        "[00:00:05] MODERATOR: Welcome to Hartwell.\n[00:00:09] RUIZ: Thank you.\n"
        "[00:00:12] MODERATOR: Who pays?\n[00:01:02] RUIZ: Not us."
    )
    assert document.record_kind is RecordKind.RECORDING
    assert document.origins["record_kind"] == "text"
    assert [seconds for _, seconds in document.timecodes] == [5.0, 9.0, 12.0, 62.0]
    assert all(document.text[at:].startswith("[00:") for at, _ in document.timecodes)


@pytest.mark.parametrize(
    "text",
    [
        "By Ana Ruiz\n\nRUIZ: Who pays?\n\nVARGA: Not us.\n\nRUIZ: Who then?\n\nVARGA: The port.",
        "Q: Who pays?\n\nA: Not us.\n\nQ: Who then?\n\nA: The port, I think.",
        "Rents rose. Ruiz: “No.” That was all: the end.\n\nThe council: nobody there.",
        "Date: 12 March 2026\nPlace: Hartwell\nSubject: rents\nTo: the desk\nRents rose.",
    ],
)
def test_printed_interviews_and_prose_are_reports(text):
    assert read_text(text).record_kind is RecordKind.REPORT
