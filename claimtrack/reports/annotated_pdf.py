"""The annotated copy as PDF: the text on the left, what the desk knows beside it, unmarked passages at the end."""

from dataclasses import asdict

from claimtrack.reports.annotated import annotate
from claimtrack.reports.as_pdf import compile_template, frame
from claimtrack.reports.model import AnnotatedDocument, Audience
from claimtrack.reports.wording import Wording


def render(document: AnnotatedDocument, audience: Audience) -> bytes:
    """The copy as PDF.

    Raises:
        RuleError: the audience may not have it.
    """
    found = annotate(document, audience)
    say = Wording(found.report.template).say
    data = {
        **frame(found.report, found.seen),
        "title": f"{say('h.annotated')}: {found.source}",
        "facts": list(found.facts),
        "paragraphs": [asdict(paragraph) for paragraph in found.paragraphs],
        "unmarked": [list(one) for one in found.unmarked],
        "say": {
            "unmarked": say("h.unmarked"),
            "none": say("unmarked.none"),
            "withheld": say("h.withheld"),
            "printed_only": say("printed_only"),
            "language": document.copy.source.language or "",
        },
    }
    return compile_template("annotated.typ", data, found.report.made_at)
