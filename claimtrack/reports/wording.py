"""Facts in words, the same in every format; the only place that says how certain a date or a quotation is."""

import re
from datetime import date, datetime
from functools import lru_cache

from claimtrack.attribution import DateBasis
from claimtrack.reports.labels import Labels
from claimtrack.reports.model import Decision, EvidenceItem, Fidelity, Piece, Quotation, ReportClaim, Source, Template

#: The part of EDTF (ISO 8601-2, levels 0 and 1) that statements carry, one end of an interval at a time.
_POINT = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X)(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?(?P<time>T[0-9:.+Z-]{1,30})?(?P<mark>[~?%]?)"
)


def day_of(edtf: str | None) -> date | None:
    """The day, where the EDTF names exactly one and is sure of it.

    >>> day_of("2025-02-18"), day_of("2025-02"), day_of("2025-02-18~")
    (datetime.date(2025, 2, 18), None, None)
    """
    match = _POINT.fullmatch(edtf or "")
    if match is None or match["day"] is None or match["mark"]:
        return None
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def _point(edtf: str, say: "_Say") -> str:
    match = _POINT.fullmatch(edtf)
    if match is None:
        return edtf
    year, month, day = match["year"], match["month"], match["day"]
    if year.endswith("X"):
        words = say.label("edtf.decade", year=year[:3] + "0")
    elif month is None:
        words = year
    elif month in {"21", "22", "23", "24"}:
        words = say.label("edtf.season", season=say.label("seasons").split()[int(month) - 21], year=year)
    elif not "01" <= month <= "12":
        return edtf
    elif day is None:
        words = f"{say.label('months.long').split()[int(month) - 1]} {year}"
    else:
        words = f"{int(day)} {say.label('months').split()[int(month) - 1]} {year}"
    marks = {"~": "edtf.about", "?": "edtf.uncertain", "%": "edtf.uncertain"}
    return say.label(marks[match["mark"]], when=words) if match["mark"] else words


class _Say:
    """Labels with an identity, so that the cache keeps desks apart."""

    def __init__(self, labels: Labels) -> None:
        self.label = labels.say


