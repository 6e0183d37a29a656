"""HTML pages: the article without the page around it, and what the page says of itself."""

from datetime import UTC, date, datetime

import pytest

from claimtrack.errors import LimitError, SourceError
from claimtrack.ingest import Document, read_source
from claimtrack.ingest.watch import folder_state


def test_the_article_is_read_without_the_page_around_it(read, page, article):
    (document,) = read("port.html", page)
    assert document.text == "\n\n".join(["Port stays shut", *article])
    assert document.media_type == "text/html"
    assert "trafilatura" in document.extractor


def test_json_ld_goes_before_meta_tags_and_says_so(read, page):
    (document,) = read("port.html", page)
    assert (document.title, document.publisher, document.author) == (
        "Port stays shut",
        "The Ledger",
        "Ana Ruiz, Joss Vane",
    )
    assert document.published_on == date(2026, 3, 12)
    assert document.published_at == datetime(2026, 3, 13, 4, 30, tzinfo=UTC)
    assert (document.zone, document.language) == ("-05:00", "en-GB")
    assert {document.origins[field] for field in ("title", "publisher", "author", "published_on", "language")} == {
        "json-ld"
    }
    assert document.canonical_url == document.url == "https://ledger.example/port"


def test_meta_tags_are_used_where_json_ld_is_broken(read, page):
    (document,) = read("port.html", page.replace('"@context"', "@context"))
    assert (document.title, document.publisher) == ("Port stays shut - breaking", "Ledger.example")
    assert (document.origins["title"], document.language) == ("meta", "en")


@pytest.mark.parametrize(
    ("mark", "origin"),
    [
        ("<!-- saved from url=(0031)https://ledger.example/saved-page -->", "file"),
        ("<!--\n Page saved with SingleFile \n url: https://ledger.example/saved-page \n saved date: now\n-->", "file"),
    ],
)
def test_a_page_saved_by_a_browser_keeps_the_address_it_was_saved_from(read, page, mark, origin):
    (document,) = read("port.htm", page.replace("<!DOCTYPE html>", f"<!DOCTYPE html>\n{mark}"))
    assert document.url == "https://ledger.example/saved-page"
    assert document.origins["url"] == origin


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_pages_are_decoded_as_they_declare(read, page, article, encoding):
    (document,) = read("port.html", page.replace('charset="utf-8"', f'charset="{encoding}"').encode(encoding))
    assert article[1] in document.text


def test_latin_1_means_windows_1252_as_in_browsers(read, page, article):
    (document,) = read("port.html", page.replace('charset="utf-8"', 'charset="iso-8859-1"').encode("cp1252"))
    assert article[1] in document.text


def test_the_words_decide_against_a_declared_language_that_is_the_systems(read, page, article):
    german = (
        "Der Hafen von Hartwell bleibt geschlossen, weil ein Kran auf den Kai gefallen ist und die Prüfung nicht zu "
        "Ende ist, sagte die Leiterin der Behörde am Dienstag vor der Presse, und das wird auch so bleiben."
    )
    (document,) = read(
        "port.html", page.replace(article[0], german).replace(article[1], german).replace(article[2], "")
    )
    assert (document.language, document.origins["language"]) == ("de", "text")


def test_one_bad_byte_in_a_page_is_shown_as_such(read, page):
    data = page.encode().replace(b"forty", b"fo\xffrty")
    (document,) = read("port.html", data)
    assert "fo\ufffdrty" in document.text


@pytest.mark.parametrize(
    ("markup", "error", "words"),
    [
        ("<html><body><nav>Home</nav></body></html>", SourceError, "no article text"),
        ("<html><head><script>var a = 1</script></head><body></body></html>", SourceError, "no article text"),
        ("<html><body><img src=a.png></body></html>", SourceError, "no article text"),
        (
            "<html><body>" + "<div>" * 5000 + "<p>hello there</p></body></html>",
            SourceError,
            "no article text|could not be read",
        ),
        ("<html><body>" + "<p>a" * 130_000 + "</body></html>", LimitError, "120,000 tags"),
        (
            "<html><body><p " + " ".join(f"a{n}" for n in range(9000)) + ">x</p></body></html>",
            LimitError,
            "2,000 attributes",
        ),
        ("<html><body><p>Rents\0 rose</p></body></html>", SourceError, "NUL"),
    ],
)
def test_a_page_without_an_article_is_an_error_with_the_reason_never_an_empty_document(read, markup, error, words):
    (found,) = read("port.html", markup)
    assert isinstance(found, error)
    assert __import__("re").search(words, str(found))


def test_a_saved_page_with_a_picture_inside_is_read(read, page):
    picture = "data:image/png;base64," + "iVBORw0KGgo=" * 200_000
    (document,) = read("port.html", page.replace("<h1>", f'<img src="{picture}" alt="a crane"><h1>'))
    assert isinstance(document, Document)


def test_a_page_without_an_ending_is_told_by_its_first_words(read, page):
    assert read("port", page)[0].media_type == "text/html"
    assert read("port.txt", page)[0].media_type == "text/plain"


def test_a_complete_page_is_one_source_and_its_pictures_and_styles_are_none(tmp_path, page):
    (tmp_path / "port.html").write_text(page, encoding="utf-8")
    for name in ("port_files/style.css", "port_files/frames/ad.html", "port_files/crane.png"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("body { color: red }", encoding="utf-8")
    (tmp_path / "case_files").mkdir()
    (tmp_path / "case_files" / "note.txt").write_text("The port stays shut.", encoding="utf-8")
    assert [one.name for one in read_source(tmp_path)] == [
        str(tmp_path / "case_files" / "note.txt"),
        str(tmp_path / "port.html"),
    ]
    assert {path.name for path in folder_state(tmp_path)} == {"note.txt", "port.html"}
