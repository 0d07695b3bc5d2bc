"""Read plain text in any common encoding of Chinese."""

from __future__ import annotations

import codecs
import hashlib
from pathlib import Path

from charset_normalizer import from_bytes

from policygraph.errors import ReadError
from policygraph.messages import Foreign
from policygraph.model import Source

LIMIT = 8 * 1024 * 1024  # bytes; the longest national plan is under 1 MB as text
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FEWEST_TABS = 2  # three cells
_LEAST_CHINESE = 0.7  # of the characters; bytes at random give a third
_LEGACY = ("gb18030", "big5hkscs")


def read(path: Path) -> Source:
    """Return the text of a file with the SHA-256 of its bytes.

    Takes UTF-8, UTF-16, UTF-32, GB 18030 (with GBK and GB 2312) and Big5, with or without a byte order mark.
    Raises ReadError for an empty, binary or too large file and for an unknown encoding.
    """
    data = _load(path)
    text, encoding = decode(data, str(path))
    if not text.strip("\ufeff \t\r\n\f\u3000"):
        raise ReadError("read.empty", path=path)
    return Source(path.name, _cells(text), hashlib.sha256(data).hexdigest(), encoding)


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Return the text of some bytes and the encoding that was found. Raises ReadError where there is none."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strict(data, encoding, name), encoding
    if b"\0" in data[:4096]:
        return _without_mark(data, name)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _legacy(data, name)


def _cells(text: str) -> str:
    """Mark the cells of a table pasted with tabs, one character for one, so that places in the file stay as they are.

    >>> _cells("指标\\t单位\\t2025年\\n责任单位:\\t市教育局")
    '指标|单位|2025年\\n责任单位:\\t市教育局'
    """
    return "\n".join(line.replace("\t", "|") if _is_row(line) else line for line in text.split("\n"))


def _is_row(line: str) -> bool:
    """Say whether a line is a row pasted with tabs: a head, at least three cells, the last one filled."""
    if line.count("\t") < _FEWEST_TABS or "|" in line or "\r" in line:
        return False
    return bool(line.partition("\t")[0].strip()) and not line[-1].isspace()


def _load(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LIMIT:
            raise ReadError("read.too-large", path=path, size=f"{size / 1048576:.0f}", limit=LIMIT // 1048576)
        data = path.read_bytes()
    except OSError as error:
        raise ReadError("read.not-opened", path=path, reason=Foreign(error.strerror or str(error))) from error
    return data


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        _require_text(data.decode(encoding, "replace"), name)
        raise ReadError("read.damaged-text", path=name, encoding=encoding, place=error.start) from error


def _without_mark(data: bytes, name: str) -> tuple[str, str]:
    """Zero bytes in text mean UTF-16 without a mark; the byte order is the one that gives Chinese."""
    readings = {encoding: data.decode(encoding, "replace") for encoding in ("utf-16-le", "utf-16-be")}
    best = max(readings, key=lambda encoding: _chinese_share(readings[encoding]))
    _require_text(readings[best], name)
    return _strict(data, best, name), best


def _require_text(text: str, name: str) -> None:
    if _chinese_share(text) <= _LEAST_CHINESE:
        raise ReadError("read.binary", path=name)


def _chinese_share(text: str) -> float:
    """Return the share of the characters that a Chinese text is made of."""
    plain = sum("\u4e00" <= char <= "\u9fff" or "\u3000" <= char <= "\u303f" or " " <= char <= "~" for char in text)
    return plain / len(text) if text else 0.0


def _legacy(data: bytes, name: str) -> tuple[str, str]:
    """Take the encoding of the Chinese world whose reading looks most like a language."""
    best = from_bytes(data, cp_isolation=list(_LEGACY)).best()
    if best is None or sum(byte < 9 or 13 < byte < 32 for byte in data) * 100 > len(data):
        raise ReadError("read.unknown-encoding", path=name)
    return str(best), best.encoding
