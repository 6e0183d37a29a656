"""Evidence: what supports or refutes a claim or a line to check."""

import hashlib
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from sqlmodel import col, select

from claimtrack import limits
from claimtrack.db.tables import Capture, Claim, Evidence, Line
from claimtrack.errors import LimitError, RuleError
from claimtrack.services.desk import Work, now
from claimtrack.vocabulary import EvidenceKind, EvidenceRank, Independence, Role, Stance


@dataclass(frozen=True, slots=True)
class NewEvidence:
    """What a person says of a piece of evidence; a link, a stored capture, or a file's bytes."""

    title: str
    stance: Stance
    url: str | None = None
    capture: UUID | None = None
    file_name: str | None = None
    data: bytes | None = None
    media_type: str | None = None
    publisher: str | None = None
    archive_url: str | None = None
    page: int | None = None
    timecode_s: float | None = None
    words: str | None = None
    rank: EvidenceRank = EvidenceRank.SECONDARY
    independence: Independence = Independence.INDEPENDENT
    shared_with: str | None = None
    note: str | None = None
    is_confidential: bool = False


def attach(work: Work, target_id: UUID, given: NewEvidence) -> UUID:
    """Attach evidence to a claim or a line; one that has a verdict is contested from then on.

    Raises:
        RuleError: no title, an address that is not http(s), or nothing that it is kept as.
        LimitError: a file over `limits.MAX_SOURCE_BYTES`.
    """
    reviewer = work.require(Role.CHECKER)
    target = claim_or_line(work, target_id)
    row = Evidence(
        kind=kind_of(given),
        title=given.title.strip(),
        stance=given.stance,
        url=given.url,
        archive_url=given.archive_url,
        capture_id=work.get(Capture, given.capture).key if given.capture else None,
        file_name=given.file_name,
        file_sha256=hashlib.sha256(given.data).hexdigest() if given.data is not None else None,
        media_type=given.media_type,
        publisher=given.publisher,
        page=given.page,
        timecode_s=given.timecode_s,
        words=given.words,
        rank=given.rank,
        independence=given.independence,
        shared_with=given.shared_with,
        note=given.note,
        is_confidential=given.is_confidential,
        reviewer_id=reviewer.key,
        data=given.data,
        claim_id=target.key if isinstance(target, Claim) else None,
        line_id=target.key if isinstance(target, Line) else None,
    )
    work.add("evidence.attached", row)
    contest(work, target)
    return row.public_id


def kind_of(given: NewEvidence) -> EvidenceKind:
    """What the evidence is kept as, once it is complete."""
    if not given.title.strip():
        raise RuleError("Evidence needs a title that tells a reader what it is; nothing was stored.")
    for address in (given.url, given.archive_url):
        if address and (urlsplit(address).scheme not in {"http", "https"} or not urlsplit(address).hostname):
            raise RuleError(f"“{address}” is not a web address; write it with https://. Nothing was stored.")
    if given.data is not None and len(given.data) > limits.MAX_SOURCE_BYTES:
        most = limits.MAX_SOURCE_BYTES // 1024 // 1024
        raise LimitError(f"“{given.file_name}” is over {most} MB, the limit for a file; attach a link to it instead.")
    if given.data is not None:
        return EvidenceKind.FILE
    if given.capture is not None:
        return EvidenceKind.CAPTURE
    if given.url:
        return EvidenceKind.LINK
    raise RuleError("Evidence needs an address, a file or a saved copy; nothing was stored.")


def contest(work: Work, target: Claim | Line) -> None:
    """Mark a decided claim or line as contested: its evidence changed after the verdict."""
    if target.verdict is not None and not target.is_contested:
        kind = "claim" if isinstance(target, Claim) else "line"
        work.change(f"{kind}.contested", target, {"is_contested": True})


def take_back(work: Work, evidence_id: UUID, reason: str) -> None:
    """Evidence that no longer counts; it stays in the log with the reason."""
    work.require(Role.CHECKER)
    row = work.get(Evidence, evidence_id)
    if row.voided_at is not None:
        raise RuleError("This evidence was taken back already.")
    work.change("evidence.taken_back", row, {"voided_at": now()}, note=reason)
    key = row.claim_id if row.claim_id is not None else row.line_id
    assert key is not None
    contest(work, work.by_key(Claim, key) if row.claim_id is not None else work.by_key(Line, key))


def evidence_on(work: Work, target: Claim | Line) -> list[Evidence]:
    """The evidence that stands, in the order in which it came."""
    column = Evidence.claim_id if isinstance(target, Claim) else Evidence.line_id
    query = select(Evidence).where(col(column) == target.key, col(Evidence.voided_at).is_(None))
    return list(work.session.exec(query.order_by(col(Evidence.id))))


def claim_or_line(work: Work, public_id: UUID) -> Claim | Line:
    """The claim or line with this id."""
    claim = work.session.exec(select(Claim).where(Claim.public_id == public_id)).first()
    return claim or work.get(Line, public_id)
