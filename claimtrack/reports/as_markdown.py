"""The report as Markdown (CommonMark with GitHub's tables), for mails and wikis; no text of a source becomes markup."""

import re
from collections.abc import Iterable, Iterator

from claimtrack.reports.model import Report
from claimtrack.reports.view import Claim, Entry, Quote, view
from claimtrack.reports.wording import Wording

_MARKUP = re.compile(r"[\\`*_\[\]<>|~&$#]")
#: What makes a list, a heading or a rule of a line that begins with it.
_AT_START = re.compile(r"^(\s{0,9})([-+=]|[0-9]{1,9}(?=[.)]))", re.MULTILINE)


def escape(text: str) -> str:
    r"""The text as Markdown that shows it as it is, on one line.

    >>> escape("*not* bold"), escape("- no list"), escape("1. no list")
    ('\\*not\\* bold', '\\- no list', '1\\. no list')
    """
    flat = _MARKUP.sub(lambda found: "\\" + found[0], " ".join(text.split()))
    return _AT_START.sub(
        lambda found: f"{found[1]}{found[2]}\\" if found[2].isdigit() else f"{found[1]}\\{found[2]}", flat
    )


def render(report: Report) -> Iterator[str]:
    """The document, a claim at a time."""
    seen, say = view(report), Wording(report.template).say
    yield f"# {escape(seen.title)}\n\n{escape(seen.desk)} · {escape(seen.audience)}\n\n{escape(seen.made)}\n"
    yield from (f"\n{escape(fact)}\n" for fact in seen.facts)
    if seen.claims:
        yield f"\n| | {say('h.claim')} | {say('h.verdict')} | {say('h.readers')} |\n|--:|---|---|---|\n"
    for claim in seen.claims:
        yield f"| {claim.number} | {escape(claim.text)} | **{escape(claim.verdict)}** | {escape(claim.readers)} |\n"
    for claim in seen.claims:
        yield "".join(_claim(claim, say("h.quotations"), say("h.evidence")))
    if seen.unclaimed:
        yield f"\n## {say('h.unclaimed')}\n" + "".join(map(_quote, seen.unclaimed))
    if seen.copies:
        yield f"\n## {say('h.sources')}\n\n"
    for one in seen.copies:
        facts = " · ".join(map(escape, (one.kind, *one.facts)))
        yield f"- {one.number} {_link(one.source, one.url)} · {facts} · sha256 `{one.sha256}`\n"
    yield f"\n## {say('h.withheld')}\n\n" + "".join(f"- {escape(line)}\n" for line in seen.withheld)
    yield "".join(f"\n{escape(line)}\n" for line in (say("printed_only"), seen.head, seen.imprint) if line)


def _claim(claim: Claim, printed: str, evidence: str) -> Iterator[str]:
    about = " · ".join(part for part in (f"{claim.kind} {claim.number}", claim.state, claim.byline) if part)
    yield f"\n## {escape(claim.text)}\n\n{escape(about)}\n"
    yield from (f"\n**{escape(banner)}**\n" for banner in claim.banners)
    yield f"\n**{escape(claim.verdict)}** · {escape(claim.readers)}\n"
    yield from (f"\n{escape(part)}\n" for part in (claim.reasoning, claim.decided) if part)
    if claim.line:
        yield _quote(claim.line)
    if claim.quotes:
        yield f"\n### {printed}\n"
        yield from map(_quote, claim.quotes)
    if claim.evidence:
        yield f"\n### {evidence}\n\n"
        yield from _entries(claim.evidence)
    for section in claim.sections:
        yield f"\n### {escape(section.heading)}\n\n"
        yield from _entries(section.entries)


def _quote(one: Quote) -> str:
    lines = [f"> {escape(one.words)}", ">", f"> {one.number} **{escape(one.speaker)}**"]
    lines[-1] += f" · {escape(one.relation)}" if one.relation else ""
    lines += [f"> **{escape(warning)}**" for warning in one.warnings]
    lines += [f"> {_link(one.source, one.url)}" + (f" · {one.copy}" if one.copy else "")]
    lines += [f"> {' · '.join(map(escape, one.facts))}"]
    return "\n" + "  \n".join(lines) + "\n"


def _entries(items: Iterable[Entry]) -> Iterator[str]:
    for one in items:
        number = f"{one.number} " if one.number else ""
        text = f"- {number}**{escape(one.head)}**: {_link(one.text, one.url)}"
        text += f" · {one.copy}" if one.copy else ""
        text += f" · “{escape(one.words)}”" if one.words else ""
        yield text + "".join(f" · {escape(fact)}" for fact in one.facts) + "\n"


def _link(text: str, url: str | None) -> str:
    """A link where the address may be one; `web_address` leaves no < > or white space in it."""
    return f"[{escape(text)}](<{url}>)" if url else escape(text)
