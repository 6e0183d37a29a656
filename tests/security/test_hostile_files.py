"""Files made to hurt: 1 MB of any kind is read, or refused in one sentence, in 5 seconds and 512 MB.

The files of one kind are read by one process, so that time and peak memory are those of reading and nothing else.
"""

import gzip
import io
import json
import subprocess
import sys
import zipfile
import zlib

import pytest

MEGABYTE = 1_000_000
MAX_SECONDS, MAX_MEGABYTES = 5, 512

PROBE = """
import sys, time
from claimtrack.ingest import read_source
import trafilatura, pypdf, feedparser, lxml.html, warcio.archiveiterator
for path in sys.argv[1:]:
    started = time.process_time()
    count = sum(1 for item in read_source(path))
    # The peak of this process alone: what `resource` gives begins with the peak of the process that started it.
    peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
    print(path, time.process_time() - started, int(peak.split()[1]) // 1024, count, sep="\\t")
"""


def filled(start, unit, end=b""):
    return start + unit * ((MEGABYTE - len(start) - len(end)) // len(unit)) + end


def in_zip(name, data):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()


def word(body):
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return in_zip("word/document.xml", f"<w:document {w}><w:body>".encode() + body + b"</w:body></w:document>")


def pdf(*objects):
    """A PDF of numbered objects; the first is the catalogue."""
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out) + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(places) + 1, start)


def one_page(stream, extra=b""):
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d%s>>stream\n" % (len(stream), extra) + stream + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )


OPERATORS = zlib.compress(b"BT /F 9 Tf (a) Tj ET\n" * 12_000, 9)
LAUGHS = (
    b"<!DOCTYPE x [<!ENTITY a0 'ha'>"
    + b"".join(b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))
    + b"]>"
)
QUADRATIC = b"<!DOCTYPE x [<!ENTITY a '" + b"a" * 400_000 + b"'>]>"

