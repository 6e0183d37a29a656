"""Word: named styles that a newsroom can restyle, one a role, and nothing formatted by hand.

Headings are Word's own, so that its navigation and its table of contents work; links inside the file lead from the
summary to the claims and from quotations to the saved copies.
"""

from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.table import CT_Tbl
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph

from claimtrack.reports.model import Report, Template
from claimtrack.reports.view import Claim, Entry, Quote, View, view
from claimtrack.reports.wording import Wording

#: python-docx has no types.
Word = Any

#: Our styles: name, built on, size in points, bold, italic, indent in mm, grey.
_STYLES = (
    ("Report Facts", "Normal", 9, False, False, 0, True),
    ("Report Kind", "Normal", 9, False, False, 0, True),
    ("Report Verdict", "Normal", 14, True, False, 0, False),
    ("Report Reasoning", "Normal", 11, False, False, 0, False),
    ("Report Quotation", "Normal", 11, False, False, 6, False),
    ("Report Attribution", "Normal", 10, False, False, 6, False),
    ("Report Warning", "Normal", 10, True, False, 6, False),
    ("Report Banner", "Normal", 11, True, False, 0, False),
    ("Report Entry", "Normal", 10, False, False, 0, False),
    ("Report Hash", "Normal", 8, False, False, 0, True),
)


def render(report: Report) -> bytes:
    """The report as .docx."""
    return Writer(report, view(report)).report()


