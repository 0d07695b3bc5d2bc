"""Drop page furniture and join broken lines, keeping every position."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from policygraph.lexicon import Lexicon
from policygraph.model import Text
from policygraph.segment.numbering import NUMBERED

_FULL_LINE = 20  # characters; a shorter line that ends without a stop is a heading or a signature
_ENDS_SENTENCE = re.compile(r"[。;:!?.)\]〕】》”]\s*$")
_GOES_ON = re.compile(r"[,、(〔\[]\s*$")
_NEVER_JOINED = re.compile(r"\s|附件|[(\[〔【•●◆*]|[^,。;]{2,8}:")


def clean(text: Text, lexicon: Lexicon) -> Text:
    """Return the text without menus, buttons and footers, with lines joined that were broken inside a sentence."""
    lines = _lines(text.text)
    kept = [line for line in _before_tail(text.text, lines, lexicon) if not _is_furniture(text.text, line, lexicon)]
    pieces: list[tuple[int, int]] = []
    for (start, end), after in zip(kept, [*kept[1:], None], strict=True):
        line, next_line = text.text[start:end], text.text[slice(*after)] if after else ""
        pieces.append((start, end if _is_broken(line, next_line) else min(end + 1, len(text.text))))
    return _select(text, pieces)


def _lines(text: str) -> list[tuple[int, int]]:
    return [(match.start(), match.end()) for match in re.finditer(r"[^\n]*", text) if match.end() > match.start()]


def _before_tail(text: str, lines: list[tuple[int, int]], lexicon: Lexicon) -> Iterable[tuple[int, int]]:
    """Yield the lines down to the first that says the document is over; only after a first heading."""
    begun = False
    for start, end in lines:
        line = text[start:end].strip()
        begun = begun or bool(NUMBERED.match(line))
        cut = _cut(line, lexicon) if begun else None
        if cut is None:
            yield start, end
            continue
        if cut > 0:
            yield start, start + text[start:end].index(line) + cut
        return


def _cut(line: str, lexicon: Lexicon) -> int | None:
    """Return where in the line the document ends, None where it goes on."""
    for form, match in lexicon.furniture.items():
        if (match == "end" and line == form) or (match == "tail" and form in line):
            return 0
        if match == "cut" and form in line:
            return line.index(form)
    return None


def _is_furniture(text: str, span: tuple[int, int], lexicon: Lexicon) -> bool:
    line = text[slice(*span)].strip()
    tests = {"whole": line.__eq__, "starts": line.startswith, "contains": line.__contains__}
    return any(match in tests and tests[match](form) for form, match in lexicon.furniture.items())


def _is_broken(line: str, after: str) -> bool:
    """Say whether a line was broken inside a sentence: it is full, unfinished, and the next goes on."""
    if not after or NUMBERED.match(after) or _NEVER_JOINED.match(after):
        return False
    if _GOES_ON.search(line):
        return True
    return len(line.strip()) >= _FULL_LINE and not _ENDS_SENTENCE.search(line) and len(after) > 1 and "。" in line


def _select(text: Text, pieces: list[tuple[int, int]]) -> Text:
    return replace(
        text,
        text="".join(text.text[start:end] for start, end in pieces),
        printed="".join(text.printed[start:end] for start, end in pieces),
        offsets=(*(at for start, end in pieces for at in text.offsets[start:end]), text.offsets[-1]),
    )
