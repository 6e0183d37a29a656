"""What a person should look at before a source is used: said as sentences, decided by nobody but them."""

import re
from urllib.parse import urlsplit

from claimtrack.ingest.document import Document
from claimtrack.limits import MAX_CREDIT_CHARS

#: News agencies whose copy other outlets print; names as they sign it.
_AGENCIES = (
    "AAP|AFP|Agence France-Presse|AP|The Associated Press|Associated Press|ANI|ANSA|Bloomberg|dpa|EFE|IANS|Interfax|"
    "Kyodo|PA|PA Media|Press Association|PTI|Reuters|RIA Novosti|TASS|The Canadian Press|UPI|Xinhua|Yonhap"
)
#: "HARTWELL (Reuters) -" at the start, "(AP)" or "By Associated Press" as a line of its own.
_AGENCY_LINE = re.compile(
    rf"^[^\n]{{0,80}}\((?P<start>{_AGENCIES})\)\s?[-–—]|^(?:By |Source: |©\s?)?\(?(?P<line>{_AGENCIES})\)?\.?$",
    re.MULTILINE,
)
_FIRST_PRINTED = re.compile(
    r"\b(?:(?:originally|first) (?:published|appeared|ran|posted)|(?:is )?republished|reprinted|reposted)"
    r" (?:in|on|by|at|from|with permission from) (?P<who>[^\n.,;]{2,60})",
    re.IGNORECASE,
)


def concerns(document: Document) -> tuple[str, ...]:
    """Sentences on what is missing or doubtful about a source: publisher, day, language, whose copy it is.

    >>> concerns(Document("-", b"", "HARTWELL (Reuters) - Rents rose.", "text/plain", "text 1", language="en"))
    ('No publisher was found; name it.', 'No date of publication was found; give it.', 'Looks like copy of Reuters.')
    """
    found = [
        None if document.publisher else "No publisher was found; name it.",
        None if document.published_on else "No date of publication was found; give it.",
        _language(document),
        _copied_from(document),
    ]
    return tuple(sentence for sentence in found if sentence)


def is_english(document: Document) -> bool:
    """Whether statements are extracted: the language is English or open; another is left for a person to mark."""
    return document.language is None or document.language.lower().partition("-")[0] in {"en", "eng"}


def _language(document: Document) -> str | None:
    if is_english(document):
        return None
    return f"Not in English ({document.language}): nothing was extracted; mark its statements by hand."


def _copied_from(document: Document) -> str | None:
    """Why the text looks like another outlet's: an agency's line, a note of first printing, a canonical address."""
    ends = document.text[:MAX_CREDIT_CHARS] + "\n" + document.text[-MAX_CREDIT_CHARS:]
    if (line := _AGENCY_LINE.search(ends)) and (agency := line["start"] or line["line"]) != document.publisher:
        return f"Looks like copy of {agency}."
    if note := _FIRST_PRINTED.search(ends):
        return f"Says that it was first printed elsewhere: “{note['who'].strip()}”."
    here, own = _site(document.final_url or document.url), _site(document.canonical_url)
    if here and own and here != own:
        return f"The page names another site as its own: {own}."
    return None


def _site(url: str | None) -> str | None:
    """The host without "www." and the like: the same site under another door is no other outlet."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.").removeprefix("amp.").removeprefix("m.") if host else None
