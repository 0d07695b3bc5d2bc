"""Read SPARQL text as far as a store must: what kind it is, where parameters go, what is refused.

The text is cut into the tokens of the SPARQL grammar, so that a word in a string, a comment or an IRI is
never taken for a keyword. Whether a query holds SERVICE is decided by parsers, not here by words: see
:func:`prepare`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import pyoxigraph as ox

from policygraph.errors import QueryError
from policygraph.messages import Foreign
from policygraph.store.answers import Bindings
from policygraph.store.depth import refuse_deep, with_room
from policygraph.store.terms import to_ox

# A string without its end goes on to the end of the line (or text), so that no character is looked at twice.
_TOKEN = re.compile(
    r"""(?P<comment>\#[^\n]*)
    |(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    |(?P<string>\"{3}(?:[^\\"]|\\.|\"(?!\"\"))*+(?:\"{3})? |\'{3}(?:[^\\']|\\.|\'(?!\'\'))*+(?:\'{3})?
        |\"(?:[^"\\\n]|\\.)*+\"? |\'(?:[^'\\\n]|\\.)*+\'?)
    |(?P<variable>[?$]\w+)
    |(?P<word>[\w.-]{0,100}+:(?:[\w.:%-]|\\.)*|\w+)
    |(?P<mark><<(?![^<>\s]*>)|>>|[^\s])""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_SERVICE = re.compile("service", re.IGNORECASE)
_PLACE = re.compile(r"error at (\d+):(\d+)")
_READS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_WRITES = frozenset(["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"])


@dataclass(frozen=True, slots=True)
class Token:
    """A token with its place in the text, half open."""

    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """A query that may run: its text, and whether it names its own dataset (FROM)."""

    text: str
    has_dataset: bool


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a query, comments left out."""
    for match in _TOKEN.finditer(text):
        if match.lastgroup and match.lastgroup != "comment":
            yield Token(match.lastgroup, match[0], match.start(), match.end())


@lru_cache(maxsize=256)
def prepare(text: str, prefixes: tuple[tuple[str, str], ...] = ()) -> Prepared:
    """Check a query before it runs; nothing of it is evaluated against data.

    Raises QueryError for what nests or chains too far, with line and column for a syntax error, and for updates
    and SERVICE, which would write or reach the network. SERVICE is found so: the engine's own parser must
    also accept the text with that word spoilt wherever it stands. It can only do so where the word is no keyword.
    """
    text = _plain_characters(text)
    refuse_deep(token.text for token in tokens(text))
    if (first := _verb(text)) not in _READS:
        raise QueryError("store.no-query", first=first) if first else QueryError("store.nothing-asked")
    spoilt = _SERVICE.sub("sxrvice", text)
    try:
        with_room(lambda: _read(spoilt, prefixes))
    except SyntaxError as error:
        if spoilt != text and _has_service(text, prefixes):
            raise QueryError("store.service-refused") from error
        raise _syntax(text, str(error)) from error
    except RuntimeError as error:  # a function that does not exist
        raise QueryError("store.unknown-function", reason=Foreign(str(error))) from error
    return Prepared(text, has_dataset=any(_is_word(token, "FROM") for token in tokens(text)))


def _read(text: str, prefixes: tuple[tuple[str, str], ...]) -> None:
    ox.Store().query(text, prefixes=dict(prefixes))  # its result stays in this thread


def bind(text: str, bindings: Bindings) -> str:
    """Return the query with each parameter bound to its term.

    A ``VALUES ?name { ... }`` block of one variable, in the query or in a sub-select, is where the author
    wants the value; where there is none, one is put first in the outermost group pattern. Terms are
    written by the engine's serialiser, so that no character of a value can end it early.
    """
    serialised = {name: str(to_ox(term)) for name, term in bindings.items()}
    for name, term in serialised.items():
        blocks = list(_blocks(text, name))
        if not blocks:
            start = _where(text)
            blocks = [(start, start)]
        for start, end in reversed(blocks):
            text = f"{text[:start]} VALUES ?{name} {{ {term} }} {text[end:]}"
    return text


def _plain_characters(text: str) -> str:
    """Undo codepoint escapes and odd line ends, so that every parser sees the same text."""
    while _ESCAPE.search(text):
        text = _ESCAPE.sub(_character, text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _character(match: re.Match[str]) -> str:
    number = int(match[1] or match[2], 16)
    if not 0 < number < 0x110000 or 0xD800 <= number < 0xE000:
        raise QueryError("store.no-character", written=match[0])
    return chr(number)


def _verb(text: str) -> str:
    words = (token.text.upper() for token in tokens(text) if token.kind == "word")
    return next((word for word in words if word in _READS | _WRITES), "")


def _has_service(text: str, prefixes: tuple[tuple[str, str], ...]) -> bool:
    from rdflib.plugins.sparql.parser import parseQuery  # here: it takes a seventh of a second to load

    head = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in prefixes)
    try:
        parsed = parseQuery(head + text)
    except Exception:  # the parser raises what pyparsing raises; the other parser has the word
        return False
    return _holds(parsed, "ServiceGraphPattern")


def _holds(part: object, name: str) -> bool:
    from rdflib.plugins.sparql.parserutils import CompValue

    if isinstance(part, CompValue):
        return part.name == name or any(_holds(child, name) for child in part.values())
    if isinstance(part, str) or not hasattr(part, "__iter__"):
        return False
    return any(_holds(child, name) for child in part)


def _syntax(text: str, message: str) -> QueryError:
    """Say where a query cannot be read: at the first word after the place the engine gives."""
    match = _PLACE.search(message)
    if not match:
        return QueryError("store.query-unreadable", reason=Foreign(message.splitlines()[0]))
    before = sum(len(line) for line in text.splitlines(keepends=True)[: int(match[1]) - 1]) + int(match[2]) - 1
    start = before + len(text[before:]) - len(text[before:].lstrip())
    line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
    near = text[start : start + 30].partition("\n")[0]
    if not near:
        return QueryError("store.query-cut-short", line=line, column=column)
    return QueryError("store.syntax-error", line=line, column=column, near=near)


def _is_word(token: Token, word: str) -> bool:
    return token.kind == "word" and token.text.upper() == word


def _blocks(text: str, name: str) -> Iterator[tuple[int, int]]:
    found = list(tokens(text))
    for place, token in enumerate(found):
        if not _is_word(token, "VALUES") or [t.text for t in found[place + 1 : place + 3]] != [f"?{name}", "{"]:
            continue
        close = next((t for t in found[place + 3 :] if t.text == "}"), None)
        if close:
            yield token.start, close.end


def _where(text: str) -> int:
    """Return the place just inside the outermost group pattern."""
    depth, opened, template = 0, 0, False
    for token in tokens(text):
        if token.kind == "word" and depth == 0:
            template = template or token.text.upper() == "CONSTRUCT"
            if token.text.upper() == "WHERE":
                template = False
        if token.text in "({":
            if token.text == "{" and depth == 0:
                opened += 1
                if not template or opened == 2:
                    return token.end
            depth += 1
        elif token.text in ")}":
            depth -= 1
    raise QueryError("store.no-group")
