"""Files of every format, made here as the tools of the desk's sources make them."""

import io
import json
from email.message import EmailMessage

import pytest

ARTICLE = [
    "The harbour office closed the port of Hartwell on Monday after a crane fell onto the eastern quay.",
    "“We will not sign before the audit is done,” Mirela Anand, who heads the office, told reporters on Tuesday.",
    "The union said that nobody had been told of the plan, and that forty containers of fruit were lost in the heat.",
]


@pytest.fixture
def article():
    return list(ARTICLE)


@pytest.fixture
def page():
    """A page as a newspaper's system writes it, with all three ways to say what it is."""
    data = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "The Ledger online"},
            {
                "@type": ["NewsArticle"],
                "headline": "Port stays shut",
                "author": [{"@type": "Person", "name": "Ana Ruiz"}, {"@type": "Person", "name": "Joss Vane"}],
                "publisher": {"@type": "Organization", "name": "The Ledger"},
                "datePublished": "2026-03-12T23:30:00-05:00",
                "inLanguage": "en-GB",
            },
        ],
    }
    paragraphs = "".join(f"<p>{words}</p>" for words in ARTICLE)
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Port stays shut | The Ledger</title>
<link rel="canonical" href="https://ledger.example/port">
<meta property="og:title" content="Port stays shut - breaking"><meta property="og:site_name" content="Ledger.example">
<script type="application/ld+json">{json.dumps(data)}</script></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>Port stays shut</h1>{paragraphs}</article><footer>Terms and conditions</footer></body></html>"""


@pytest.fixture
def make_pdf():
    """A PDF typeset by Typst, one page for each list of paragraphs."""

    def make(*pages, title=""):
        import typst

        source = f"#set document(title: {json.dumps(title)})\n" + "\n#pagebreak()\n".join(
            "\n\n".join(f"#{json.dumps(words, ensure_ascii=False)}" for words in page) for page in pages
        )
        return typst.compile(source.encode())

    return make


@pytest.fixture
def make_word():
    def make(*paragraphs, title="", table=()):
        import docx

        document = docx.Document()
        document.core_properties.title = title
        document.core_properties.author = "Ana Ruiz"
        for words in paragraphs:
            document.add_paragraph(words)
        if table:
            grid = document.add_table(rows=len(table), cols=len(table[0]))
            for row, cells in zip(grid.rows, table, strict=True):
                for cell, words in zip(row.cells, cells, strict=True):
                    cell.text = words
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()

    return make


@pytest.fixture
def make_mail():
    def make(plain=None, html=None, attachment=None):
        message = EmailMessage()
        message["From"] = "Mirela Anand <anand@harbour.example>"
        message["To"] = "desk@ledger.example"
        message["Subject"] = "On the port: a correction"
        message["Date"] = "Thu, 12 Mar 2026 10:15:00 +0100"
        if plain:
            message.set_content(plain)
        if html and plain:
            message.add_alternative(html, subtype="html")
        elif html:
            message.set_content(html, subtype="html")
        if attachment:
            message.add_attachment(attachment, maintype="image", subtype="png", filename="crane.png")
        return message.as_bytes()

    return make


@pytest.fixture
def read(tmp_path):
    """What a file with these bytes and this name gives."""

    def read_file(name, data, **given):
        from claimtrack.ingest import read_source

        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return list(read_source(path, **given))

    return read_file
