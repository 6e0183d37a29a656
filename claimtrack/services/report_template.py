"""How the desk's reports look and speak: name, logo, language and wording of labels and verdicts; kept as a setting."""

import base64
import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

from sqlmodel import select

from claimtrack import limits
from claimtrack.db.tables import Scale, Setting
from claimtrack.errors import ClaimTrackError, LimitError, RuleError, SourceError
from claimtrack.reports import as_pdf, model
from claimtrack.reports.labels import ENGLISH
from claimtrack.reports.model import Template
from claimtrack.services.desk import Work, now
from claimtrack.services.scales import ratings
from claimtrack.vocabulary import Role

#: The setting that holds it.
SETTING = "report template"

#: Bytes and pixels of a logo: it stands 11 mm high and goes into every file.
MAX_LOGO_BYTES = 300_000
MAX_LOGO_PIXELS = 4_000


@dataclass(frozen=True, slots=True)
class Look:
    """The template with the version that a form saw."""

    template: Template = field(default_factory=Template)
    version: int = 0  #: 0: nothing was set yet
    verdicts: tuple[tuple[str, str], ...] = ()  #: key and name of every rating that the desk has given or may give


def template_of(work: Work) -> Template:
    """The desk's template; the one that ships where nothing was set."""
    return look_of(work).template


def look_of(work: Work) -> Look:
    """The template as it is set, for a form."""
    row = work.session.exec(select(Setting).where(Setting.name == SETTING)).first()
    known: dict[str, str] = {}
    for scale in work.session.exec(select(Scale).order_by(Scale.id)):  # type: ignore[arg-type] # a column
        known |= {one.key: one.label for one in ratings(scale)}
    if row is None or not isinstance(row.value, dict):
        return Look(version=row.version if row else 0, verdicts=tuple(known.items()))
    return Look(_template(row.value), row.version, tuple(known.items()))


def save(work: Work, template: Template, *, seen: int) -> None:
    """Store the template for everybody; `seen` is the version that the form showed.

    Raises:
        RuleError: the person is no editor, or a value is none.
        LimitError: the logo is too large.
        StaleReview: somebody saved it since.
    """
    work.require(Role.EDITOR)
    checked(template)
    row = work.session.exec(select(Setting).where(Setting.name == SETTING)).first()
    if row is None:
        work.add("template.set", Setting(name=SETTING, value=_plain(template)))
    else:
        work.change("template.set", row, {"value": _plain(template)}, seen=seen)


def checked(template: Template) -> None:
    """Raise where a value would spoil a report."""
    if not template.desk.strip() or len(template.desk) > limits.MAX_LABEL_CHARS:
        raise RuleError(f"The desk needs a name of up to {limits.MAX_LABEL_CHARS} characters; nothing was stored.")
    for address in (template.desk_url, template.claim_url):
        if address and (urlsplit(address).scheme not in {"http", "https"} or not urlsplit(address).hostname):
            raise RuleError(f"“{address}” is not a web address; write it with https://. Nothing was stored.")
    if template.claim_url and "{id}" not in template.claim_url:
        raise RuleError("The address of a check needs {id} where the claim's id goes; nothing was stored.")
    plain = template.language.replace("-", "")
    if not (2 <= len(plain) <= 20 and plain.isascii() and plain.isalnum()):
        raise RuleError(f"“{template.language}” is no language tag; write en, de or pt-BR. Nothing was stored.")
    if len(template.imprint) > limits.MAX_NOTE_CHARS:
        raise RuleError(f"The imprint has over {limits.MAX_NOTE_CHARS} characters; nothing was stored.")
    for key, words in template.labels.items():
        if not is_label(key):
            raise RuleError(f"There is no label “{key}”; nothing was stored. Download the labels to see all of them.")
        if len(words) > limits.MAX_LABEL_CHARS:
            raise RuleError(f"The label “{key}” has over {limits.MAX_LABEL_CHARS} characters; nothing was stored.")


