"""Every other format, on a real file of its kind that is made here."""

import csv
import gzip
import io
import json
import zipfile
from datetime import UTC, date, datetime

import pytest

from claimtrack.errors import LimitError, SourceError
from claimtrack.ingest import Document, RecordKind, read_source, warc_of


def test_a_pdf_keeps_where_its_pages_begin(read, make_pdf, article):
    (document,) = read("port.pdf", make_pdf(article[:2], article[2:], title="Port stays shut"))
    assert len(document.pages) == 2
    assert document.text[document.pages[0] :].startswith("The harbour office closed")
    assert document.text[document.pages[1] :].startswith("The union said")
    assert document.title == "Port stays shut"
    assert (document.media_type, document.language) == ("application/pdf", "en")


def test_a_pdf_of_pictures_asks_for_text_recognition(read):
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(out, "PDF")
    (error,) = read("scan.pdf", out.getvalue())
    assert isinstance(error, SourceError)
    assert "OCR" in str(error)


def test_a_pdf_with_a_password_is_said_to_be_locked(read, make_pdf, article):
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(make_pdf(article))))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    (error,) = read("locked.pdf", out.getvalue())
    assert "locked with a password" in str(error)


def test_a_broken_pdf_is_said_to_be_damaged(read, make_pdf, article):
    (error,) = read("cut.pdf", make_pdf(article)[:300])
    assert isinstance(error, SourceError)
    assert "damaged PDF" in str(error)


def test_a_word_file_gives_paragraphs_and_tables_in_order(read, make_word, article):
    (document,) = read(
        "port.docx", make_word(*article, title="Port stays shut", table=[["Berth", "State"], ["East", "shut"]])
    )
    assert document.text == "\n\n".join([*article, "Berth\tState", "East\tshut"])
    assert (document.title, document.author) == ("Port stays shut", "Ana Ruiz")


def test_a_word_file_shows_inserted_words_and_not_deleted_ones(read, make_word):
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = (
        f"<w:document {w}><w:body><w:p><w:r><w:t>We will </w:t></w:r><w:ins><w:r><w:t>not </w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>gladly </w:delText></w:r></w:del><w:r><w:t>sign.</w:t><w:br/><w:t>Ever.</w:t></w:r>"
        "</w:p></w:body></w:document>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", body)
    (document,) = read("port.docx", out.getvalue())
    assert document.text == "We will not sign.\nEver."


def test_a_cut_word_file_is_an_error(read, make_word, article):
    (error,) = read("cut.docx", make_word(*article)[:2000])
    assert isinstance(error, SourceError)


def test_a_mail_gives_its_own_words_subject_sender_and_day(read, make_mail, article):
    (document,) = read("port.eml", make_mail(plain="\n\n".join(article), html="<p>other</p>", attachment=b"\x89PNG"))
    assert document.text.rstrip("\n") == "\n\n".join(article)
    assert (document.title, document.author) == ("On the port: a correction", "Mirela Anand")
    assert (document.published_on, document.zone) == (date(2026, 3, 12), "+01:00")
    assert document.record_kind is RecordKind.DOCUMENT


def test_a_mail_in_html_alone_gives_its_text(read, make_mail):
    (document,) = read("port.eml", make_mail(html="<p>We will <b>not</b> sign.</p><script>x()</script><p>Never.</p>"))
    assert document.text == "We will not sign.\n\nNever."


def test_a_mail_of_attachments_alone_is_an_error(read):
    data = b"From: a@b.example\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n"
    (error,) = read("port.eml", data)
    assert "only attachments" in str(error)


def test_a_page_saved_as_one_file_is_read_as_the_page_it_is(read, page, article):
    from email.mime.multipart import MIMEMultipart
    from email.mime.text import MIMEText

    whole = MIMEMultipart("related")
    whole["Snapshot-Content-Location"] = "https://ledger.example/port-saved"
    whole.attach(MIMEText(page, "html", "utf-8"))
    (document,) = read("port.mhtml", whole.as_bytes())
    assert article[1] in document.text
    assert document.url == "https://ledger.example/port-saved"
    assert document.data == whole.as_bytes()


VTT = """WEBVTT - a press conference

NOTE made by hand

1
00:00:01.000 --> 00:00:03.500 align:start
<v Mirela Anand>We will <i>not</i> sign

00:00:03.500 --> 00:00:05.000
<v Mirela Anand>before the audit &amp; the vote.</v>

01:00:06.250 --> 01:00:08.000
<v.loud Joss Vane>Why not?</v>
<v Mirela Anand>Ask the union.
"""


