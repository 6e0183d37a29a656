"""The annotated copy as Word: the notes as comments in the margin, and once more as a list for those who print it."""

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from claimtrack.reports.annotated import Annotated, Mark, Paragraph, annotate
from claimtrack.reports.as_word import Word, Writer
from claimtrack.reports.model import AnnotatedDocument, Audience


def render(document: AnnotatedDocument, audience: Audience) -> bytes:
    """The copy as .docx, its lines numbered by Word.

    Raises:
        RuleError: the audience may not have it.
    """
    found = annotate(document, audience)
    writer = Writer(found.report, found.seen, also=_set_up)
    writer.desk()
    writer.paragraph(f"{writer.say('h.annotated')}: {found.source}", "Title")
    writer.line(found.seen.audience, "Report Banner")
    writer.line(" · ".join((found.seen.made, *found.facts)), "Report Facts")
    for paragraph in found.paragraphs:
        _paragraph(writer, paragraph, found)
    _lists(writer, found)
    writer.foot()
    return writer.saved()


def _paragraph(writer: Writer, paragraph: Paragraph, found: Annotated) -> None:
    placed: Word = writer.paragraph("", "Annotated Text")
    writer.run(placed, f"¶{paragraph.number} ", "Annotated Number")
    marks = {mark.number: mark for mark in paragraph.marks}
    for segment in paragraph.segments:
        for number in segment.starts:
            run = writer.run(placed, f"[{number}]", "Annotated Number")
            mark = marks.pop(number, None)
            if mark:
                desk = found.seen.desk[:200]
                writer.file.add_comment(run, text="\n".join(_note(mark)), author=desk, initials=desk[:1].upper())
        if segment.is_marked:
            writer.run(placed, segment.text, "Annotated Mark")
        else:
            placed.add_run(segment.text)


def _note(mark: Mark) -> list[str]:
    return [f"{mark.number} {mark.head}", *mark.warnings, *mark.notes]


def _lists(writer: Writer, found: Annotated) -> None:
    writer.heading(writer.say("h.notes_list"), 1)
    for paragraph in found.paragraphs:
        for mark in paragraph.marks:
            head = writer.paragraph("", "Report Entry")
            head.add_run(f"{mark.number} ¶{paragraph.number} {mark.head}").bold = True
            for warning in mark.warnings:
                writer.line(warning, "Report Warning")
            for note in mark.notes:
                writer.line(note, "Report Attribution")
    writer.heading(writer.say("h.unmarked"), 1)
    for number, passage in found.unmarked:
        writer.line(f"¶{number} {passage}", "Report Entry")
    if not found.unmarked:
        writer.line(writer.say("unmarked.none"), "Report Entry")


def _set_up(file: Word) -> None:
    """A wide margin for comments, numbered lines, and the styles of marked words and their numbers."""
    section = file.sections[0]
    section.right_margin, section.left_margin = Mm(25), Mm(25)
    lines = OxmlElement("w:lnNumType")
    lines.set(qn("w:countBy"), "1")
    lines.set(qn("w:restart"), "continuous")
    margins = section._sectPr.find(qn("w:pgMar"))  # noqa: SLF001 - python-docx has no line numbers
    margins.addnext(lines)
    text = file.styles.add_style("Annotated Text", WD_STYLE_TYPE.PARAGRAPH)
    text.base_style = file.styles["Normal"]
    text.paragraph_format.line_spacing, text.paragraph_format.space_after = 1.4, Pt(8)
    mark = file.styles.add_style("Annotated Mark", WD_STYLE_TYPE.CHARACTER)
    mark.font.underline = True
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), "FFF3C4")
    mark.element.get_or_add_rPr().append(shade)
    number = file.styles.add_style("Annotated Number", WD_STYLE_TYPE.CHARACTER)
    number.font.size, number.font.bold, number.font.color.rgb = Pt(8), True, RGBColor(0x50, 0x50, 0x50)
