"""Posts from exports: ActivityPub (a Mastodon archive's outbox, single objects), Mastodon's API, an X archive.

Each post is a document of its own, marked as an original post: a primary record of what its author wrote. What somebody
only passed on (a boost, "RT @...") is not theirs: boosts hold no words and are left out, retweets are reports.
"""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from claimtrack.errors import LimitError, SourceError
from claimtrack.ingest.decode import check_text, decode
from claimtrack.ingest.details import Details, When, describe, of_datetime, when
from claimtrack.ingest.document import Document, Raw, RecordKind
from claimtrack.ingest.fragment import fragment_text
from claimtrack.ingest.language import guess_language
from claimtrack.ingest.paste import Given, check_words, new_document
from claimtrack.limits import MAX_POSTS

#: How the files of an X archive begin: JavaScript that sets one variable.
_X_START = re.compile(r"window\.YTD\.[\w.]{1,60}\s{0,9}=\s{0,9}")
_NOTES = frozenset({"Note", "Article", "Question", "Page"})


def read_posts(raw: Raw, given: Given) -> Iterator[Document | SourceError]:
    """The posts of an export as documents, in its order; one without words (a picture alone) gives an error.

    Raises:
        SourceError: not JSON, or no posts of a known kind in it.
        LimitError: more posts than `claimtrack.limits` allows.
    """
    parsed = _parse(decode(raw.data, raw.name), raw.name)
    posts = list(_posts(parsed, 0))
    if not posts:
        raise SourceError(
            f"{raw.name} is JSON, but no posts of a known kind are in it (ActivityPub, Mastodon, X archive); "
            "for articles in bulk use JSONL.",
            source=raw.name,
        )
    if len(posts) > MAX_POSTS:
        raise LimitError(f"{raw.name} has over {MAX_POSTS:,} posts, the limit for one file; split it.", source=raw.name)
    for number, (post, details, words) in enumerate(posts, 1):
        try:
            yield _document(post, details, words, f"{raw.name}:{number}", given)
        except SourceError as error:
            yield error


def _parse(text: str, name: str) -> object:
    start = _X_START.match(text)
    try:
        return json.loads(text[start.end() :].rstrip("; \n") if start else text)
    except (ValueError, RecursionError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise SourceError(f"{name} is not JSON ({reason}); export it again.", source=name) from error


def _posts(parsed: object, depth: int) -> Iterator[tuple[dict[str, Any], Details, str]]:
    """Each post with what it says of itself and its words: HTML, or on X plain text with entities."""
    if isinstance(parsed, list):
        for one in parsed:
            yield from _posts(one, depth + 1)
    if not isinstance(parsed, dict) or depth > 8:
        return
    post: dict[str, Any] = parsed["tweet"] if isinstance(parsed.get("tweet"), dict) else parsed
    if isinstance(post.get("full_text"), str):
        yield post, _x_details(post), post["full_text"]
    elif isinstance(post.get("content"), str) and (post.get("type") in _NOTES or "account" in post):
        yield post, _fediverse_details(post), post["content"]
    else:
        for key in ("orderedItems", "items", "first", "object", "statuses"):
            if isinstance(post.get(key), dict | list):
                yield from _posts(post[key], depth + 1)


def _x_details(post: dict[str, Any]) -> Details:
    user = post.get("user")
    name = user.get("name") if isinstance(user, dict) else None
    identity = str(post.get("id_str") or post.get("id") or "")
    is_repost = post["full_text"].startswith("RT @")
    return Details(
        publisher="X",
        author=name if isinstance(name, str) else None,
        when=_x_time(post.get("created_at")),
        language=_language(post.get("lang")),
        url=f"https://x.com/i/web/status/{identity}" if identity.isdigit() else None,
        record_kind=RecordKind.REPORT if is_repost else RecordKind.POST,
    )


def _x_time(words: object) -> When | None:
    """Time as X writes it: "Thu Mar 12 10:15:00 +0000 2026"."""
    try:
        return of_datetime(datetime.strptime(str(words), "%a %b %d %H:%M:%S %z %Y"))
    except ValueError:
        return when(words)


def _fediverse_details(post: dict[str, Any]) -> Details:
    account = post.get("account")
    author = post.get("attributedTo") or post.get("actor")
    if isinstance(account, dict):
        author = account.get("display_name") or account.get("acct")
    url = next((link for link in (post.get("url"), post.get("uri"), post.get("id")) if _is_link(link)), None)
    title = post.get("name") if isinstance(post.get("name"), str) else None
    return Details(
        title=title,
        publisher=str(url).split("/")[2] if url else None,
        author=author if isinstance(author, str) else None,
        when=when(post.get("published") or post.get("created_at")),
        language=_language(post.get("language") or next(iter(post.get("contentMap") or {}), None)),
        url=str(url) if url else None,
        record_kind=RecordKind.POST,
    )


def _is_link(value: object) -> bool:
    return isinstance(value, str) and value.startswith(("http://", "https://"))


def _language(value: object) -> str | None:
    return (
        value if isinstance(value, str) and re.fullmatch(r"[a-z]{2,3}(?:-\w{2,8})?", value) and value != "und" else None
    )


def _document(post: dict[str, Any], details: Details, words: str, place: str, given: Given) -> Document:
    text = html.unescape(words) if "full_text" in post else fragment_text(words, place)
    check_words(text, place)
    check_text(text, place)
    data = json.dumps(post, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")
    document = new_document(Raw(data, place), text, "application/json", "posts 1", given)
    identity = post.get("id_str") or post.get("id")
    details = replace(details, language=details.language or guess_language(text))
    return describe(replace(document, given_id=identity), ("file", details))
