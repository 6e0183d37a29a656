"""Documents from the web: fetched with care, then read as a file of their kind would be."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Unpack

from claimtrack.errors import SourceError
from claimtrack.ingest.document import Document, Raw
from claimtrack.ingest.fetch import NETWORK, Fetched, Network, get
from claimtrack.ingest.paste import Given
from claimtrack.ingest.source import read_bytes


def fetch(url: str, *, network: Network = NETWORK, **given: Unpack[Given]) -> Document:
    """The document at the address.

    Args:
        url: http or https; see `claimtrack.ingest.fetch` for what is refused.
        network: how names are resolved and connections made.
        given: what is known of it already.

    Raises:
        SourceError: it can't be fetched or has no text, or it is a feed or archive of several documents.
        LimitError: larger or slower than `claimtrack.limits` allows.
    """
    found = list(fetch_all(url, network=network, **given))
    if len(found) > 1:
        raise SourceError(f"{url} holds {len(found)} documents; add it as a feed or archive.", source=url)
    if isinstance(found[0], SourceError):
        raise found[0]
    return found[0]


def fetch_all(url: str, *, network: Network = NETWORK, **given: Unpack[Given]) -> Iterator[Document | SourceError]:
    """The documents at the address: one, or each entry of a feed. An error of the fetch is the only thing given."""
    try:
        fetched = get(url, network)
    except SourceError as error:
        yield error
        return
    yield from read_fetched(fetched, given)


def read_fetched(fetched: Fetched, given: Given) -> Iterator[Document | SourceError]:
    """The documents in an answer, each with when and from where it came."""
    raw = Raw(fetched.data, fetched.url, fetched.media_type, fetched.charset, fetched.final_url)
    for found in read_bytes(raw, given):
        if isinstance(found, SourceError):
            yield found
            continue
        yield replace(
            found,
            url=found.url if found.origins.get("url") == "feed" else fetched.url,
            final_url=fetched.final_url,
            captured_at=fetched.fetched_at,
            headers=fetched.headers,
        )
