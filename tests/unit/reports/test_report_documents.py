"""PDF, Word and Markdown say what the page says, in its order."""

import io
import re
from dataclasses import replace

import docx
import pypdf
import pytest
from markdown_it import MarkdownIt

from claimtrack.errors import ClaimTrackError
from claimtrack.reports import as_markdown, as_pdf, as_word
from claimtrack.reports.view import view
from claimtrack.reports.wording import shown

ORDER = (
    "Harbour talks: who said what",
    "The harbour ministry will not sign the berth contract before the audit is finished.",
    "The recording of the hearing has the minister saying so.",
    "the ministry would “not sign before the audit is done”",
    "said 10 Mar 2026",
    "The ministry will “not sign before the audit”",
    "reported 13 Mar 2026; day not stated",
    "In which words",
    "Recording of the port hearing",
    "An earlier version gave the wrong day of the hearing.",
    "attributed to Mirela Anand",
    "not said by Mirela Anand",
    "Saved copies",
    "What this file leaves out",
    "internal notes (3)",
    "What a page prints is not proof that it was said.",
)


def pdf_text(data):
    return flat(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages))


def word_text(data):
    return flat("\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs))


def flat(text):
    return re.sub(r"\s+", " ", text)


def in_order(text, words):
    at = 0
    for one in words:
        at = text.find(one, at)
        if at < 0:
            return one
    return None


def test_the_pdf_reads_in_order(public):
    wanted = [one for one in ORDER if one != "In which words"]
    assert in_order(pdf_text(as_pdf.render(public)), wanted) is None


def test_a_long_report_is_compiled_apart_and_is_the_same_file(public, monkeypatch):
    here = as_pdf.render(public)
    monkeypatch.setattr(as_pdf, "MAX_HERE_CHARS", 0)
    assert as_pdf.render(public) == here


def test_what_the_compiler_says_apart_is_told(public, monkeypatch):
    monkeypatch.setattr(as_pdf, "MAX_HERE_CHARS", 0)
    broken = replace(public, template=replace(public.template, logo=b"no picture", logo_type="image/png"))
    with pytest.raises(ClaimTrackError, match=r"^The PDF could not be made: "):
        as_pdf.render(broken)


def test_the_word_file_reads_in_order(public):
    assert in_order(word_text(as_word.render(public)), ORDER) is None


def test_the_pdf_is_tagged_and_knows_its_title_and_language(public):
    reader = pypdf.PdfReader(io.BytesIO(as_pdf.render(public)))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - a BooleanObject
    assert root["/Lang"] == "en"
    assert reader.metadata.title == "Harbour talks: who said what"
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert reader.outline[0]["/Title"].startswith("The harbour ministry")


def test_the_pdf_numbers_its_pages_and_lists_the_claims_with_theirs(public):
    pages = pypdf.PdfReader(io.BytesIO(as_pdf.render(replace(public, claims=public.claims * 6)))).pages
    for number, page in enumerate(pages, 1):
        assert f"{number} / {len(pages)}" in page.extract_text()
    assert re.search(r"12 The harbour minister said: “We will never sign.” False [0-9]+", flat(pages[0].extract_text()))


def test_the_same_report_gives_the_same_pdf(public):
    assert as_pdf.render(public) == as_pdf.render(public)


def test_hostile_texts_are_no_markup_in_a_pdf(hostile):
    text, report = hostile
    said, read = re.sub(r"\s", "", shown(text)), re.sub(r"\s", "", pdf_text(as_pdf.render(report)))
    if "𝔘" in text:  # which fonts a machine has decides what can be read back of these letters, not of the others
        said, read = (re.sub(r"[^ -~]", "", one) for one in (said, read))
    assert said in read


def test_a_pdf_is_made_of_letters_that_no_font_has(public):
    claim = replace(public.claims[0], text="\ue000 \U0010ffff 𝔘𝔫𝔦 🏛️ עברית ไทย \u0378")
    assert as_pdf.render(replace(public, claims=(claim,))).startswith(b"%PDF")


def test_hostile_texts_stay_text_in_word(hostile):
    text, report = hostile
    file = docx.Document(io.BytesIO(as_word.render(report)))
    headings = [one.text for one in file.paragraphs if one.style.name == "Heading 1"]
    assert flat(shown(text)).strip() in [flat(one).strip() for one in headings]


def test_every_paragraph_has_a_named_style_and_no_formatting_by_hand(editor):
    file = docx.Document(io.BytesIO(as_word.render(editor)))
    for paragraph in file.paragraphs:
        assert paragraph.style.name.startswith(("Report", "Heading", "Title", "List Bullet")), paragraph.text
        for run in paragraph.runs:
            assert run.font.size is None
            assert run.font.name is None
            assert run.font.color.rgb is None


def test_links_in_the_word_file_lead_to_places_that_exist(editor):
    file = docx.Document(io.BytesIO(as_word.render(editor)))
    xml = file.element.xml
    places = set(re.findall(r'<w:bookmarkStart [^>]*w:name="([^"]+)"', xml))
    assert set(re.findall(r'<w:hyperlink [^>]*w:anchor="([^"]+)"', xml)) <= places
    assert {"claim-1", "copy-S1"} <= places


def test_the_word_file_repeats_headers_of_its_tables_and_numbers_its_pages(editor):
    file = docx.Document(io.BytesIO(as_word.render(editor)))
    assert "w:tblHeader" in file.tables[0].rows[0]._tr.xml
    assert 'w:instr="PAGE"' in file.sections[0].footer._element.xml


def test_markdown_shows_what_the_page_shows(public):
    text = re.sub(r"<[^>]+>", "", MarkdownIt("commonmark").enable("table").render("".join(as_markdown.render(public))))
    text = flat(text.replace("&quot;", '"').replace("&amp;", "&"))
    assert in_order(text, [one for one in ORDER if one != "In which words"]) is None


def test_hostile_texts_are_no_markup_in_markdown(hostile):
    text, report = hostile
    tokens = MarkdownIt("commonmark").enable("table").parse("".join(as_markdown.render(report)))
    inline = [child for token in tokens if token.type == "inline" for child in token.children]
    assert not [one for one in (*tokens, *inline) if one.type.startswith("html")]
    assert {one.attrs["href"] for one in inline if one.type == "link_open"} <= {
        source.url for source in report.sources
    } | {item.url for claim in report.claims for item in claim.evidence}
    assert tokens[1].children[0].content == " ".join(shown(text).split())


def test_the_view_gives_every_number_once(editor):
    seen = view(editor)
    numbers = [quote.number for claim in seen.claims for quote in claim.quotes]
    assert len(set(numbers)) == len(numbers) == 5
    assert [copy.number for copy in seen.copies] == ["S1", "S2", "S3", "S4", "S5"]
