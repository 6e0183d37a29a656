"""What can go wrong in a way that somebody can do something about.

Every message is one sentence or two: what happened, to what, what to do next.
"""


class ClaimTrackError(Exception):
    """Base of all errors that are shown to the person at the desk as they are."""


class SourceError(ClaimTrackError):
    """A source (file, paste, URL, line of JSONL) can't be read or is refused; nothing of it was stored.

    Attributes:
        source: the path, URL, or path:line that failed, as it was given; "-" for a paste; for a line of JSONL that
            carries an id, that id with its JSON type.
    """

    def __init__(self, message: str, *, source: object = "-") -> None:
        super().__init__(message)
        self.source = source


class LimitError(SourceError):
    """Something is larger, deeper or slower than `claimtrack.limits` allows; the message names the limit."""


class StaleReview(ClaimTrackError):  # noqa: N818 - the conventions name it
    """Somebody saved this item since it was shown; the draft is kept and both texts can be shown.

    Attributes:
        theirs: the item as it is stored now, as plain JSON values.
        yours: the draft that was not saved, as plain JSON values.
    """

    def __init__(self, message: str, *, theirs: dict[str, object], yours: dict[str, object]) -> None:
        super().__init__(message)
        self.theirs = theirs
        self.yours = yours


class NotFoundError(ClaimTrackError):
    """No row has this public id."""


class RuleError(ClaimTrackError):
    """The action breaks a rule of the review workflow (a second reader who was the first, a voided judgement)."""


class RoleError(RuleError):
    """The person who acts may not do this at this desk."""


class StorageError(ClaimTrackError):
    """The database can't be opened, is newer than this code, or lacks its migrations."""
