"""Take a file that a visitor sends: bounded here, whatever the browser does; its name is never a path."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath
from unicodedata import normalize

from anyio import from_thread
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

from policygraph.desk.asking import ToldError

LARGEST = 32 << 20  # bytes of one upload with all that is sent beside it
SUFFIXES = (".docx", ".pdf", ".txt", ".html", ".htm", ".mhtml", ".mht", ".docm", ".ofd")
_FIELDS = 16
_LONGEST = 120  # characters of a name
_NO_SIGNS = re.compile(r'[\x00-\x1f\x7f<>:"|?*/\\]+|[\u200e\u200f\u202a-\u202e\u2066-\u2069]+')
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent, with a name that can be a name of a file anywhere, and what was filled in beside it."""

    name: str
    content: bytes
    fields: Mapping[str, str]

    @property
    def suffix(self) -> str:
        """Return how the name ends: one of :data:`SUFFIXES`."""
        return suffix_of(self.name)


def received(request: Request, largest: int = LARGEST) -> Upload:
    """Return the file of a form. Raises ToldError where there is none, or it is too large or of no known kind."""
    return from_thread.run(_received, request, largest)


def file_name(given: str) -> str:
    r"""Return the last part of a name, without what no system takes in one, and without what turns its direction.

    >>> file_name("..\\..\\etc/方案.docx"), file_name("<b>a:b.pdf"), file_name("../.."), file_name("nul.txt")
    ('方案.docx', 'b_a_b.pdf', '', '_nul.txt')
    """
    last = PureWindowsPath(PurePosixPath(normalize("NFC", given)).name).name
    plain = _NO_SIGNS.sub("_", last).strip("._ ")
    stem, suffix = plain.removesuffix(suffix_of(plain)), suffix_of(plain)
    return _DEVICE.sub(r"_\g<0>", stem[:_LONGEST] + suffix)


def suffix_of(name: str) -> str:
    """Return how a name ends, in its own writing, where that is a kind that can be read, else nothing."""
    return next((name[-len(each) :] for each in SUFFIXES if name.lower().endswith(each)), "")


async def _received(request: Request, largest: int) -> Upload:
    flow = _Flow(request, largest)
    try:
        parser = MultiPartParser(request.headers, flow.parts(), max_files=1, max_fields=_FIELDS)
        form = await parser.parse()
    except (MultiPartException, KeyError) as error:
        await flow.rest()
        if flow.over:
            raise ToldError.of(413, "desk.upload-too-large", most=largest >> 20) from error
        raise ToldError.of(400, "desk.no-upload") from error
    except ClientDisconnect as error:
        raise ToldError.of(400, "desk.no-upload") from error
    files = [each for each in form.values() if isinstance(each, UploadFile)]
    fields = {name: each for name, each in form.items() if isinstance(each, str)}
    name = file_name(files[0].filename or "") if files else ""
    content = await files[0].read() if files else b""
    await form.close()
    if not name or not content:
        raise ToldError.of(400, "desk.no-upload")
    if not suffix_of(name):
        raise ToldError.of(400, "desk.no-such-kind", name=name, kinds=list(SUFFIXES))
    return Upload(name, content, fields)


class _Flow:
    """What a request sends, up to a size; the rest is read and let go, so that the browser gets to the answer."""

    def __init__(self, request: Request, largest: int) -> None:
        self._stream = request.stream()
        self._left = largest
        self.over = False

    async def parts(self) -> AsyncGenerator[bytes, None]:
        async for part in self._stream:
            self._left -= len(part)
            if self._left < 0:
                self.over = True
                raise MultiPartException("too large")
            yield part

    async def rest(self) -> None:
        async for _ in self._stream:
            pass
