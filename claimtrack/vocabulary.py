"""Closed sets of the desk's words: the stored string is the value, DESIGN's bracketed word is what screens show.

They live in the domain, not in storage, because pages, reports and services name them too.
"""

from enum import StrEnum


class RecordKind(StrEnum):
    """Whether somebody prints what was said, or the source is itself the record of it."""

    REPORT = "report"
    RECORDING = "recording"  #: transcript of a recording
    POST = "post"  #: original post
    NOTES = "notes"
    DOCUMENT = "document"

    @property
    def is_primary(self) -> bool:
        """Whether fidelity can be checked against this record."""
        return self is not RecordKind.REPORT


class Origin(StrEnum):
    """Who first marked a statement."""

    MACHINE = "machine"
    HUMAN = "human"


class StatementState(StrEnum):
    """Where a statement stands in extraction review: is this what the page prints, and as whose words?"""

    EXTRACTED = "extracted"  #: suggested, nobody has looked
    AS_PRINTED = "as_printed"  #: a person found it right as it was
    FIXED = "fixed"  #: a person changed it, then found it right
    REJECTED = "rejected"  #: a person found that it is no statement; the reason is stored
    STALE = "stale"  #: was as_printed or fixed, then a new capture changed the words


class RejectReason(StrEnum):
    """Why a suggested statement is none."""

    NOT_A_STATEMENT = "not_a_statement"
    SCARE_QUOTE = "scare_quote"
    TITLE = "title"  #: title of a work, nickname or slogan
    NOT_SAID = "not_said"  #: negated, hypothetical or future saying
    DUPLICATE = "duplicate"  #: the same words of the same page were marked twice
    BOILERPLATE = "boilerplate"
    WITHDRAWN = "withdrawn"  #: added by a person who took it back
    ERASED = "erased"  #: the words were erased before anybody decided
    OTHER = "other"


class Attribution(StrEnum):
    """A person's finding on whether the words are the speaker's."""

    SAID = "said"
    NOT_SAID = "not_said"
    OUT_OF_CONTEXT = "out_of_context"
    UNPROVEN = "unproven"


class Fidelity(StrEnum):
    """How printed or alleged words differ from the recorded ones."""

    VERBATIM = "verbatim"
    TYPOGRAPHY = "typography"  #: marks, case, typing slips, contractions, number form
    CUT = "cut"  #: words missing at an end or inside, nothing changed
    ALTERED = "altered"
    STITCHED = "stitched"
    WRONG_SPEAKER = "wrong_speaker"
    NOT_FOUND = "not_found"


class PlacementState(StrEnum):
    """What became of a statement in a later capture of its document."""

    UNCHANGED = "unchanged"  #: the same words among the same neighbours; an insertion elsewhere only shifts them
    MOVED = "moved"  #: the same words among other neighbours
    ALTERED = "altered"  #: other words in its place
    GONE = "gone"  #: not there, or not for certain


class CheckState(StrEnum):
    """Where a claim or a line to check stands; the verdict is another column."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    SECOND_READ = "second_read"
    SENT_BACK = "sent_back"
    ADJUDICATION = "adjudication"
    READY = "ready"
    RELEASED = "released"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


class WaitingFor(StrEnum):
    """What a waiting item waits for."""

    REPLY = "reply"
    SOURCE = "source"


class Relation(StrEnum):
    """How one statement or claim stands to another; the only relation words there are."""

    FIRST = "first"
    REPEATS = "repeats"
    SAID_AGAIN = "said_again"  #: same words, another occasion
    DENIES = "denies"
    CONTRADICTS = "contradicts"
    CORRECTS = "corrects"
    ELABORATES = "elaborates"
    CONTEXT = "context"


class EvidenceKind(StrEnum):
    """What a piece of evidence is kept as."""

    LINK = "link"
    FILE = "file"
    CAPTURE = "capture"


class EvidenceRank(StrEnum):
    """Whether the evidence is the record itself or tells about it."""

    PRIMARY = "primary"
    SECONDARY = "secondary"


class Independence(StrEnum):
    """Whether a source stands on its own or carries copy that others carry too."""

    INDEPENDENT = "independent"
    SHARED = "shared"


class Stance(StrEnum):
    """Which way evidence points."""

    SUPPORTS = "supports"
    REFUTES = "refutes"
    CONTEXT = "context"


class Reading(StrEnum):
    """Which of the desk's readings a review is."""

    FIRST = "first"
    SECOND = "second"
    ADJUDICATION = "adjudication"


class ReadingOutcome(StrEnum):
    """What the second reader did."""

    SIGNED = "signed"
    SENT_BACK = "sent_back"


class QueryState(StrEnum):
    """Where a question to the writer stands."""

    OPEN = "open"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class JudgementOutcome(StrEnum):
    """A person's finding on a possible repeat."""

    SAME = "same"
    SAID_AGAIN = "said_again"
    DIFFERENT = "different"
    UNSURE = "unsure"


class CorrectionKind(StrEnum):
    """What was done to something already released."""

    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


class StoryState(StrEnum):
    """Whether a story is worked on."""

    OPEN = "open"
    CLOSED = "closed"


class Role(StrEnum):
    """What a reviewer may do; services check it, pages only show it."""

    READER = "reader"
    CHECKER = "checker"
    SECOND_READER = "second_reader"
    EDITOR = "editor"
    ADMIN = "admin"


class IdentityBasis(StrEnum):
    """How an identity was known when something was recorded."""

    SELF_DECLARED = "self_declared"  #: a name typed into the page or given on the command line
    SIGNED_IN = "signed_in"  #: an OIDC provider vouched for it
    MACHINE = "machine"  #: no person: a run of the extractor, a migration


class QueueOrder(StrEnum):
    """In which order the queue stands."""

    OLDEST = "oldest"  #: as they came in
    NEWEST = "newest"
    DOUBTFUL = "doubtful"  #: extraction to be checked: lowest confidence first
    OUTLETS = "outlets"  #: printed by most first
    NUMBERS = "numbers"  #: most checkable numbers first
    SPEAKER = "speaker"  #: by the speaker's name, open ones first