FILES = {
    "words.txt": lambda: filled(b"", "Rents rose – “again”, she said. ".encode()),
    "one-line.txt": lambda: b"a" * MEGABYTE,
    "latin.txt": lambda: filled(b"", "Ödön äß £ÿ ".encode("cp1252")),
    "controls.txt": lambda: filled(b"Rents ", b"\x01\x02\x1b"),
    "colons.txt": lambda: filled(b"", b"A: "),
    "labels.txt": lambda: filled(b"", b"RUIZ: no\nVANE: yes\n"),
    "dates.txt": lambda: filled(b"", b"12 March 2026\n"),
    "paragraphs.html": lambda: filled(b"<html><body>", b"<p>a b c d said x.</p>", b"</body></html>"),
    "unclosed.html": lambda: filled(b"<html><body>", b"<p>a"),
    "deep.html": lambda: filled(b"<html><body>", b"<div>"),
    "deep-bold.html": lambda: filled(b"<html><body><p>hello there you all", b"<b>x"),
    "attributes.html": lambda: b"<html><body><p " + b" ".join(b"a%d=1" % n for n in range(90_000)) + b">x</p>",
    "bare-attributes.html": lambda: b"<html><body><p/" + b"/".join(b"a%d" % n for n in range(120_000)) + b">x</p>",
    "hidden-attributes.html": lambda: b"<html><p z='>' " + b" ".join(b"a%d" % n for n in range(120_000)) + b">x</p>",
    "links.html": lambda: filled(b"<html><body>", b"<a href=x>some words of a link</a> "),
    "table.html": lambda: filled(b"<html><body><table>", b"<tr><td>x y z v</td></tr>"),
    "breaks.html": lambda: filled(b"<html><body><p>", b"words and words<br>"),
    "entities.html": lambda: filled(b"<html><body><p>some words and more", b"&amp;&#x41;"),
    "comments.html": lambda: filled(b"<html><body>", b"<!--"),
    "json-ld.html": lambda: filled(b"<html><script type='application/ld+json'>", b"[", b"</script><p>a b c d e</p>"),
    "json-ld-many.html": lambda: filled(
        b"<html><body><p>a b c d e f</p>", b'<script type=\'application/ld+json\'>{"@type":"Article"}</script>'
    ),
    "meta.html": lambda: filled(b"<html><head>", b"<meta name=date content='2026-01-01'>", b"</head><p>a b c d e</p>"),
    "dates.html": lambda: filled(b"<html><body>", b"<p>12 March 2026 2026-03-12 12/03/2026</p>"),
    "laughs.xhtml": lambda: LAUGHS + b"<html><body><p>&a11; and some more words</p></body></html>",
    "lines.jsonl": lambda: filled(b"", b'{"id":1,"text":"Rents rose."}\n'),
    "empty-lines.jsonl": lambda: filled(b"", b"\n"),
    "nested.jsonl": lambda: b'{"text":' + b"[" * 900_000,
    "number.jsonl": lambda: b'{"text":' + b"9" * 900_000 + b"}",
    "escapes.jsonl": lambda: filled(b'{"id":1,"text":"', b"\\u0041", b'"}'),
    "bomb.docx": lambda: zipped_word_bomb(),  # noqa: PLW0108 - defined below
    "tags.docx": lambda: word(b"<w:p/>" * 6_000_000),
    "deep.docx": lambda: word(b"<w:p>" * 5_000_000),
    "cells.docx": lambda: word(
        b"<w:tbl>" + b"<w:tr><w:tc><w:p><w:r><w:t>a b</w:t></w:r></w:p></w:tc></w:tr>" * 500_000
    ),
    "runs.docx": lambda: word(b"<w:p>" + b"<w:r><w:t>a</w:t></w:r>" * 1_500_000 + b"</w:p>"),
    "laughs.docx": lambda: in_zip(
        "word/document.xml",
        LAUGHS + b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        b"<w:body><w:p><w:r><w:t>&a11;</w:t></w:r></w:p></w:body></w:document>",
    ),
    "many-parts.docx": lambda: many_parts(),  # noqa: PLW0108 - defined below
    "bomb.pdf": lambda: one_page(zlib.compress(b" " * 200_000_000, 6), b"/Filter/FlateDecode"),
    "operators.pdf": lambda: one_page(zlib.compress(b"BT /F 9 Tf (a) Tj ET\n" * 1_000_000, 6), b"/Filter/FlateDecode"),
    "words.pdf": lambda: one_page(filled(b"BT /F 9 Tf ", b"(some words) Tj\n", b" ET")),
    "arrays.pdf": lambda: one_page(filled(b"", b"[")),
    "dictionaries.pdf": lambda: one_page(filled(b"", b"<<")),
    "shared-stream.pdf": lambda: pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 400/Kids[" + b"3 0 R " * 400 + b"]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n" % len(OPERATORS) + OPERATORS + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ),
    "forms.pdf": lambda: pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>",
        b"<</Length 60000>>stream\n" + b"/X Do " * 10_000 + b"\nendstream",
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Filter/FlateDecode/Length %d>>stream\n" % len(OPERATORS)
        + OPERATORS
        + b"\nendstream",
    ),
    "circle.pdf": lambda: pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"),
    "pages.pdf": lambda: pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 120000/Kids[" + b"3 0 R " * 120_000 + b"]>>",
        b"<</Type/Page/Parent 2 0 R>>",
    ),
    "objects.pdf": lambda: filled(b"%PDF-1.4\n", b"1 0 obj<<>>endobj\n"),
    "numbers.pdf": lambda: b"%PDF-1.4\n" + b"9" * 900_000 + b"\nstartxref\n9\n%%EOF",
    "filters.pdf": lambda: one_page(nested_deflate(), b"/Filter[" + b"/FlateDecode" * 4 + b"]"),
    "parts.eml": lambda: filled(b"From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n", b"--x\n\na\n"),
    "nested.eml": lambda: nested_mail(),  # noqa: PLW0108 - defined below
    "headers.eml": lambda: filled(b"From: a@b.example\n", b"X-A: b\n", b"\nRents rose."),
    "long-header.eml": lambda: filled(b"From: a@b.example\nSubject: ", b"=?utf-8?q?a?= ", b"\n\nRents rose."),
    "addresses.eml": lambda: filled(b"Subject: x\nFrom: ", b"((a,", b"\n\nRents rose."),
    "tags.eml": lambda: filled(b"From: a@b.example\nContent-Type: text/html\n\n", b"<p>a b"),
    "cues.srt": lambda: filled(b"", b"1\n00:00:01,000 --> 00:00:02,000\nNo.\n\n"),
    "tags.vtt": lambda: filled(b"WEBVTT\n\n00:01.000 --> 00:02.000\n", b"<v "),
    "angles.vtt": lambda: filled(b"WEBVTT\n\n00:01.000 --> 00:02.000\n", b"<"),
    "times.srt": lambda: filled(b"", b"00:00:01,000 --> "),
    "bomb.warc.gz": lambda: gzip.compress(b"WARC/1.1\r\n" + b"a" * 200_000_000, 6),
    "records.warc": lambda: filled(b"", b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 0\r\n\r\n\r\n\r\n"),
    "page-bomb.warc": lambda: (
        (
            b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\n"
            b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n" % (len(packed_answer()))
        )
        + packed_answer()
        + b"\r\n\r\n"
    ),
    "items.xml": lambda: filled(b"<rss><channel>", b"<item><title>a</title><description>b c</description></item>"),
    "laughs.xml": lambda: LAUGHS + b"<rss><channel><item><title>&a11;</title></item></channel></rss>",
    "quadratic.xml": lambda: (
        QUADRATIC + b"<rss><channel><item><title>" + b"&a;" * 100_000 + b"</title></item></channel></rss>"
    ),
    "deep.xml": lambda: filled(b"<rss><channel>", b"<item>"),
    "escaped.xml": lambda: filled(
        b"<rss><channel><item><description>", b"&lt;p&gt;a", b"</description></item></channel></rss>"
    ),
    "broken.xml": lambda: filled(b"<rss><channel><item><title>", b"<![CDATA["),
    "rows.csv": lambda: filled(b"id,text\n", b"1,Rents rose.\n"),
    "columns.csv": lambda: filled(b"text", b",a", b"\nRents rose."),
    "quotes.csv": lambda: filled(b'text\n"', b'""'),
    "posts.json": lambda: json.dumps([{"type": "Note", "content": "<p>Rents rose.</p>"}] * 20_000).encode(),
    "nested.json": lambda: b"[" * MEGABYTE,
    "nested-first.json": lambda: b'{"first":' * 100_000 + b"1" + b"}" * 100_000,
    "tags.json": lambda: json.dumps([{"type": "Note", "content": "<b>" * 300_000}]).encode(),
    "noise.pdf": lambda: b"%PDF-1.7\n" + bytes(n * 7919 % 251 for n in range(MEGABYTE)),
    "noise.bin": lambda: bytes(n * 7919 % 256 for n in range(MEGABYTE)),
}


