"""Links to a document's copy in a public archive: recorded always, asked for only where the desk has turned it on.

Asking tells an archive, and with it everybody, which page the desk looks at: so it is off until an admin turns it on.
"""

from uuid import UUID

from sqlmodel import select

from claimtrack.db.tables import Document, Setting
from claimtrack.errors import RuleError
from claimtrack.ingest.fetch import NETWORK, Network
from claimtrack.ingest.public_archives import archive_link, save_page
from claimtrack.services.desk import Desk, Work
from claimtrack.vocabulary import Role

#: The setting's name; True: copies may be asked for.
SETTING = "archive.requests"


def are_requests_on(work: Work) -> bool:
    """Whether the desk lets copies be asked for."""
    row = work.session.exec(select(Setting).where(Setting.name == SETTING)).first()
    return row is not None and row.value is True


def set_requests(work: Work, *, are_on: bool) -> None:
    """Let copies be asked for, or not."""
    work.require(Role.ADMIN)
    row = work.session.exec(select(Setting).where(Setting.name == SETTING)).first()
    if row is None:
        work.add("setting.made", Setting(name=SETTING, value=are_on))
    elif row.value is not are_on:
        work.change("setting.changed", row, {"value": are_on})


def record(work: Work, document_id: UUID, url: str, seen: int | None = None) -> str:
    """Keep the link to a document's copy; the archive's name.

    Raises:
        RuleError: the address is not one of a copy in an archive that is known.
    """
    work.require(Role.CHECKER)
    link = archive_link(url)
    if link is None:
        raise RuleError(
            f"“{url:.200}” is not a link to a copy in the Wayback Machine, archive.today or perma.cc; "
            "nothing was stored."
        )
    row = work.get(Document, document_id)
    if row.archive_url != link.url:
        changes = {"archive_url": link.url, "origins": {**row.origins, "archive_url": "reviewer"}}
        work.change("document.archived", row, changes, seen=seen)
    return link.service


def request(desk: Desk, document_id: UUID, network: Network = NETWORK) -> str:
    """Ask the Wayback Machine for a copy of the document's page, and keep its link; the link.

    Raises:
        RuleError: the desk has not turned requests on, or the document has no address.
        SourceError: the archive could not be reached, or made no copy.
    """

    def address(work: Work) -> str:
        if not are_requests_on(work):
            raise RuleError(
                "This desk asks no archive for copies; an admin can turn that on: claimtrack archive --requests on"
            )
        row = work.get(Document, document_id)
        if not row.url:
            raise RuleError(f"“{row.title or 'This document'}” has no address that an archive could save.")
        return row.url

    link = save_page(desk.see(address), network)
    desk.do(record, document_id, link.url)
    return link.url