def test_subtitles_with_voices_become_labelled_turns_with_their_times(read):
    (document,) = read("port.vtt", VTT)
    assert document.text == (
        "Mirela Anand: We will not sign before the audit & the vote.\n\n"
        "Joss Vane: Why not?\n\nMirela Anand: Ask the union."
    )
    assert [document.text[at:].split()[0] for at, _ in document.timecodes] == ["We", "before", "Why", "Ask"]
    assert [seconds for _, seconds in document.timecodes] == [1.0, 3.5, 3606.25, 3606.25]
    assert document.record_kind is RecordKind.RECORDING


def test_srt_keeps_labels_and_begins_turns_at_dashes_and_pauses(read):
    srt = (
        "1\r\n00:00:01,000 --> 00:00:02,000\r\nRUIZ: Who pays\r\nfor the quay?\r\n\r\n"
        "2\r\n00:00:02,100 --> 00:00:03,000\r\n- Not us.\r\n- Who then?\r\n\r\n"
        "3\r\n00:00:03,100 --> 00:00:04,000\r\n{\\an8}<i>The port.</i>\r\n\r\n"
        "4\r\n00:00:09,000 --> 00:00:10,000\r\nLater that day\r\n"
    )
    (document,) = read("port.srt", srt)
    assert document.text == "RUIZ: Who pays for the quay?\n\nNot us.\n\nWho then? The port.\n\nLater that day"


def test_subtitles_without_a_cue_are_an_error(read):
    assert "no subtitles" in str(read("port.srt", "Rents rose.")[0])


RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Ledger</title><link>https://ledger.example</link>
<item><title>Port &amp; quay</title>
<link>https://ledger.example/1</link><dc:creator>Ana Ruiz</dc:creator>
<pubDate>Thu, 12 Mar 2026 23:30:00 -0500</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>The port stays shut, she said.</p>
<p>“Not <b>before</b> May.”</p>]]></content:encoded></item>
<item><title>Nothing</title><description></description></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>The Ledger</title><entry><title>Port</title>
<link href="https://ledger.example/2"/>
<published>2026-03-12T10:00:00Z</published><author><name>Joss Vane</name></author>
<content type="html">&lt;p&gt;The port opens, he said.&lt;/p&gt;</content></entry></feed>"""


def test_a_feed_gives_its_entries_from_its_own_words(read):
    first, error = read("feed.xml", RSS)
    assert first.text == "The port stays shut, she said.\n\n“Not before May.”"
    assert (first.title, first.publisher, first.author) == ("Port & quay", "The Ledger", "Ana Ruiz")
    assert (first.published_on, first.url) == (date(2026, 3, 12), "https://ledger.example/1")
    assert first.origins["publisher"] == "feed"
    assert isinstance(error, SourceError)


def test_an_atom_feed_gives_its_entries(read):
    (entry,) = read("feed.atom", ATOM)
    assert (entry.text, entry.author, entry.published_on) == (
        "The port opens, he said.",
        "Joss Vane",
        date(2026, 3, 12),
    )


def test_a_feed_without_entries_is_an_error(read):
    assert "without entries" in str(read("feed.xml", "<rss version='2.0'><channel></channel></rss>")[0])


def test_a_table_gives_a_document_a_row_and_names_the_line_of_a_bad_one(read):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerows(
        [
            ["ID", "Headline", "Published on", "Link", "Source", "Body"],
            ["a1", "Port", "12 March 2026", "https://ledger.example/1", "The Ledger", "“No,”\nshe said; “never”."],
            ["a2", "Nothing", "", "", "", ""],
            ["a3", "Quay", "2026-03-13", "", "", "The quay fell."],
        ]
    )
    first, error, last = read("articles.csv", out.getvalue())
    assert (first.given_id, first.text, first.published_on) == ("a1", "“No,”\nshe said; “never”.", date(2026, 3, 12))
    assert (first.title, first.publisher, first.url) == ("Port", "The Ledger", "https://ledger.example/1")
    assert error.source == "a2"
    assert last.given_id == "a3"


def test_a_table_with_other_names_is_read_with_a_mapping(tmp_path):
    path = tmp_path / "artikel.tsv"
    path.write_text("Wortlaut\tTag\nThe port stays shut.\t2026-03-12\n", encoding="utf-8")
    (refused,) = read_source(path)
    assert "'Wortlaut'" in str(refused)
    (document,) = read_source(path, columns={"text": "Wortlaut", "date": "Tag"})
    assert (document.text, document.published_on) == ("The port stays shut.", date(2026, 3, 12))
    (wrong,) = read_source(path, columns={"text": "Inhalt"})
    assert "text=Inhalt" in str(wrong)


OUTBOX = {
    "@context": "https://www.w3.org/ns/activitystreams",
    "type": "OrderedCollection",
    "orderedItems": [
        {
            "type": "Create",
            "actor": "https://social.example/users/anand",
            "object": {
                "id": "https://social.example/users/anand/1",
                "type": "Note",
                "published": "2026-03-12T10:15:00Z",
                "attributedTo": "https://social.example/users/anand",
                "content": "<p>We will not sign.<br>Not before May.</p>",
                "contentMap": {"en": "..."},
            },
        },
        {"type": "Announce", "object": "https://social.example/users/vane/9"},
    ],
}


def test_a_fediverse_outbox_gives_original_posts_and_leaves_boosts_out(read):
    (post,) = read("outbox.json", json.dumps(OUTBOX))
    assert post.text == "We will not sign.\nNot before May."
    assert post.record_kind is RecordKind.POST
    assert (post.url, post.publisher, post.language) == ("https://social.example/users/anand/1", "social.example", "en")
    assert post.published_at == datetime(2026, 3, 12, 10, 15, tzinfo=UTC)


def test_a_mastodon_status_gives_its_author(read):
    status = {
        "id": "7",
        "created_at": "2026-03-12T10:15:00.000Z",
        "url": "https://social.example/@anand/7",
        "content": "<p>We will not sign.</p>",
        "account": {"acct": "anand", "display_name": "Mirela Anand"},
    }
    (post,) = read("status.json", json.dumps(status))
    assert (post.author, post.text, post.record_kind) == ("Mirela Anand", "We will not sign.", RecordKind.POST)


def test_an_x_archive_gives_posts_and_marks_what_was_passed_on_as_reports(read):
    tweets = [
        {
            "tweet": {
                "id_str": "12",
                "created_at": "Thu Mar 12 10:15:00 +0000 2026",
                "full_text": "Rents &amp; fees rose.\n\nAgain.",
            }
        },
        {"tweet": {"id_str": "13", "created_at": "?", "full_text": "RT @vane: The port opens."}},
    ]
    own, passed_on = read("tweets.js", "window.YTD.tweets.part0 = " + json.dumps(tweets))
    assert (own.text, own.published_on, own.record_kind) == (
        "Rents & fees rose.\n\nAgain.",
        date(2026, 3, 12),
        RecordKind.POST,
    )
    assert own.url == "https://x.com/i/web/status/12"
    assert (passed_on.record_kind, passed_on.published_on) == (RecordKind.REPORT, None)


@pytest.mark.parametrize("data", ["{}", "[]", '{"a": [1, 2]}', "{broken", "[" * 5000])
def test_json_that_holds_no_posts_is_an_error_with_the_next_step(read, data):
    (error,) = read("a.json", data)
    assert isinstance(error, SourceError)


@pytest.fixture
def fetched(page):
    return Document(
        "https://ledger.example/port",
        page.encode(),
        "The port stays shut.",
        "text/html",
        "x",
        url="https://ledger.example/port",
        final_url="https://www.ledger.example/port",
        captured_at=datetime(2026, 3, 12, 10, 15, tzinfo=UTC),
        headers={"content-type": "text/html; charset=utf-8", "etag": '"7"'},
    )


def test_a_capture_written_as_a_web_archive_reads_back_as_the_same_page(read, fetched, article):
    data = warc_of(fetched)
    assert data == warc_of(fetched)
    (document,) = read("port.warc.gz", data)
    assert document.data == fetched.data
    assert article[1] in document.text
    assert (document.final_url, document.captured_at) == (fetched.final_url, fetched.captured_at)
    assert document.headers["etag"] == '"7"'
    (plain,) = read("port.warc", gzip.decompress(data))
    assert plain.text == document.text


def test_a_paste_has_no_response_to_archive():
    with pytest.raises(SourceError, match="was not fetched"):
        warc_of(Document("-", b"a", "a", "text/plain", "x"))


def test_pictures_and_redirects_in_a_web_archive_are_passed_over(read, page):
    from claimtrack.ingest.archive import _record

    answers = [
        ("301 Moved", "text/html", b"<p>moved</p>"),
        ("200 OK", "image/png", b"\x89PNG"),
        ("200 OK", "text/html", page.encode()),
        ("200 OK", "text/html", b"<html><body></body></html>"),
    ]
    records = [
        _record(
            "response",
            "2026-03-12T10:15:00Z",
            "application/http; msgtype=response",
            f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body,
            {"WARC-Target-URI": f"https://ledger.example/{number}"},
        )
        for number, (status, kind, body) in enumerate(answers)
    ]
    document, error = read("all.warc.gz", b"".join(records))
    assert isinstance(document, Document)
    assert "no article text" in str(error)


@pytest.mark.parametrize("cut", [60, 300])
def test_a_cut_web_archive_is_an_error(read, fetched, cut):
    found = read("cut.warc.gz", warc_of(fetched)[:-cut])
    assert isinstance(found[-1], SourceError)
    assert not isinstance(found[-1], LimitError)
