"""The date ledger: on which day a statement was said, as far as the text gives it.

A caller makes one `Timeline` for a document and asks `date_of_saying` once for every statement:

    timeline = read_timeline(text, published_on)
    reading = date_of_saying(sentence, cue, content, timeline, previous=previous, base=base)

`Statement.said_on`, `.date_words`, `.date_basis` are `reading.said_on`, `.words`, `.basis`; `reading.why` goes into
`Statement.why` when it is set. When `reading.span` lies at an edge of an indirect content ("said [Tuesday the talks
would …]"), it is a date adverb of the saying and the caller cuts it off the content.
"""

from claimtrack.extract.dates.ledger import read_dates
from claimtrack.extract.dates.reading import DateReading
from claimtrack.extract.dates.saying import date_of_saying
from claimtrack.extract.dates.timeline import Timeline, read_timeline

__all__ = ["DateReading", "Timeline", "date_of_saying", "read_dates", "read_timeline"]
