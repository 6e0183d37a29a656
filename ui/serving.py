"""What the process that serves the dashboard was told: the page's script, and how people sign in."""

from dataclasses import dataclass, field
from pathlib import Path

from claimtrack.errors import ClaimTrackError, StorageError


@dataclass(frozen=True, slots=True)
class Serving:
    """Set once, before the server starts."""

    script: Path | None = None
    #: The login's settings; empty: nobody signs in, names are self-declared.
    sign_in: dict[str, str] = field(default_factory=dict, repr=False)


#: How this process serves; pages of a process that serves nothing (tests of pages) find nobody to sign in.
NOW = Serving()


def begin(chosen: Serving) -> None:
    """Serve so from now on."""
    global NOW  # noqa: PLW0603 - one server a process
    NOW = chosen


def sentence_for(error: BaseException) -> str:
    """What to tell somebody whose page failed: the error's own sentence, or the id under which it stands in the log."""
    from claimtrack import logs

    if isinstance(error, ClaimTrackError):
        if isinstance(error, StorageError):
            logs.note("database_trouble", kind=type(error.__cause__).__name__)
        return str(error)
    key = logs.problem(error, action="page_failed")
    return (
        "This failed in a way that was not foreseen; what was acknowledged as saved is saved. Reload the page. "
        f"If it fails again, give error {key} to whoever looks after the desk: the log says where it happened."
    )
