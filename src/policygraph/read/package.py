"""Open the zip packages that Word and OFD files are, with limits; parse their XML with nothing fetched or expanded."""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

from lxml import etree

from policygraph.errors import ReadError

Element = Any  # lxml ships no types
_MOST_ENTRIES = 20_000
_LARGEST_PART = 64 * 1024 * 1024  # bytes of XML; a plan of 200 pages has about 3 MB
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
        self._parts = {info.filename.lstrip("/").lower(): info for info in self._zip.infolist()}
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
        data = self._read(part)
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
        folder, _, name = part.rpartition("/")
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, str] = {}
        for relation in () if root is None else root.iter("{*}Relationship"):
            target = relation.get("Target", "")
            if relation.get("TargetMode") != "External" and target:
                path = target if target.startswith("/") else posixpath.join("/", folder, target)
                kind = relation.get("Type", "").rpartition("/")[2]
                found.setdefault(kind, posixpath.normpath(path).lstrip("/"))
        return found

    def _read(self, part: str) -> bytes | None:
        info = self._parts.get(part.lstrip("/").lower())
        if info is None:
            return None
        packed_well = info.file_size > _ANY_RATIO and info.file_size > _LARGEST_RATIO * max(info.compress_size, 1)
        if info.file_size > _LARGEST_PART or packed_well:
            raise self._bomb()
        if info.flag_bits & 1:
            raise ReadError("read.locked", path=self._name)
        try:
            return self._zip.read(info)
        except _BROKEN as error:
            raise self.damaged() from error

    def _bomb(self) -> ReadError:
        return ReadError("read.zip-bomb", path=self._name)


def kind_of(path: Path) -> str:
    """Return what a zip file is: ``docx``, ``ofd``, or a kind that ``sniff.advice`` speaks of."""
    try:
        with zipfile.ZipFile(path) as file:
            names = [name.lstrip("/") for name in file.namelist()]
    except _BROKEN:
        return "damaged-zip"
    if not names:
        return "empty-zip"
    return next((kind for start, kind in _KINDS if any(name.startswith(start) for name in names)), "zip")


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
