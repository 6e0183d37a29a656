"""Whatever is pasted or saved, the text that comes out is the text that went in, or one sentence says why not."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.errors import SourceError
from claimtrack.ingest import Document, Raw, read_bytes, read_text
from claimtrack.ingest.lines import read_jsonl
from claimtrack.ingest.subtitles import read_subtitles

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=300)


def expected(text):
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


@given(WORDS)
def test_a_paste_keeps_every_character_but_line_ends_and_reading_it_again_changes_nothing(text):
    if not any(letter.isalnum() for letter in text):
        return
    document = read_text(text)
    assert document.text == expected(text)
    assert read_text(document.text.removeprefix("\ufeff")).text == document.text.removeprefix("\ufeff")


@given(WORDS, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_a_file_with_a_mark_or_in_utf_8_reads_as_the_paste_does(text, encoding):
    data = text.encode(encoding)
    (found,) = read_bytes(Raw(data, "a.txt"), {})
    if isinstance(found, Document):
        assert found.text == expected(data.decode(encoding).removeprefix("\ufeff"))
    else:
        assert isinstance(found, SourceError)


@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.html", "a.eml", "a.srt", "a.csv", "a.json", "a.xml", "a"]))
@settings(deadline=None)
def test_any_bytes_under_any_name_give_documents_with_words_or_errors_in_one_line(data, name):
    found = list(read_bytes(Raw(data, name), {}))
    assert found
    for item in found:
        if isinstance(item, Document):
            assert any(letter.isalnum() for letter in item.text)
            assert "\0" not in item.text
        else:
            assert "\n" not in str(item)


@given(st.lists(st.tuples(WORDS, st.integers() | st.text(max_size=5).filter(str.isascii)), max_size=5))
def test_jsonl_gives_one_result_a_line_in_order_and_verbatim(rows):
    lines = [json.dumps({"id": key, "text": text}).encode() + b"\n" for text, key in rows]
    found = list(read_jsonl(lines, "a.jsonl"))
    assert len(found) == max(1, len(rows))
    for (text, key), item in zip(rows, found, strict=False):
        if isinstance(item, Document):
            assert (item.text, item.given_id) == (text, key)
        else:
            assert item.source == key


@given(st.lists(st.tuples(st.integers(0, 5000), st.sampled_from(["Ana", "Joss", ""]), st.text("abc .-", max_size=20))))
def test_times_of_subtitles_stand_at_their_words_and_rise(cues):
    cues = sorted(cues)
    body = "".join(
        f"00:{second // 60:02}:{second % 60:02}.000 --> 01:59:00.000\n{f'<v {voice}>' if voice else ''}x{words}\n\n"
        for second, voice, words in cues
    )
    if not cues:
        return
    document = read_subtitles(Raw(f"WEBVTT\n\n{body}".encode(), "a.vtt"), {})
    assert [seconds for _, seconds in document.timecodes] == [float(second) for second, _, _ in cues]
    assert all(document.text[at] == "x" for at, _ in document.timecodes)
