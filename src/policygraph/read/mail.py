"""Read a web page that a browser saved as one file (MHTML): the page is a part of a mail message."""

from __future__ import annotations

from email import message_from_bytes
from email.message import Message

from policygraph.errors import ReadError
from policygraph.read.content import Content
from policygraph.read.page import read_html


def read_mhtml(data: bytes, name: str) -> Content:
    """Return the text of the first page in the message. Raises ReadError where there is none."""
    message = message_from_bytes(data)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            page = _payload(part)
            if page:
                return read_html(page, name, part.get_content_charset() or "")
    raise ReadError("read.mail-without-page", path=name)


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
