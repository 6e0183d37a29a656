"""Each limit is named in one sentence when it is passed; here they are small, so that small files pass them."""

import gzip
import io
import json
import zipfile

import pytest

from claimtrack.errors import LimitError, SourceError
from claimtrack.ingest import Document, Raw, read_bytes

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(body, name="word/document.xml", **parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, body)
        for part, data in parts.items():
            archive.writestr(part, data)
    return out.getvalue()


@pytest.fixture
def only(monkeypatch):
    """The one thing that bytes give while a limit of a reader is small."""

    def read(name, data, limit=None, value=0):
        if limit:
            monkeypatch.setattr(f"claimtrack.ingest.{limit}", value)
        found = list(read_bytes(Raw(data if isinstance(data, bytes) else data.encode(), name), {}))
        return found[-1]

    return read


PARAGRAPHS = f"<w:document {W}><w:body>" + "<w:p><w:r><w:t>Rents rose</w:t></w:r></w:p>" * 9 + "</w:body></w:document>"
FEED = "<rss><channel>" + "<item><description>Rents rose</description></item>" * 3 + "</channel></rss>"
POSTS = json.dumps([{"type": "Note", "content": "<p>Rents rose</p>"}] * 3)
RECORD = b"WARC/1.1\r\nWARC-Type: metadata\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
MAIL = "From: a@b.example\nSubject: " + "a" * 90 + "\n\nRents rose."


@pytest.mark.parametrize(
    ("name", "data", "limit", "value", "words"),
    [
        ("a.docx", word(PARAGRAPHS), "word.MAX_WORD_ELEMENTS", 5, "over 5 paragraphs"),
        ("a.docx", word(PARAGRAPHS), "word.MAX_UNPACKED_BYTES", 50, "unpacks to"),
        ("a.docx", word(PARAGRAPHS), "word.MAX_TEXT_CHARS", 50, "over 50 characters"),
        ("a.xml", FEED, "feed.MAX_FEED_ENTRIES", 2, "over 2 entries"),
        ("a.xml", FEED, "feed.MAX_MARKUP_ELEMENTS", 2, "over 6 tags"),
        ("a.json", POSTS, "posts.MAX_POSTS", 2, "over 2 posts"),
        ("a.warc", RECORD * 4, "archive.MAX_ARCHIVE_RECORDS", 2, "over 2 records"),
        ("a.warc.gz", gzip.compress(RECORD * 4, mtime=0), "archive.MAX_UNPACKED_BYTES", 50, "unpacks to over"),
        ("a.eml", MAIL, "mail.MAX_HEADER_CHARS", 50, "header over 50"),
        ("a.eml", MAIL + "\n--x" * 9, "mail.MAX_MAIL_PARTS", 2, "over 2 parts"),
        (
            "a.eml",
            MAIL.replace("\n\n", "\nContent-Type: text/html\n\n<b><i>"),
            "fragment.MAX_MARKUP_ELEMENTS",
            1,
            "over 1 tags",
        ),
        ("a.html", "<html><body><p>Rents rose again, she said.</p>", "webpage.MAX_MARKUP_ELEMENTS", 2, "over 2 tags"),
        ("a.txt", "Rents rose", "decode.MAX_TEXT_CHARS", 5, "limit is 5"),
    ],
)
def test_a_limit_is_named_when_it_is_passed(only, name, data, limit, value, words):
    error = only(name, data, limit, value)
    assert isinstance(error, LimitError)
    assert words in str(error)
    assert error.source == name


@pytest.mark.parametrize(
    ("limit", "value", "words"),
    [
        ("pdf.MAX_PAGES", 1, "2 pages; the limit is 1"),
        ("pdf.MAX_PDF_RATIO", 0, "times its size"),
        ("pdf.MAX_TEXT_CHARS", 5, "over 5 characters"),
        ("pdf.MAX_READ_SECONDS", -1, "seconds a MB"),
    ],
)
def test_the_limits_of_a_pdf_are_named(only, make_pdf, article, limit, value, words):
    error = only("a.pdf", make_pdf(article, article), limit, value)
    assert isinstance(error, LimitError)
    assert words in str(error)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.docx", word("<w:document><w:p>"), "damaged or locked Word file"),
        ("a.docx", word(PARAGRAPHS)[:-30].replace(b"Rents", b"Tents"), "ZIP archive"),
        ("a.docx", word(f"<w:document {W}/>"), "no words"),
        ("a.warc", b"WARC/1.1\r\nbroken", "damaged web archive|no page"),
        ("a.warc", RECORD, "no page with text"),
        ("a.warc.gz", b"\x1f\x8bbroken", "gzip archive"),
        (
            "a.mhtml",
            "Content-Type: multipart/related; boundary=x\n\n--x\nContent-Type: image/png\n\nx\n--x--",
            "no page in it",
        ),
        ("a.eml", "From: a@b.example\nContent-Type: text/plain; charset=no-such\n\nRents rose.", "damaged mail|Rents"),
        ("a.csv", 'text\n"Rents\0rose"\n', "NUL"),
        ("a.json", "window.YTD.tweets.part0 = [", "not JSON"),
    ],
)
def test_a_damaged_file_is_an_error_with_the_next_step(only, name, data, words):
    import re

    error = only(name, data)
    assert isinstance(error, SourceError)
    assert re.search(words, str(error))


def test_a_resource_in_an_archive_and_a_page_over_the_limit(only, monkeypatch, page):
    from claimtrack.ingest.archive import _record

    fields = {"WARC-Target-URI": "https://ledger.example/port"}
    data = _record("resource", "2026-03-12T10:15:00Z", "text/html", page.encode(), fields)
    assert isinstance(only("a.warc.gz", data), Document)
    assert "in the archive is over" in str(only("a.warc.gz", data, "archive.MAX_SOURCE_BYTES", 50))
