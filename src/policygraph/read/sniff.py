"""Tell the kind of a file from its first bytes."""

from __future__ import annotations

import re

HEAD = 8192  # bytes that are looked at
_MAGIC = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "empty-zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old-office"),
    (b"{\\rtf", "rtf"),
    (b"\x1f\x8b", "archive"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"II*\0", "picture"),
    (b"MM\0*", "picture"),
)
_ADVICE = {
    "empty-zip": "read.empty-zip",
    "old-office": "read.old-office",
    "rtf": "read.rtf",
    "word-xml": "read.word-xml",
    "archive": "read.archive",
    "zip": "read.zip",
    "sheet": "read.sheet",
    "slides": "read.slides",
    "opendocument": "read.opendocument",
    "picture": "read.picture",
    "damaged-zip": "read.damaged-zip",
}
_TAG = re.compile(
    rb"<\s*(?:!doctype\s+html|html|head|body|meta|title|table|div|p|br|span|center|h[1-6])\b", re.IGNORECASE
)
_MHTML = re.compile(  # lines of a mail's head, some of them folded, down to the one that says what the mail holds
    rb"\A(?:[\w-]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)*?content-type:\s*multipart/related", re.IGNORECASE
)
_WORD_XML = re.compile(rb"progid=\"Word\.Document\"|<w:wordDocument|xmlPackage")
_HTML_NAMES = (".html", ".htm", ".shtml", ".xhtml")


def kind_of(head: bytes, suffix: str) -> str:
    """Return ``pdf``, ``zip``, ``html``, ``mhtml``, ``text`` or a kind that ``advice`` speaks of.

    >>> kind_of(b"<!DOCTYPE html><html>", ".txt"), kind_of(b"plain words", ".docx"), kind_of(b"%PDF-1.7", ".html")
    ('html', 'text', 'pdf')
    """
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if b"%PDF-" in head[:1024]:
        return "pdf"
    letters = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if _WORD_XML.search(letters[:2048]):
        return "word-xml"
    if _MHTML.match(letters):
        return "mhtml"
    if _TAG.search(letters) and (letters.startswith(b"<") or suffix.lower() in _HTML_NAMES):
        return "html"
    return "text"


def advice(kind: str) -> str:
    """Return the key of what to say of a kind that is not read."""
    return _ADVICE[kind]
