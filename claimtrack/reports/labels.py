"""The words around the facts: English as it ships, single entries replaced by a desk's template.

Keys are `group.value`; a value that has no label is shown as it is stored, underscores as spaces, so that a new
state is never hidden.
"""

from collections.abc import Mapping
from types import MappingProxyType

from claimtrack.reports.model import Decision, ReviewItem, Template, VerdictName

ENGLISH: Mapping[str, str] = MappingProxyType(
    {
        # dates; `months` and `seasons` are lists
        "date.said": "said {when}",
        "date.reported": "reported {when}; day not stated",
        "date.not_said": "the source dates it {when}",
        "date.open": "day not stated",
        "date.published": "published {when}",
        "months": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
        "months.long": "January February March April May June July August September October November December",
        "seasons": "spring summer autumn winter",
        "edtf.season": "{season} {year}",
        "edtf.decade": "the {year}s",
        "edtf.between": "between {start} and {end}",
        "edtf.until": "on or before {end}",
        "edtf.since": "on or after {start}",
        "edtf.about": "about {when}",
        "edtf.uncertain": "{when} (uncertain)",
        # fidelity: never "verbatim" without a primary record
        "fidelity.unchecked": "as printed, not checked against a record",
        "fidelity.suggested": "as printed; compared by machine with {record}, not yet checked by a person",
        "fidelity.verbatim": "word for word as in {record}",
        "fidelity.typography": "the words of {record}; only marks, case or spelling differ",
        "fidelity.cut": "shortened from {record}; nothing else changed",
        "fidelity.altered": "words changed from {record}",
        "fidelity.stitched": "joined from separate passages of {record}",
        "fidelity.wrong_speaker": "in {record}, but spoken by somebody else",
        "fidelity.not_found": "not found in {record}",
        "fidelity.by_desk": "the desk",
        "fidelity.held": "held by the desk",
        "record.recording": "the recording",
        "record.post": "the original post",
        "record.notes": "the notes",
        "record.document": "the document",
        "record.report": "printed report",
        # kinds and states
        "kind.direct": "full quotation",
        "kind.mixed": "partial quotation",
        "kind.indirect": "paraphrase",
        "item.claim": "claim",
        "item.line": "line to check",
        "state.open": "open",
        "state.in_progress": "in progress",
        "state.waiting": "waiting",
        "state.second_read": "second read",
        "state.sent_back": "sent back",
        "state.adjudication": "adjudication",
        "state.ready": "ready",
        "state.released": "released",
        "state.corrected": "corrected",
        "state.withdrawn": "withdrawn",
        "state.contested": "contested",
        "statement.extracted": "suggested by machine, not reviewed",
        "statement.as_printed": "as printed, reviewed",
        "statement.fixed": "fixed by a reviewer",
        "statement.rejected": "rejected",
        "statement.stale": "the source has changed since the review",
        "attribution.said": "said",
        "attribution.not_said": "not said by {speaker}",
        "attribution.out_of_context": "out of context",
        "attribution.unproven": "not proven that {speaker} said it",
        "stance.supports": "supports",
        "stance.refutes": "refutes",
        "stance.context": "context",
        "relation.first": "first known",
        "relation.repeats": "repeats",
        "relation.said_again": "said again on another occasion",
        "relation.denies": "denies",
        "relation.contradicts": "contradicts",
        "relation.corrects": "corrects",
        "relation.elaborates": "elaborates",
        "relation.context": "context",
        "reading.first": "first reader",
        "reading.second": "second reader",
        "reading.adjudication": "adjudicator",
        "reading.signed": "signed",
        "reading.sent_back": "sent back",
        "evidence.primary": "primary source",
        "evidence.secondary": "secondary source",
        "evidence.independent": "independent",
        "evidence.shared": "shared wire copy",
        "evidence.confidential": "Confidential item, held at the desk",
        "evidence.shared_with": "shared copy: {who}",
        "contact.right_of_reply": "right of reply",
        "readers.none": "not yet read",
        "readers.single": "single reader",
        "readers.many": "{count} readers",
        "verdict.none": "no verdict yet",
        # audiences and what they do not get
        "audience.public": "for publication",
        "audience.editor": "for the editor; not for publication",
        "audience.lawyer": "for legal reading; not for publication",
        "withheld.unreleased_claims": "claims and lines that are not released",
        "withheld.unreviewed_quotations": "quotations that nobody has reviewed, or that were rejected",
        "withheld.unclaimed_quotations": "quotations that belong to no released claim",
        "withheld.confidential_evidence": "evidence marked confidential",
        "withheld.confidential_sources": "sources marked confidential, and what rests on them",
        "withheld.confidential_contacts": "contacts marked confidential",
        "withheld.notes": "internal notes",
        "withheld.tags": "internal tags",
        "withheld.reviews": "single readers' verdicts and reasoning",
        "withheld.queries": "questions to writers and sources",
        "withheld.contacts": "contacts and their answers",
        "withheld.checklist": "the checklist",
        "withheld.names": "names of the people at the desk",
        "withheld.workings": "how statements were found and who reviewed them",
        "withheld.story": "the story it was made for, its deadline and people",
        "withheld.payloads": "contents of the event log (digests only)",
        # headings and sentences
        "h.summary": "Summary",
        "h.audience": "Audience",
        "h.selection": "Selection",
        "h.contents": "Contents",
        "h.claim": "Claim",
        "h.claims": "Claims",
        "h.verdict": "Verdict",
        "h.reasoning": "Why",
        "h.quotations": "Where it was printed",
        "h.evidence": "Evidence",
        "h.sources": "Saved copies",
        "h.corrections": "Corrections",
        "h.references": "Other claims",
        "h.readings": "Readings",
        "h.queries": "Queries",
        "h.contacts": "Asked for comment",
        "h.checklist": "Checklist",
        "h.notes": "Notes",
        "h.withheld": "What this file leaves out",
        "h.unclaimed": "Quotations without a claim",
        "h.notes_list": "What the desk knows",
        "h.unmarked": "Passages that nobody marked",
        "h.spread": "When it was printed",
        "h.words": "In which words",
        "h.annotated": "Annotated copy",
        "read_by": "read by {who}",
        "released": "released {when}",
        "column.no": "No.",
        "column.page": "Page",
        "column.letter": "Letter",
        "h.readers": "Readers",
        "h.count": "Quotations",
        "claimed_by": "Claimed by {who}",
        "speaker.attributed": "attributed to {who}",
        "speaker.open": "speaker not named",
        "speaker.for": "for {body}",
        "via": "reported by {who}",
        "translated": "translated from {language}",
        "translated.by": "translated from {language} by {who}",
        "withheld.nothing": "Nothing was left out.",
        "made": "Made {when} with claimtrack {version}",
        "head": "Event log: {sequence} events, head {sha256}",
        "saved": "saved {when}",
        "open_query": "Open query",
        "h.query": "Query",
        "answered": "Answer",
        "contact.no_answer": "no answer yet",
        "missing": "missing",
        "waived.head": "waived",
        "archived": "archived copy",
        "spread.more": "and {count} more outlets",
        "spread.what": "One row an outlet, one letter a wording; a number says how often that day.",
        "scale.place": "{step} of {steps} on the scale",
        "wording": "Wording",
        "dates": "Day",
        "copies.what": "Each is kept unchanged; its sha256 shows whether a file is the same.",
        "h.hash": "sha256",
        "due": "due {when}",
        "waived": "waived by {who}: {reason}",
        "page": "p. {page}",
        "withdrawn.banner": "This check has been withdrawn.",
        "contested.banner": "The evidence has changed since the verdict.",
        "no_claims": "No claim in this selection is released for this audience.",
        "printed_only": "What a page prints is not proof that it was said.",
        "count": "Number",
        "month": "Month",
        "outlet": "Outlet",
        "first_seen": "First printed",
        "unmarked.none": "Every passage is marked.",
    }
)