class Wording:
    """Sentences about a report's facts in the words of one template."""

    def __init__(self, template: Template) -> None:
        self.labels = Labels(template)
        self._say = _Say(self.labels)
        self.say = self.labels.say
        self.verdict = self.labels.verdict

    def day(self, day: date | datetime | None) -> str:
        """A day as readers write it: "18 Feb 2025"; a moment is shown as its day in UTC."""
        if day is None:
            return ""
        return f"{day.day} {self.say('months').split()[day.month - 1]} {day.year}"

    def moment(self, moment: datetime | None) -> str:
        """A moment to the minute with its zone: "18 Feb 2025, 13:02 UTC"."""
        return f"{self.day(moment)}, {moment:%H:%M} UTC" if moment else ""

    def edtf(self, edtf: str) -> str:
        """An EDTF expression in words, with its true precision; one it does not know is given as it stands.

        >>> Wording(Template()).edtf("../2025-02-18"), Wording(Template()).edtf("2024-22")
        ('on or before 18 Feb 2025', 'summer 2024')
        """
        start, slash, end = edtf.partition("/")
        if not slash:
            return _point(edtf, self._say)
        if start in {"", ".."} and end in {"", ".."}:
            return self.say("date.open")
        if start in {"", ".."}:
            return self.say("edtf.until", end=_point(end, self._say))
        if end in {"", ".."}:
            return self.say("edtf.since", start=_point(start, self._say))
        return self.say("edtf.between", start=_point(start, self._say), end=_point(end, self._say))

    def when(self, quotation: Quotation) -> str:
        """When it was said, never more certain than the source.

        Article basis is the day the words were *reported*: "reported 18 Feb 2025; day not stated".
        """
        if quotation.date_basis is DateBasis.TEXT and quotation.said_on:
            if quotation.attribution == "not_said":
                return self.say("date.not_said", when=self.edtf(quotation.said_on))
            return self.say("date.said", when=self.edtf(quotation.said_on))
        reported = quotation.said_on if quotation.date_basis is DateBasis.ARTICLE else None
        if reported is None and quotation.source.published_on:
            reported = quotation.source.published_on.isoformat()
        return self.say("date.reported", when=self.edtf(reported)) if reported else self.say("date.open")

    def fidelity(self, fidelity: Fidelity | None) -> str:
        """What is known about the words' faithfulness; without a primary record: "not checked against a record"."""
        if fidelity is None or fidelity.record is None or not fidelity.record.is_primary:
            return self.say("fidelity.unchecked")
        record = self.record(fidelity.record, fidelity.locator)
        if fidelity.checked_by is None:
            return self.say("fidelity.suggested", record=record)
        return self.say(f"fidelity.{fidelity.outcome}", record=record)

    def record(self, record: Source, locator: str | None = None) -> str:
        """A primary record, named: "the recording “Port hearing”, 04:12"."""
        kind = self.say(f"record.{record.record_kind}")
        name = f"{kind} “{record.title}”" if record.title else f"{kind} {self.say('fidelity.held')}"
        return f"{name}, {locator}" if locator else name

    def speaker(self, quotation: Quotation) -> str:
        """Whose words they are, with office and body; the printed mention where no speaker is known."""
        if quotation.speaker is None:
            return quotation.mention.words if quotation.mention else self.say("speaker.open")
        name = quotation.speaker.name
        if quotation.attribution in {"not_said", "unproven"}:
            name = self.say("speaker.attributed", who=name)
        parts = [name, quotation.speaker.office]
        parts += [self.say("speaker.for", body=quotation.speaker_for)] if quotation.speaker_for else []
        parts += [self.say("via", who=quotation.via)] if quotation.via else []
        return ", ".join(part for part in parts if part)

    def attribution(self, quotation: Quotation) -> str:
        """A person's finding on whose words they are; "" where nobody gave one."""
        who = quotation.speaker.name if quotation.speaker else self.say("speaker.open")
        return self.say(f"attribution.{quotation.attribution}", speaker=who) if quotation.attribution else ""

    def translation(self, quotation: Quotation) -> str:
        """That the words are a translation, from which language and by whom; "" for an original."""
        if not quotation.translated_from:
            return ""
        if quotation.translated_by:
            return self.say("translated.by", language=quotation.translated_from, who=quotation.translated_by)
        return self.say("translated", language=quotation.translated_from)

    def source(self, source: Source) -> str:
        """A source in one line: publisher, title, day."""
        published = self.day(source.published_on)
        return ", ".join(
            part for part in (source.publisher, f"“{source.title}”" if source.title else "", published) if part
        )

    def place(self, piece: Piece) -> str:
        """Where in the source: page or timecode; "" where it has neither."""
        if piece.time_s is not None:
            return timecode(piece.time_s)
        return self.say("page", page=piece.page) if piece.page is not None else ""

    def readers(self, decision: Decision | None) -> str:
        """How many people read it; one reader is always said so."""
        total = decision.readers_total if decision else 0
        if total <= 1:
            return self.say("readers.single" if decision else "readers.none")
        return self.say("readers.many", count=total)

    def evidence(self, item: EvidenceItem) -> str:
        """What kind of evidence it is: primary or secondary, independent or shared."""
        words = [
            self.say("evidence.primary" if item.primary else "evidence.secondary"),
        ]
        if item.shared_with:
            words.append(self.say("evidence.shared_with", who=item.shared_with))
        elif item.independent is not None:
            words.append(self.say("evidence.independent" if item.independent else "evidence.shared"))
        return ", ".join(words)

    def state(self, claim: ReportClaim) -> str:
        """The claim's state, with "contested" where its evidence changed."""
        state = self.say(f"state.{claim.state}")
        return f"{state}, {self.say('state.contested')}" if claim.is_contested else state


def timecode(seconds: float) -> str:
    """Seconds as people cite recordings.

    >>> timecode(252.4), timecode(3725)
    ('04:12', '1:02:05')
    """
    whole = int(seconds)
    hours, rest = divmod(whole, 3600)
    clock = f"{rest // 60:02d}:{rest % 60:02d}"
    return f"{hours}:{clock}" if hours else clock


_HIDDEN = re.compile("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def shown(text: str) -> str:
    r"""The text with the characters that would hide or turn round others made visible; for pages, never for data.

    >>> shown("safe\u202eexe.txt")
    'safe[U+202E]exe.txt'
    """
    return _HIDDEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def web_address(url: str | None) -> str | None:
    """The address where it may be a link: http or https with a host, no white space or control character in it.

    >>> web_address("https://ledger.example/1"), web_address("javascript:alert(1)")
    ('https://ledger.example/1', None)
    """
    return url if url and _WEB.fullmatch(url) else None


_WEB = re.compile(r"https?://[^\s\x00-\x1f\x7f<>\"\\^`{|}]+", re.IGNORECASE)
