"""Decode Chinese text of any encoding: strictly, but for a few bytes that were lost or strayed in, which are named."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from itertools import islice

from charset_normalizer import from_bytes

from policygraph.errors import ReadError
from policygraph.messages import Message, message
from policygraph.read.content import Content

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEAST_CHINESE = 0.7  # of the characters; bytes at random give a third
_LEAST_COMMON = 0.8  # of the Chinese characters; bytes read in a wrong encoding give a third
_LEGACY = ("gb18030", "big5hkscs")
_MOST_BROKEN = 0.005  # share of the characters; more means that the text is not in that encoding
_FEWEST_KNOWN = 20  # characters beyond ASCII for each broken byte
_MOST_ZEROS = 0.02  # share of the bytes; in UTF-16 every blank and every line's end has one
_FEWEST_OF_LINE = 4  # Chinese characters that tell the encoding of a line
_NAMED = 3  # places
_UNIT = 4  # bytes of a character at most: what a file that was cut may lack


def decode(data: bytes, name: str) -> Content:
    """Return the text of some bytes; a few broken or zero bytes are noted with their places.

    Raises ReadError where the bytes are no text, are in two encodings, or are broken beyond that.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _utf8_with_mark(data, name) if mark == codecs.BOM_UTF8 else _strict(data, encoding, name)
    found = _utf8(data, "utf-8", name)
    if found:
        return found
    return _without_mark(data, name) if b"\0" in data[:4096] else _legacy(data, name)


def _utf8_with_mark(data: bytes, name: str) -> Content:
    return _utf8(data, "utf-8-sig", name) or _strict(data, "utf-8-sig", name)


def _utf8(data: bytes, encoding: str, name: str) -> Content | None:
    """Return the text where it is UTF-8, but for a few bytes; None where it is not."""
    zeros = data.count(0)
    if zeros > _MOST_ZEROS * len(data):
        return None
    notes = (_noted("read.zero-bytes", zeros, _zeros(data), data),) if zeros else ()
    try:
        return Content(data.decode(encoding), encoding, notes)
    except UnicodeDecodeError:
        _require_one_encoding(data, name)
    text = data.decode(encoding, "replace")
    if not _is_nearly_whole(text):
        return None
    return Content(text, encoding, (*notes, _noted("read.broken-bytes", text.count("\ufffd"), _broken(data), data)))


def _is_nearly_whole(text: str) -> bool:
    broken = text.count("\ufffd")
    known = sum(not char.isascii() for char in text) - broken
    return broken <= max(1, _MOST_BROKEN * len(text)) and known >= _FEWEST_KNOWN * broken


def _strict(data: bytes, encoding: str, name: str) -> Content:
    """Return the text of an encoding with two or four bytes a character; only its last one may be cut."""
    try:
        return Content(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        text = data.decode(encoding, "replace")
        _require_text(text, name)
        if error.start < len(data) - _UNIT:
            raise ReadError("read.damaged-text", path=name, encoding=encoding, place=error.start) from error
        return Content(text, encoding, (_noted("read.broken-bytes", 1, [error.start], data),))


def _without_mark(data: bytes, name: str) -> Content:
    """Zero bytes in text mean UTF-16 without a mark; the byte order is the one that gives Chinese."""
    readings = {encoding: data.decode(encoding, "replace") for encoding in ("utf-16-le", "utf-16-be")}
    best = max(readings, key=lambda encoding: _chinese_share(readings[encoding]))
    _require_text(readings[best], name)
    return _strict(data, best, name)


def _legacy(data: bytes, name: str) -> Content:
    """Take the encoding of the Chinese world whose reading looks most like a language."""
    whole = data.replace(b"\0", b"")
    if sum(byte < 9 or 13 < byte < 32 for byte in data) * 100 > len(data):
        raise ReadError("read.unknown-encoding", path=name)
    best = from_bytes(whole, cp_isolation=list(_LEGACY)).best()
    if best is not None:
        return Content(str(best), best.encoding)
    text = whole.decode("gb18030", "replace")
    if not _is_nearly_whole(text) or _common_share(text) < _LEAST_COMMON:
        raise ReadError("read.unknown-encoding", path=name)
    return Content(
        text, "gb18030", (_noted("read.broken-bytes", text.count("\ufffd"), _broken(data, "gb18030"), data),)
    )


# ---------------------------------------------------------------- two encodings in one file


def _require_one_encoding(data: bytes, name: str) -> None:
    """Raise ReadError where lines in UTF-8 and lines in GB 18030 stand in one file."""
    seen: dict[str, int] = {}
    for start, line in _lines(data):
        encoding = "" if line.isascii() else _encoding_of_line(line)
        if encoding:
            seen.setdefault(encoding, start)
    if len(seen) > 1:
        (first, _), (second, place) = sorted(seen.items(), key=lambda each: each[1])
        raise ReadError("read.two-encodings", path=name, first=first, second=second, place=place)


def _encoding_of_line(line: bytes) -> str:
    """Return the encoding that a line is surely in, "" where that cannot be said of it."""
    for encoding in ("utf-8", "gb18030"):
        try:
            text = line.decode(encoding)
        except UnicodeDecodeError:
            continue
        known = sum("\u4e00" <= char <= "\u9fff" for char in text)
        return encoding if known >= _FEWEST_OF_LINE and _common_share(text) >= _LEAST_COMMON else ""
    return ""


def _common_share(text: str) -> float:
    """Return the share of the Chinese characters that are common: the first level of GB 2312."""
    chinese = "".join(char for char in text if "\u4e00" <= char <= "\u9fff")
    common = sum(0xB0 <= byte <= 0xD7 for byte in chinese.encode("gb18030")[::2])
    return common / len(chinese) if chinese else 0.0


# ---------------------------------------------------------------- places


def _lines(data: bytes) -> Iterator[tuple[int, bytes]]:
    start = 0
    for line in data.split(b"\n"):
        yield start, line
        start += len(line) + 1


def _zeros(data: bytes) -> list[int]:
    return list(islice((at for at, byte in enumerate(data) if not byte), _NAMED))


def _broken(data: bytes, encoding: str = "utf-8") -> list[int]:
    """Return where the first bytes stand that are no character."""
    places: list[int] = []
    for start, line in _lines(data):
        try:
            line.decode(encoding)
        except UnicodeDecodeError as error:
            places.append(start + error.start)
            if len(places) == _NAMED:
                break
    return places


def _noted(key: str, count: int, places: list[int], data: bytes) -> Message:
    return message(key, count=count, places=[_place(data, at) for at in places])


def _place(data: bytes, at: int) -> Message:
    return message("read.place-in-text", line=data.count(b"\n", 0, at) + 1, byte=at)


# ---------------------------------------------------------------- what is text at all


def _require_text(text: str, name: str) -> None:
    if _chinese_share(text) <= _LEAST_CHINESE:
        raise ReadError("read.binary", path=name)


def _chinese_share(text: str) -> float:
    """Return the share of the characters that a Chinese text is made of."""
    plain = sum("\u4e00" <= char <= "\u9fff" or "\u3000" <= char <= "\u303f" or " " <= char <= "~" for char in text)
    return plain / len(text) if text else 0.0