class Labels:
    """A template's labels.

    >>> Labels(Template(labels={"state.open": "offen"})).say("state.open")
    'offen'
    >>> Labels(Template()).say("state.brand_new")
    'brand new'
    """

    def __init__(self, template: Template) -> None:
        self._own = template.labels
        self._scale = template.scale

    def say(self, key: str, **values: object) -> str:
        """The label with its blanks filled in; the stored value itself where there is no label."""
        words = self._own.get(key) or ENGLISH.get(key)
        if words is None:
            return key.rpartition(".")[2].replace("_", " ")
        for name, value in values.items():  # not str.format: a desk's label is not a program
            words = words.replace("{" + name + "}", str(value))
        return words

    def verdict(self, given: Decision | ReviewItem | None) -> str:
        """The verdict's name: the desk's label, else as on its own scale, else its key as it is stored."""
        if given is None or given.verdict is None:
            return self.say("verdict.none")
        own = self._own.get(f"verdict.{given.verdict}")
        if own:
            return own
        step = self.step(given)
        return step.name if step else given.verdict.replace("_", " ")

    def step(self, given: Decision | ReviewItem) -> VerdictName | None:
        """The step of the scale that was given; None where no scale has it."""
        return next((step for step in self.scale(given) if step.key == given.verdict), None)

    def scale(self, given: Decision | ReviewItem) -> tuple[VerdictName, ...]:
        """The scale on which a verdict was given: its own edition, else the template's."""
        return given.scale or self._scale
