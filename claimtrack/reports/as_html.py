"""One HTML file: printable, readable without a network, light and dark, with its ClaimReview embedded.

Nothing in it runs and nothing is fetched: its content security policy allows its own styles and its own logo alone.
Every text goes through Jinja's escaping; the JSON-LD through `script_json`.
"""

import base64
from collections.abc import Iterator
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from claimtrack.reports import claimreview
from claimtrack.reports.model import Audience, Report, Template
from claimtrack.reports.spread import Spread, draw
from claimtrack.reports.view import view
from claimtrack.reports.wording import Wording, shown

#: Pictures that a browser shows without running them; an SVG inside `img` runs no script.
LOGO_TYPES = frozenset({"image/png", "image/jpeg", "image/svg+xml", "image/webp"})

#: Length of an outlet's name beside the drawing; longer ones are cut there, and whole in the list.
_NAME_CHARS = 26


def render(report: Report) -> Iterator[str]:
    """The page in pieces."""
    wording = Wording(report.template)
    is_public = report.audience is Audience.PUBLIC
    reviews = map(claimreview.script_json, claimreview.reviews(report)) if is_public else ()
    stream = (
        environment()
        .get_template("report.html.j2")
        .stream(
            view=view(report),
            say=wording.say,
            day=wording.day,
            drawing=lambda found: drawing(found, wording),
            css=Markup(_css()),  # noqa: S704 - our own file
            logo=logo(report.template),
            is_public=is_public,
            reviews=(Markup(one) for one in reviews),  # noqa: S704 - script_json leaves no < > & in it
        )
    )
    stream.enable_buffering(200)
    yield from stream


@cache
def environment() -> Environment:
    """Templates of the package, escaped whatever their ending."""
    return Environment(
        loader=PackageLoader("claimtrack.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def drawing(found: Spread, wording: Wording) -> Markup:
    """The spread of a claim as inline SVG that takes the colour of the text around it."""
    drawn = draw(found)
    return Markup(  # noqa: S704 - rendered with escaping
        environment()
        .get_template("spread.svg.j2")
        .render(
            width=drawn.width,
            height=drawn.height,
            left=drawn.left,
            label=wording.say("spread.what"),
            rows=[(y, short(name)) for y, name in drawn.rows],
            dots=drawn.dots,
            ticks=[(x, wording.day(day)) for x, day in drawn.ticks],
        )
    )


def short(name: str) -> str:
    """A name that fits beside the drawing."""
    name = shown(name)
    return name if len(name) <= _NAME_CHARS else f"{name[: _NAME_CHARS - 1]}…"


def logo(template: Template) -> str | None:
    """The desk's logo as a data address; None where there is none or it is no picture that we know."""
    if not template.logo or template.logo_type not in LOGO_TYPES:
        return None
    return f"data:{template.logo_type};base64,{base64.b64encode(template.logo).decode('ascii')}"


@cache
def _css() -> str:
    source, _, _ = environment().loader.get_source(environment(), "report.css")  # type: ignore[union-attr]
    return source