def is_label(key: str) -> bool:
    """Whether a report has this label: one that ships, the head of a column, or the name of a verdict."""
    return key in ENGLISH or key.startswith(("verdict.", "column."))


def with_logo(template: Template, data: bytes | None) -> Template:
    """The template with this PNG or JPEG as its logo; None takes the logo off.

    Raises:
        LimitError: it has more bytes or pixels than a logo needs.
        RuleError: it is no PNG or JPEG. SVG is refused: it can hold scripts and fetch things.
    """
    if data is None:
        return replace(template, logo=None)
    if len(data) > MAX_LOGO_BYTES:
        raise LimitError(
            f"The logo has {len(data) // 1000} kB; the limit is {MAX_LOGO_BYTES // 1000} kB. Save it smaller: it is "
            "printed 11 mm high."
        )
    kind, width, height = _picture(data)
    if max(width, height) > MAX_LOGO_PIXELS or min(width, height) < 1:
        raise LimitError(f"The logo has {width} x {height} pixels; the limit is {MAX_LOGO_PIXELS} each way.")
    made = replace(template, logo=data, logo_type=kind)
    try:
        as_pdf.render(model.Report("logo", now(), (), template=made, audience=model.Audience.PUBLIC))
    except ClaimTrackError as error:
        raise RuleError("The logo can't be read: the picture is damaged. Save it again; nothing was stored.") from error
    return made


def _picture(data: bytes) -> tuple[str, int, int]:
    """Media type, width and height by the file's own head, before anything decodes it."""
    if data[:8] == b"\x89PNG\r\n\x1a\n" and data[12:16] == b"IHDR" and len(data) > 33:
        return "image/png", *struct.unpack(">II", data[16:24])
    place = 2
    while data[:2] == b"\xff\xd8" and place + 9 < len(data) and data[place] == 0xFF:
        marker, length = data[place + 1], int.from_bytes(data[place + 2 : place + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:  # start of frame (ITU T.81, B.1.1.3)
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            return "image/jpeg", width, height
        place += 2 + max(length, 2)
    raise RuleError("The logo is no PNG or JPEG; nothing was stored. Save it as one of these.")


def labels_file(template: Template, verdicts: Mapping[str, str]) -> bytes:
    """All labels as JSON, the desk's own where it has set them: to be translated and given back."""
    every = {**ENGLISH, **{f"verdict.{key}": name for key, name in verdicts.items()}, **template.labels}
    return (json.dumps(every, ensure_ascii=False, indent=1) + "\n").encode()


def read_labels(data: bytes, verdicts: Mapping[str, str]) -> dict[str, str]:
    """The labels of such a file that differ from those that ship.

    Raises:
        SourceError: it is no JSON object of texts.
    """
    try:
        held = json.loads(data.decode("utf-8-sig"))
    except ValueError as error:
        raise SourceError(f"The labels are no JSON text: {error}. Edit the file that was downloaded here.") from error
    if not isinstance(held, dict) or not all(isinstance(one, str) for one in held.values()):
        raise SourceError("The labels have to be one JSON object of texts; edit the file that was downloaded here.")
    shipped = {**ENGLISH, **{f"verdict.{key}": name for key, name in verdicts.items()}}
    return {key: words for key, words in held.items() if words.strip() and shipped.get(key) != words}


def _plain(template: Template) -> dict[str, Any]:
    """The template as JSON; verdict scales are no part of it: they have editions of their own."""
    return {
        "desk": template.desk.strip(),
        "desk_url": template.desk_url or None,
        "claim_url": template.claim_url or None,
        "logo": base64.b64encode(template.logo).decode() if template.logo else None,
        "logo_type": template.logo_type,
        "language": template.language,
        "labels": dict(template.labels),
        "imprint": template.imprint,
        "names_readers": template.names_readers,
    }


def _template(held: Mapping[str, Any]) -> Template:
    known = {name: held[name] for name in _plain(Template()) if name in held and name != "logo"}
    return Template(**known, logo=base64.b64decode(held["logo"]) if held.get("logo") else None)
