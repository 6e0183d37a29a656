"""What was read: the values that the date ledger hands out."""

from dataclasses import dataclass

from claimtrack.attribution import DateBasis, Span


@dataclass(frozen=True, slots=True)
class DateReading:
    """When the words of one statement were said, as far as the text gives it.

    `said_on` is EDTF (ISO 8601-2) or None. `words` are the words that give it, as printed, and `span` their place in
    the document (code points, half-open). `basis` is TEXT when the words fix the date, ARTICLE when the document's own
    date stands in for it (the day the words were *reported*), None when `said_on` is None. `rule` names what decided.
    `why` tells why the date is open although the text speaks of one ("at the time", a weekday in an undated document).
    """

    said_on: str | None
    words: str | None
    basis: DateBasis | None
    rule: str
    why: str | None
    span: Span | None
