"""Open the zip packages that Word, OFD and Excel files are, with limits; nothing in them is fetched or expanded."""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import unquote

from lxml import etree

from policygraph.errors import ReadError

Element = Any  # lxml ships no types
_MOST_ENTRIES = 20_000
_LARGEST_PART = 64 * 1024 * 1024  # bytes of XML; a plan of 200 pages has about 3 MB
_MOST_UNPACKED = 4 * _LARGEST_PART  # bytes of all parts that are asked for
_LARGEST_RATIO = 250  # XML packs to a twentieth; only repeated bytes pack to less than this
_ANY_RATIO = 1024 * 1024  # bytes below which the ratio says nothing
_KINDS = (
    ("word/", "docx"),
    ("OFD.xml", "ofd"),
    ("xl/", "sheet"),
    ("ppt/", "slides"),
    ("mimetype", "opendocument"),
)
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    OSError,
)
_TYPES = "[Content_Types].xml"
_WORD = re.compile(rb"wordprocessingml\.(?:document|template)\.main|ms-word\.(?:document|template)")
_LONGEST_TYPES = 1024 * 1024  # bytes
_LONGEST_NUMBER = 9  # digits
_DOCTYPE = re.compile(rb"<!DOCTYPE", re.IGNORECASE)


class Package:
    """The parts of a zip package by name; a part is unpacked only when asked for, and never beyond the limits."""

    def __init__(self, data: bytes, name: str) -> None:
        self._name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as error:
            raise self.damaged() from error
        self._parts = {_key(info.filename): info for info in self._zip.infolist()}
        self._unpacked = 0
        if len(self._parts) > _MOST_ENTRIES:
            raise self._bomb()

    def names(self) -> list[str]:
        """Return the names of all parts, in lower case, sorted."""
        return sorted(self._parts)

    def damaged(self) -> ReadError:
        """Return the error to raise where the package does not hold what it must."""
        return ReadError("read.damaged", path=self._name)

    def xml(self, part: str) -> Element | None:
        """Return the root of an XML part, None where there is no such part."""
        data = self.bytes_of(part)
        if data is None:
            return None
        if _DOCTYPE.search(data.replace(b"\0", b"")):
            raise ReadError("read.entities", path=self._name)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            if is_too_deep(parser):
                raise ReadError("read.xml-too-deep", path=self._name) from error
            raise self.damaged() from error

    def related(self, part: str) -> dict[str, str]:
        """Return the parts that a part refers to: last word of the relation's type -> name of the part."""
        found: dict[str, str] = {}
        for _, kind, target in self._relations(part):
            found.setdefault(kind, target)
        return found

    def target(self, part: str, identifier: str) -> str:
        """Return the part that a part refers to by an identifier, "" where there is none in the package."""
        return next((target for name, _, target in self._relations(part) if name == identifier), "")

    def _relations(self, part: str) -> Iterator[tuple[str, str, str]]:
        """Yield identifier, last word of the type, and part, of what a part refers to inside the package."""
        folder, _, name = part.rpartition("/")
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        for relation in () if root is None else root.iter("{*}Relationship"):
            target = relation.get("Target", "")
            if relation.get("TargetMode") != "External" and target:
                path = target if target.startswith("/") else posixpath.join("/", folder, target)
                kind = relation.get("Type", "").rpartition("/")[2]
                yield relation.get("Id", ""), kind, posixpath.normpath(path).lstrip("/")

    def bytes_of(self, part: str) -> bytes | None:
        """Return a part unpacked, None where there is no such part."""
        info = self._parts.get(_key(part)) or self._parts.get(_key(unquote(part)))
        if info is None:
            return None
        packed_well = info.file_size > _ANY_RATIO and info.file_size > _LARGEST_RATIO * max(info.compress_size, 1)
        self._unpacked += info.file_size
        if info.file_size > _LARGEST_PART or self._unpacked > _MOST_UNPACKED or packed_well:
            raise self._bomb()
        if info.flag_bits & 1:
            raise ReadError("read.locked", path=self._name)
        try:
            return self._zip.read(info)
        except _BROKEN as error:
            raise self.damaged() from error

    def _bomb(self) -> ReadError:
        return ReadError("read.zip-bomb", path=self._name)


def kind_of(file: Path | BinaryIO) -> str:
    """Return what a zip file is: ``docx``, ``ofd``, or a kind that ``sniff.advice`` speaks of."""
    try:
        with zipfile.ZipFile(file) as package:
            names = [name.replace("\\", "/").lstrip("/") for name in package.namelist()]
            types = package.open(_TYPES).read(_LONGEST_TYPES) if _TYPES in names else b""
    except _BROKEN:
        return "damaged-zip"
    if not names:
        return "empty-zip"
    kinds = (kind for start, kind in _KINDS if any(name.startswith(start) for name in names))
    return next(kinds, "docx" if _WORD.search(types) else "zip")  # its folders may have names of their own


def _key(part: str) -> str:
    """Return a part's name as it is looked up: some programs write it in other letters, or with the other slash."""
    return part.replace("\\", "/").lstrip("/").lower()


def is_too_deep(parser: Any) -> bool:
    """Say whether libxml2 gave a text up because of its depth: 256 levels of XML, 2048 of HTML."""
    return any("depth" in entry.message for entry in parser.error_log.filter_from_fatals())


def local(element: Element) -> str:
    """Return the name of an element without its namespace, in which strict and transitional Word differ."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element | None, name: str, default: str = "") -> str:
    """Return an attribute by its name without namespace."""
    if element is None:
        return default
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == name), default)


def child(element: Element | None, name: str) -> Element | None:
    """Return the first child of that name, None where there is none."""
    return None if element is None else next((each for each in element if local(each) == name), None)


def whole(text: str) -> int | None:
    """Return a whole number, None where the text is none.

    >>> whole("12"), whole("²"), whole("")
    (12, None, None)
    """
    return int(text) if text.isdecimal() and len(text) <= _LONGEST_NUMBER else None
