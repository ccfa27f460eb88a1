"""A page from an address. The only module of the package that opens a connection. Layer: sources."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from dataclasses import dataclass

from trucewatch.errors import SourceError

TIMEOUT_SECONDS = 20.0
_CHUNK = 65_536
_AGENT = "trucewatch (reads one page at a person's request)"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back from an address: at most `limit` bytes, the media type and charset that it declares."""

    data: bytes
    media_type: str
    charset: str | None
    address: str  # after redirects


def is_address(source: str) -> bool:
    """Whether a source is a web address."""
    return source.lower().startswith(("http://", "https://"))


def fetch(address: str, *, limit: int, timeout: float = TIMEOUT_SECONDS) -> Fetched:
    """The page at an address. Raises SourceError, saying why and what to do, where it cannot be had."""
    request = urllib.request.Request(
        address, headers={"User-Agent": _AGENT, "Accept": "text/html,text/plain,*/*;q=0.5"}
    )
    try:
        with urllib.request.urlopen(request, timeout=timeout) as answer:
            return _read(answer, limit)
    except urllib.error.HTTPError as error:
        raise SourceError(
            f"{address} answers {error.code} {error.reason}. Check the address, or save the page and read the file."
        ) from error
    except (urllib.error.URLError, http.client.HTTPException, ValueError, OSError) as error:
        reason = getattr(error, "reason", None) or error
        raise SourceError(
            f"{address} cannot be fetched: {reason}. Check the address and the connection, "
            "or save the page and read the file."
        ) from error


def _read(answer: http.client.HTTPResponse, limit: int) -> Fetched:
    chunks: list[bytes] = []
    size = 0
    while size <= limit and (chunk := answer.read(_CHUNK)):
        chunks.append(chunk)
        size += len(chunk)
    address = answer.geturl()
    if size > limit:
        raise SourceError(
            f"{address} is longer than {limit} bytes, the limit of one report; reading stopped at byte {limit}."
        )
    headers = answer.headers
    return Fetched(b"".join(chunks), headers.get_content_type(), headers.get_content_charset(), address)