def zipped_word_bomb():
    """300 MB of one letter in a document of 1 MB, compressed piece by piece."""
    out = io.BytesIO()
    w = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as body:
        body.write(b"<w:document " + w + b"><w:body><w:p><w:r><w:t>")
        for _ in range(300):
            body.write(b"a" * MEGABYTE)
        body.write(b"</w:t></w:r></w:p></w:body></w:document>")
    return out.getvalue()


def many_parts():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(8_000):
            archive.writestr(f"word/part{number}.xml", b"")
        archive.writestr("word/document.xml", b"<w:document/>")
    return out.getvalue()


def nested_deflate():
    data = b" " * 200_000_000
    for _ in range(4):
        data = zlib.compress(data, 9)
    return data


def nested_mail():
    start = b"From: a@b.example\n"
    return start + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(15_000))


def packed_answer():
    page = gzip.compress(b"<html>" + b"a" * 200_000_000, 6)
    return b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n" + page


@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read from /proc")
@pytest.mark.timeout(300)
@pytest.mark.parametrize("ending", sorted({name.rpartition(".")[2] for name in FILES}))
def test_a_megabyte_of_anything_is_read_or_refused_within_the_limits(tmp_path, ending):
    paths = [tmp_path / name for name in FILES if name.rpartition(".")[2] == ending]
    for path in paths:
        path.write_bytes(FILES[path.name]())
    command = [sys.executable, "-c", PROBE, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=280, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    measured = [line.split("\t") for line in done.stdout.splitlines()]
    assert len(measured) == len(paths)
    too_much = [line for line in measured if float(line[1]) >= MAX_SECONDS or int(line[2]) >= MAX_MEGABYTES]
    assert too_much == []
    assert all(int(count) >= 1 for *_, count in measured)
