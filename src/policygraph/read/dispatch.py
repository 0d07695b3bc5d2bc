"""Choose the reader of a file: by what is in it first, by its name second."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from pathlib import Path

from policygraph import package
from policygraph.errors import ReadError
from policygraph.messages import Foreign, message
from policygraph.model import Source
from policygraph.read import plain
from policygraph.read.content import Content
from policygraph.read.sniff import HEAD, advice, kind_of

MEGABYTE = 1024 * 1024
LIMIT = 8 * MEGABYTE  # bytes; the longest national plan is under 1 MB as text
_log = logging.getLogger(__name__)


# What reads pages and prints takes longer to load than a plan to read: each is loaded where such a file is read.


def _html(data: bytes, name: str) -> Content:
    from policygraph.read.page import read_html

    return read_html(data, name)


def _mhtml(data: bytes, name: str) -> Content:
    from policygraph.read.mail import read_mhtml

    return read_mhtml(data, name)


def _docx(data: bytes, name: str) -> Content:
    from policygraph.read.word import read_docx

    return read_docx(data, name)


def _ofd(data: bytes, name: str) -> Content:
    from policygraph.read.ofd import read_ofd

    return read_ofd(data, name)


def _pdf(data: bytes, name: str) -> Content:
    from policygraph.read.pdf import read_pdf

    return read_pdf(data, name)


# name of the kind -> largest file in bytes, reader of its bytes
_READERS: dict[str, tuple[int, Callable[[bytes, str], Content]]] = {
    "text": (LIMIT, plain.read_plain),
    "html": (16 * MEGABYTE, _html),
    "mhtml": (32 * MEGABYTE, _mhtml),
    "docx": (64 * MEGABYTE, _docx),
    "ofd": (64 * MEGABYTE, _ofd),
    "pdf": (128 * MEGABYTE, _pdf),
}


def read(path: Path) -> Source:
    """Return the text of a file (txt, html, mhtml, docx, docm, ofd, or pdf with a text layer), with its SHA-256.

    What the file holds decides, not its name. Menus, headers, footers and page numbers are left out; the rows of
    tables become lines ``a | b | c``; automatic numbers of Word are part of the text. Offsets of facts refer to
    ``Source.text``; what was left out or could not be read is in ``Source.notes``, and is logged. Raises ReadError, in
    one line with what to do, for every file that cannot be read.
    """
    size, head = _look(path)
    kind = kind_of(head, path.suffix)
    if kind == "zip":
        kind = package.kind_of(path)
    if kind not in _READERS:
        raise ReadError(advice(kind), path=path)
    limit, reader = _READERS[kind]
    if size > limit:
        raise ReadError(
            "read.too-large-as", path=path, size=f"{size / MEGABYTE:.0f}", kind=kind, limit=limit // MEGABYTE
        )
    data = _bytes(path)
    try:
        content = reader(data, str(path))
    except RecursionError as error:
        raise ReadError("read.too-deep", path=path) from error
    if not content.text.strip():
        raise ReadError("read.no-text", path=path)
    return _source(content, data, str(path), path.name)


def decoded(data: bytes, name: str) -> Source:
    """Return plain text that came another way than by a file, in any encoding. Raises ReadError as ``read``."""
    if len(data) > LIMIT:
        raise ReadError(
            "read.too-large-as", path=name, size=len(data) // MEGABYTE, kind="text", limit=LIMIT // MEGABYTE
        )
    return _source(plain.read_plain(data, name), data, name, name)


def _source(content: Content, data: bytes, place: str, name: str) -> Source:
    for note in content.notes:
        _log.warning(message("read.noted", path=place, note=note))
    return Source(name, content.text, hashlib.sha256(data).hexdigest(), content.encoding, content.notes)


def _look(path: Path) -> tuple[int, bytes]:
    """Return the size of a file and its first bytes."""
    try:
        with path.open("rb") as file:
            return path.stat().st_size, file.read(HEAD)
    except OSError as error:
        raise _unopened(path, error) from error


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unopened(path, error) from error


def _unopened(path: Path, error: OSError) -> ReadError:
    return ReadError("read.not-opened", path=path, reason=Foreign(error.strerror or str(error)))