class Writer:
    """Writes one file; the annotated copy builds on it and sets up (`also`) styles of its own."""

    def __init__(self, report: Report, seen: View, also: Callable[[Word], None] | None = None) -> None:
        self.seen = seen
        wording = Wording(report.template)
        self.say, self._day = wording.say, wording.day
        self._template = report.template
        self.file: Word = Document()
        self._marks = 0
        _set_up(self.file, report.template, seen)
        if also:
            also(self.file)
        self._end = self.file.element.body.sectPr
        self._ids = {style.name: style.style_id for style in self.file.styles}

    def report(self) -> bytes:
        """The whole report, as a file."""
        self.masthead(self.seen.title)
        self._summary()
        for claim in self.seen.claims:
            self._claim(claim)
        if self.seen.unclaimed:
            self.heading(self.say("h.unclaimed"), 1)
            self._quotes(self.seen.unclaimed)
        self._copies()
        self.foot()
        return self.saved()

    def saved(self) -> bytes:
        """The file's bytes."""
        buffer = BytesIO()
        self.file.save(buffer)
        return buffer.getvalue()

    def masthead(self, title: str) -> None:
        """Desk with its logo, title, audience, facts."""
        self.desk()
        self.paragraph(title, "Title")
        self.line(self.seen.audience, "Report Banner")
        self.line(" · ".join((self.seen.made, *self.seen.facts)), "Report Facts")

    def desk(self) -> None:
        """The desk's logo and name; a drawing (SVG) is left out, since Word would need a picture beside it."""
        template = self._template
        if template.logo and template.logo_type in {"image/png", "image/jpeg"}:
            self.paragraph("", "Report Kind").add_run().add_picture(BytesIO(template.logo), height=Mm(11))
        self.line(self.seen.desk, "Report Kind")

    def foot(self) -> None:
        """What was left out, and the imprint."""
        self.heading(self.say("h.withheld"), 1)
        for line in self.seen.withheld:
            self.paragraph(line, "List Bullet")
        for line in (self.say("printed_only"), self.seen.head, self.seen.imprint):
            self.line(line, "Report Facts")

    def heading(self, text: str, level: int, mark: str = "") -> None:
        """A heading, with a place that links inside the file lead to."""
        paragraph = self.paragraph(text, f"Heading {level}")
        if mark:
            self._bookmark(paragraph, mark)

    def line(self, text: str, style: str) -> Word:
        """A paragraph in one of our styles; an empty text gives none."""
        return self.paragraph(text, style) if text else None

    def paragraph(self, text: str, style: str) -> Word:
        """A paragraph in a style at the end of the file.

        python-docx's own way looks through all styles and all paragraphs for each new one: 38 s for 500 claims.
        """
        element = OxmlElement("w:p")
        self._end.addprevious(element)
        paragraph: Word = Paragraph(element, self.file._body)  # noqa: SLF001
        element.style = self._ids[style]
        paragraph.add_run(text)
        return paragraph

    def run(self, paragraph: Word, text: str, style: str) -> Word:
        """A run in a character style."""
        run = paragraph.add_run(text)
        run._r.style = self._ids[style]  # noqa: SLF001
        return run

    def _summary(self) -> None:
        if not self.seen.claims:
            self.line(self.say("no_claims"), "Normal")
            return
        self.heading(self.say("h.summary"), 1)
        names = (self.say("column.no"), self.say("h.claim"), self.say("h.verdict"), self.say("h.readers"))
        table = self.table(names, (10, 95, 32, 33))
        for claim in self.seen.claims:
            cells = table.add_row().cells
            cells[0].text, cells[2].text, cells[3].text = claim.number, claim.verdict, claim.readers
            self.link(cells[1].paragraphs[0], claim.text, anchor=claim.anchor)

    def table(self, names: Iterable[str], widths_mm: Iterable[int]) -> Word:
        """A table with a header row that repeats on each page."""
        names, widths = tuple(names), tuple(widths_mm)
        table: Word = Table(CT_Tbl.new_tbl(1, len(names), Mm(sum(widths))), self.file._body)  # noqa: SLF001
        self._end.addprevious(table._tbl)  # noqa: SLF001
        table._tbl.tblStyle_val = self._ids["Table Grid"]  # noqa: SLF001
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        for cell, name in zip(table.rows[0].cells, names, strict=True):
            cell.text = name
        mark = OxmlElement("w:tblHeader")
        mark.set(qn("w:val"), "true")
        table.rows[0]._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 - python-docx has no call for it
        return table

    def _claim(self, claim: Claim) -> None:
        self.line(
            " · ".join(part for part in (f"{claim.kind} {claim.number}", claim.state, claim.byline) if part),
            "Report Kind",
        )
        self.heading(claim.text, 1, claim.anchor)
        for banner in claim.banners:
            self.line(banner, "Report Banner")
        self.line(claim.verdict, "Report Verdict")
        place = self.say("scale.place", step=claim.step, steps=claim.steps) if claim.step else ""
        self.line(" · ".join(part for part in (place, claim.readers, claim.decided) if part), "Report Facts")
        self.line(claim.reasoning, "Report Reasoning")
        if claim.line:
            self._quotes((claim.line,))
        if claim.quotes:
            self.heading(self.say("h.quotations"), 2)
            self._quotes(claim.quotes)
        if claim.spread:
            self.heading(self.say("h.words"), 2)
            table = self.table(
                (self.say("column.letter"), self.say("wording"), self.say("count"), self.say("first_seen")),
                (16, 84, 20, 50),
            )
            for one in claim.spread.wordings:
                cells = table.add_row().cells
                facts = (one.letter, one.words, str(one.count), f"{self._day(one.first)}, {one.outlet}")
                for cell, text in zip(cells, facts, strict=True):
                    cell.text = text
        if claim.evidence:
            self.heading(self.say("h.evidence"), 2)
            self.entries(claim.evidence)
        for section in claim.sections:
            self.heading(section.heading, 2)
            self.entries(section.entries)

    def _quotes(self, quotes: Iterable[Quote]) -> None:
        for one in quotes:
            self.line(one.words, "Report Quotation")
            paragraph = self.line(f"{one.number} ", "Report Attribution")
            paragraph.add_run(one.speaker).bold = True
            if one.relation:
                paragraph.add_run(f" · {one.relation}")
            for warning in one.warnings:
                self.line(warning, "Report Warning")
            for query in one.queries:
                self.line(f"{self.say('open_query')}: {query}", "Report Warning")
            paragraph = self.paragraph("", "Report Attribution")
            self._source(paragraph, one)
            self.line(" · ".join(one.facts), "Report Attribution")

    def _source(self, paragraph: Word, one: Quote | Entry) -> None:
        self.link(paragraph, one.source if isinstance(one, Quote) else one.text, url=one.url)
        if one.archive_url:
            paragraph.add_run(" · ")
            self.link(paragraph, self.say("archived"), url=one.archive_url)
        if one.copy:
            paragraph.add_run(" · ")
            self.link(paragraph, one.copy, anchor=f"copy-{one.copy}")

    def entries(self, entries: Iterable[Entry]) -> None:
        """Evidence, readings, queries: one paragraph each, its words and facts below."""
        for one in entries:
            paragraph = self.paragraph(f"{one.number} " if one.number else "", "Report Entry")
            paragraph.add_run(f"{one.head}: ").bold = True
            self._source(paragraph, one)
            self.line(f"“{one.words}”" if one.words else "", "Report Quotation")
            self.line(" · ".join(one.facts), "Report Facts")

    def _copies(self) -> None:
        if not self.seen.copies:
            return
        self.heading(self.say("h.sources"), 1)
        self.line(self.say("copies.what"), "Report Facts")
        for one in self.seen.copies:
            paragraph = self.paragraph(f"{one.number} ", "Report Entry")
            self._bookmark(paragraph, f"copy-{one.number}")
            self.link(paragraph, one.source, url=one.url)
            self.line(" · ".join((one.kind, *one.facts)), "Report Facts")
            self.line(f"{self.say('h.hash')} {one.sha256}", "Report Hash")

    def link(self, paragraph: Word, text: str, *, url: str | None = None, anchor: str = "") -> None:
        """Text that leads to an address or to a place in the file; plain text where it leads nowhere."""
        if not url and not anchor:
            paragraph.add_run(text)
            return
        link = OxmlElement("w:hyperlink")
        if url:
            link.set(qn("r:id"), paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        else:
            link.set(qn("w:anchor"), anchor)
        run = self.run(paragraph, text, "Hyperlink")
        link.append(run._r)  # noqa: SLF001 - python-docx reads links but does not write them
        paragraph._p.append(link)  # noqa: SLF001

    def _bookmark(self, paragraph: Word, name: str) -> None:
        self._marks += 1
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for mark in (start, end):
            mark.set(qn("w:id"), str(self._marks))
        start.set(qn("w:name"), name)
        paragraph._p.insert(1, start)  # noqa: SLF001
        paragraph._p.append(end)  # noqa: SLF001


def _set_up(file: Word, template: Template, seen: View) -> None:
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(20)
    file.core_properties.author, file.core_properties.title = seen.desk[:255], seen.title[:255]
    file.core_properties.language = template.language
    file.core_properties.comments = ""
    for name, base, size, bold, italic, indent, grey in _STYLES:
        style = file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = file.styles[base]
        style.font.size, style.font.bold, style.font.italic = Pt(size), bold, italic
        style.paragraph_format.left_indent = Mm(indent)
        style.paragraph_format.space_after = Pt(3)
        if grey:
            style.font.color.rgb = RGBColor(0x50, 0x50, 0x50)
    link = file.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.underline, link.font.color.rgb = True, RGBColor(0x0B, 0x53, 0x94)
    for name in ("Heading 1", "Heading 2", "Title"):
        file.styles[name].font.color.rgb = RGBColor(0, 0, 0)
    # A claim's heading stands right under the line that says what it is; that line brings the space.
    file.styles["Heading 1"].paragraph_format.space_before = Pt(8)
    file.styles["Report Quotation"].paragraph_format.keep_with_next = True
    file.styles["Report Quotation"].paragraph_format.space_before = Pt(8)
    file.styles["Report Kind"].paragraph_format.keep_with_next = True
    file.styles["Report Kind"].paragraph_format.space_before = Pt(18)
    _page_numbers(section.footer.paragraphs[0], seen)


def _page_numbers(paragraph: Word, seen: View) -> None:
    paragraph.add_run(f"{seen.desk} · {seen.audience} · ")
    for name in ("PAGE", "NUMPAGES"):
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), name)
        run = paragraph.add_run("1")
        field.append(run._r)  # noqa: SLF001 - python-docx has no fields
        paragraph._p.append(field)  # noqa: SLF001
        if name == "PAGE":
            paragraph.add_run(" / ")
