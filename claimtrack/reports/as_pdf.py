"""PDF by typst: tagged (PDF/UA-1), searchable, with contents, numbered evidence and page numbers.

The report goes in as JSON data (`sys.inputs`); the templates show its texts as strings, so none is ever markup. The
compiler reads nothing but the templates' own folder and fetches nothing.

The compiler takes about 1.7 MB a page (3,000 plain paragraphs: 270 MB; 500 claims on 660 pages: 1.1 GB) and never gives
it back to the process that called it. So a long report is compiled in a process of its own, which ends with it; one
file made in portions would need less, and would lose its tags where they are joined.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from importlib.resources import as_file, files
from pathlib import Path
from typing import Literal

import typst

from claimtrack.errors import ClaimTrackError
from claimtrack.reports.as_html import LOGO_TYPES, drawing
from claimtrack.reports.as_json import Plain
from claimtrack.reports.model import Report, Template
from claimtrack.reports.view import View, view
from claimtrack.reports.wording import Wording

#: A report with glyphs that no font has can't be PDF/UA; it is made all the same, tagged but without that promise.
_STANDARDS: tuple[Literal["ua-1"] | None, ...] = ("ua-1", None)

#: Data up to this length is compiled in this process: about 30 claims, 100 MB. A process of its own takes 0.2 s.
MAX_HERE_CHARS = 250_000
#: Longest compilation in a process of its own, in seconds: ten thousand claims on a slow machine.
MAX_SECONDS = 1_800

_LABELS = {
    "archived": "archived",
    "open_query": "open_query",
    "no_claims": "no_claims",
    "summary": "h.summary",
    "number": "column.no",
    "claim": "h.claim",
    "verdict": "h.verdict",
    "page": "column.page",
    "quotations": "h.quotations",
    "spread": "h.spread",
    "spread_what": "spread.what",
    "letter": "column.letter",
    "wording": "wording",
    "count": "count",
    "first_seen": "first_seen",
    "evidence": "h.evidence",
    "unclaimed": "h.unclaimed",
    "sources": "h.sources",
    "copies_what": "copies.what",
    "hash": "h.hash",
    "withheld": "h.withheld",
    "printed_only": "printed_only",
}


def render(report: Report) -> bytes:
    """The report as PDF. Costs about 20 ms a claim with five quotations."""
    return compile_template("report.typ", _data(report, view(report)), report.made_at)


def pictures(report: Report, ppi: float) -> list[bytes]:
    """The report's pages as PNG, `ppi` dots an inch; for short reports, since all pages are drawn."""
    inputs = json.dumps(_data(report, view(report)), ensure_ascii=False)
    with as_file(files("claimtrack.reports") / "templates") as folder:
        drawn = typst.compile(
            str(folder / "report.typ"), root=str(folder), format="png", ppi=ppi, sys_inputs={"report": inputs}
        )
    return [drawn] if isinstance(drawn, bytes) else list(drawn or ())


def compile_template(name: str, data: Mapping[str, Plain], made_at: datetime) -> bytes:
    """One of our typst templates with its data.

    Raises:
        ClaimTrackError: the compiler refuses it; its own words are in the message.
    """
    inputs = json.dumps(data, ensure_ascii=False)
    when = int(made_at.timestamp())  # the same report gives the same file
    with as_file(files("claimtrack.reports") / "templates") as folder:
        if len(inputs) <= MAX_HERE_CHARS:
            return _compiled(folder / name, inputs, when)
        command = [sys.executable, "-P", "-m", "claimtrack.reports.as_pdf", str(folder / name), str(when)]
        # Our own interpreter and module; of the report only its data, on standard input.
        done = subprocess.run(  # noqa: S603
            command, input=inputs.encode(), capture_output=True, check=False, timeout=MAX_SECONDS
        )
    if done.returncode != 0:
        told = done.stderr.decode("utf-8", "replace").strip().splitlines() or [f"exit status {done.returncode}"]
        raise ClaimTrackError(told[-1].removeprefix("claimtrack.errors.ClaimTrackError: "))
    return done.stdout


def _compiled(template: Path, inputs: str, when: int) -> bytes:
    for standard in _STANDARDS:
        try:
            made = typst.compile(
                str(template),
                root=str(template.parent),
                format="pdf",
                sys_inputs={"report": inputs},
                pdf_standards=standard,
                timestamp=when,
            )
        except typst.TypstError as error:
            if standard:
                continue
            raise ClaimTrackError(f"The PDF could not be made: {error}. Export it as a web page.") from error
        assert isinstance(made, bytes)
        return made
    raise AssertionError


def frame(report: Report, seen: View) -> dict[str, Plain]:
    """What every PDF of a report carries: title, desk, audience, logo, language."""
    template = report.template
    return {
        "title": seen.title,
        "desk": seen.desk,
        "desk_url": seen.desk_url,
        "audience": seen.audience,
        "made": seen.made,
        "facts": list(seen.facts),
        "head": seen.head,
        "imprint": seen.imprint,
        "lang": template.language.partition("-")[0].lower() or "en",
        "logo": _logo(template),
        "withheld": list(seen.withheld),
    }


def _data(report: Report, seen: View) -> dict[str, Plain]:
    wording = Wording(report.template)
    claims = []
    for claim in seen.claims:
        found = asdict(claim)
        place = wording.say("scale.place", step=claim.step, steps=claim.steps)
        found |= {"place": place, "drawing": None, "wordings": []}
        del found["spread"]
        if claim.spread:
            found["drawing"] = drawing(claim.spread, wording).replace("currentColor", "#000")
            found["wordings"] = [
                {
                    "letter": one.letter,
                    "words": one.words,
                    "count": str(one.count),
                    "first": f"{wording.day(one.first)}, {one.outlet}",
                }
                for one in claim.spread.wordings
            ]
        claims.append(found)
    return {
        **frame(report, seen),
        "say": {name: wording.say(key) for name, key in _LABELS.items()},
        "claims": claims,
        "unclaimed": [asdict(one) for one in seen.unclaimed],
        "copies": [asdict(one) for one in seen.copies],
    }


def _logo(template: Template) -> list[int] | None:
    """The logo's bytes as numbers, which is how JSON carries them to typst."""
    return list(template.logo) if template.logo and template.logo_type in LOGO_TYPES else None


if __name__ == "__main__":
    sys.stdout.buffer.write(_compiled(Path(sys.argv[1]), sys.stdin.buffer.read().decode(), int(sys.argv[2])))
