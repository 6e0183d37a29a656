"""What each audience gets: one table of rules, one pure function.

| withheld from | public | lawyer | editor |
|---|---|---|---|
| claims not released, quotations nobody reviewed or without a released claim | yes | | |
| notes, tags | yes | yes | |
| single verdicts, queries, contacts, checklist, workings of the machine, the story | yes | | |
| names of the desk's people | where the template says so | | |
| confidential evidence, sources, contacts | yes | all but that they exist | |

"Confidential" means that it must not leave the desk, so a lawyer's file says that such an item exists and which way
it points, and no more. Evidence notes are notes.
"""

from collections import Counter
from collections.abc import Sized
from dataclasses import replace

from claimtrack.reports.labels import Labels
from claimtrack.reports.model import (
    Audience,
    ContactItem,
    Decision,
    EvidenceItem,
    Fidelity,
    Quotation,
    Report,
    ReportClaim,
    Source,
    Withheld,
)

#: States in which the public may know a claim. A claim that was reopened is out until it is released again: its
#: stored verdict may already be another one.
RELEASED_STATES = frozenset({"released", "corrected", "withdrawn"})


def for_audience(report: Report, audience: Audience) -> tuple[Report, tuple[Withheld, ...]]:
    """The report without what this audience must not have, and which kinds were left out, with their number.

    Nothing is replaced that stays in; running it again changes nothing but the list of kinds.
    """
    cut = _Cut(audience, Labels(report.template), names=report.template.names_readers)
    cleared = cut.report(report)
    withheld = tuple(Withheld(kind, count) for kind, count in cut.counts.items() if count)
    return replace(cleared, audience=audience, withheld=withheld), withheld


def is_public(claim: ReportClaim) -> bool:
    """Whether the desk has released the claim, and stands by that or has said that it does not."""
    return claim.released_at is not None and claim.state in RELEASED_STATES and claim.decision is not None


class _Cut:
    """Takes things out and counts them."""

    def __init__(self, audience: Audience, labels: Labels, *, names: bool) -> None:
        self.audience = audience
        self.public = audience is Audience.PUBLIC
        self.inside = audience is Audience.EDITOR
        self.names = names or not self.public
        self.labels = labels
        self.counts: Counter[str] = Counter()
        self._seen: dict[str, Quotation | None] = {}

    def report(self, report: Report) -> Report:
        claims = [claim for claim in report.claims if not self.public or is_public(claim)]
        self.counts["unreleased_claims"] += len(report.claims) - len(claims)
        kept = tuple(self._claim(claim) for claim in claims)
        if not self.public:
            unclaimed = tuple(cut for item in report.unclaimed if (cut := self._quotation(item)))
            return replace(report, claims=kept, unclaimed=unclaimed)
        self.counts["unclaimed_quotations"] += len(report.unclaimed)
        self.counts["story"] += report.story is not None
        return replace(report, claims=kept, unclaimed=(), story=None, made_by=None, selection="")

    def _claim(self, claim: ReportClaim) -> ReportClaim:
        appearances = [
            replace(item, quotation=cut) for item in claim.appearances if (cut := self._quotation(item.quotation))
        ]
        line_is_secret = claim.line_source is not None and claim.line_source.confidential and not self.inside
        self.counts["confidential_sources"] += line_is_secret
        claim = replace(
            claim,
            appearances=tuple(appearances),
            line=None if line_is_secret else claim.line,
            line_source=None if line_is_secret else claim.line_source,
            evidence=tuple(left for item in claim.evidence if (left := self._evidence(item))),
            notes=self._drop("notes", claim.notes) if not self.inside else claim.notes,
            tags=self._drop("tags", claim.tags) if not self.inside else claim.tags,
            contacts=tuple(self._contact(item) for item in claim.contacts),
        )
        return self._published(claim) if self.public else claim

    def _published(self, claim: ReportClaim) -> ReportClaim:
        """The part of a released claim that the public may have."""
        references = tuple(item for item in claim.references if item.is_released)
        self.counts["unreleased_claims"] += len(claim.references) - len(references)
        corrections = claim.corrections
        if not self.names:
            self.counts["names"] += sum(item.by is not None for item in corrections)
            corrections = tuple(replace(item, by=None) for item in corrections)
        return replace(
            claim,
            is_contested=False,
            reviews=self._drop("reviews", claim.reviews),
            queries=self._drop("queries", claim.queries),
            contacts=self._drop("contacts", claim.contacts),
            checklist=self._drop("checklist", claim.checklist),
            references=references,
            corrections=corrections,
            decision=self._decision(claim.decision),
        )

    def _drop(self, kind: str, items: Sized) -> tuple[()]:
        self.counts[kind] += len(items)
        return ()

    def _decision(self, decision: Decision | None) -> Decision | None:
        if decision is None or self.names:
            return decision
        self.counts["names"] += len(decision.readers) or decision.decided_by is not None
        return replace(decision, readers=(), decided_by=None, reader_count=decision.readers_total)

    def _quotation(self, quotation: Quotation) -> Quotation | None:
        """The quotation as this audience may have it; None where it must not. Worked out and counted once."""
        if quotation.id not in self._seen:
            self._seen[quotation.id] = self._quotation_once(quotation)
        return self._seen[quotation.id]

    def _quotation_once(self, quotation: Quotation) -> Quotation | None:
        if self.inside:
            return quotation
        if quotation.source.confidential:
            self.counts["confidential_sources"] += 1
            return None
        if self.public and not quotation.is_reviewed:
            self.counts["unreviewed_quotations"] += 1
            return None
        quotation = replace(
            quotation,
            notes=self._drop("notes", quotation.notes),
            tags=self._drop("tags", quotation.tags),
            fidelity=self._fidelity(quotation.fidelity),
            contacts=tuple(self._contact(item) for item in quotation.contacts),
        )
        if not self.public:
            return quotation
        self.counts["workings"] += 1
        return replace(
            quotation,
            queries=self._drop("queries", quotation.queries),
            contacts=self._drop("contacts", quotation.contacts),
            confidence=None,
            rule="",
            why_open=None,
            reviewed_by=None,
            reviewed_at=None,
        )

    def _fidelity(self, fidelity: Fidelity | None) -> Fidelity | None:
        if fidelity is None:
            return None
        if fidelity.record is not None and fidelity.record.confidential:
            self.counts["confidential_sources"] += 1
            known = Source(id="", capture_id="", sha256="", record_kind=fidelity.record.record_kind)
            fidelity = Fidelity(fidelity.outcome, record=known, checked_by=fidelity.checked_by)
        # The name tells machine from person; the public gets the fact without the name.
        return (
            replace(fidelity, checked_by=fidelity.checked_by and self.labels.say("fidelity.by_desk"))
            if self.public
            else fidelity
        )

    def _evidence(self, item: EvidenceItem) -> EvidenceItem | None:
        if self.inside:
            return item
        if item.confidential or (item.source is not None and item.source.confidential):
            self.counts["confidential_evidence"] += 1
            title = self.labels.say("evidence.confidential")
            stub = EvidenceItem(item.id, item.stance, title, primary=item.primary, confidential=True)
            return None if self.public else stub
        self.counts["notes"] += item.note is not None
        return replace(item, note=None, added_by=None if self.public else item.added_by)

    def _contact(self, item: ContactItem) -> ContactItem:
        if self.inside or not item.confidential or self.public:  # the public gets no contact at all
            return item
        self.counts["confidential_contacts"] += 1
        return ContactItem(item.id, self.labels.say("evidence.confidential"), confidential=True)
