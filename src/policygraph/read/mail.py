"""Read a web page that a browser saved as one file (MHTML): the page is a part of a mail message."""

from __future__ import annotations

from collections.abc import Callable
from email import message_from_bytes
from email.message import Message

from policygraph.errors import ReadError
from policygraph.read.content import Content
from policygraph.read.page import read_fragment as read_html_fragment
from policygraph.read.page import read_html


def read_mhtml(data: bytes, name: str) -> Content:
    """Return the main text of the first page in the message. Raises ReadError where there is none."""
    return _read(data, name, read_html)


def read_fragment(data: bytes, name: str) -> Content:
    """Return all text of the first page in the message. Raises ReadError where there is none."""
    return _read(data, name, read_html_fragment)


def _read(data: bytes, name: str, reader: Callable[[bytes, str, str], Content]) -> Content:
    message = message_from_bytes(data)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            page = _payload(part)
            if page:
                return reader(page, name, part.get_content_charset() or "")
    raise ReadError("read.mail-without-page", path=name)


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
