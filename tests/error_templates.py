"""Collect what src/policygraph can say when it fails: every message given to an error class, read from the code.

A template is the text as written, with {1}, {2}, ... for the values in the order in which they stand.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "src" / "policygraph"
ERROR = re.compile(r"(Read|NotAPlan|Table|Document|Usage|Data|Store|Query|ArgumentType)Error$")
PLACE = re.compile(r"\{\d+\}")
Parts = tuple[str | ast.expr, ...]


@dataclass(frozen=True)
class Found:
    """A message of the code: its template, where it stands, and the texts that its values may be."""

    template: str
    where: str
    fragments: frozenset[str] = field(default=frozenset(), compare=False)


def collect() -> list[Found]:
    """Return the messages of all modules, in the order of the files."""
    return [found for path in sorted(SOURCE.rglob("*.py")) for found in _Module(path).messages()]


def has_words(template: str) -> bool:
    """Tell whether anything but values and signs stands in a template."""
    return any(char.isalpha() for char in PLACE.sub("", template))


class _Module:
    """One module: its constants and functions by name, to see what an expression may be."""

    def __init__(self, path: Path) -> None:
        self.path, self.tree = path, ast.parse(path.read_text(encoding="utf-8"))
        self.values: dict[str, list[ast.expr]] = {}
        self.returns: dict[str, list[ast.expr]] = {}
        self.imported = {name: file for file, names in self._imports() for name in names}
        self._inside: dict[ast.AST, ast.AST] = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef):
                self.returns[node.name] = [r.value for r in ast.walk(node) if isinstance(r, ast.Return) and r.value]
                self._inside.update(dict.fromkeys(ast.walk(node), node))
        for node in self.tree.body:
            self._assigned(node, self.values)

    def _imports(self) -> Iterator[tuple[Path, list[str]]]:
        for node in self.tree.body:
            if isinstance(node, ast.ImportFrom) and node.module:
                file = SOURCE.parent.joinpath(*node.module.split(".")).with_suffix(".py")
                if file.is_file():
                    yield file, [alias.name for alias in node.names]

    def messages(self) -> Iterator[Found]:
        """Yield the messages given to an error class, here or through ``super().__init__`` of one."""
        for call in self._calls():
            scope: dict[str, list[ast.expr]] = {}
            for node in ast.walk(self._inside.get(call, self.tree)):
                self._assigned(node, scope)
            known = self.values | scope
            for parts in self._texts(call.args[0], known):
                yield from self._found(parts, known, f"{self.path.relative_to(SOURCE)}:{call.lineno}")

    def _calls(self) -> Iterator[ast.Call]:
        errors = [n for n in ast.walk(self.tree) if isinstance(n, ast.ClassDef) and _named(n.bases)]
        inits = [c for n in errors for c in ast.walk(n) if isinstance(c, ast.Call) and _is_init(c)]
        calls = [c for c in ast.walk(self.tree) if isinstance(c, ast.Call) and (_named([c.func]) or _is_chosen(c))]
        return (call for call in (*calls, *inits) if call.args)

    def _found(self, parts: Parts, known: dict[str, list[ast.expr]], where: str) -> Iterator[Found]:
        """Yield a message with its fragments; what says nothing of its own is told by its values."""
        if has_words("".join(part for part in parts if isinstance(part, str))):
            fragments = frozenset(
                numbered(text)
                for part in parts
                if isinstance(part, ast.expr)
                for text in self._texts(part, known)
                if has_words(numbered(text))
            )
            yield Found(numbered(parts), where, fragments)
            return
        choices = [[(part,)] if isinstance(part, str) else self._texts(part, known) for part in parts]
        for chosen in product(*choices):
            text = numbered(tuple(piece for each in chosen for piece in each))
            if has_words(text):
                yield Found(text, where)

    def _texts(self, node: ast.expr, known: dict[str, list[ast.expr]]) -> list[Parts]:
        """Return what an expression may be as text; where that cannot be read, itself as a value."""
        match node:
            case ast.Constant(value=str(text)):
                return [(text,)]
            case ast.JoinedStr(values=pieces):
                return [tuple(p for piece in pieces for p in self._piece(piece))]
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return [a + b for a in self._texts(left, known) for b in self._texts(right, known)]
            case ast.IfExp(body=one, orelse=other):
                return [*self._texts(one, known), *self._texts(other, known)]
            case ast.BoolOp(op=ast.Or(), values=several):
                return [text for each in several for text in self._texts(each, known)]
            case ast.Call():
                return self._called(node, known)
            case ast.Name(id=name) if name in known:
                rest = {key: value for key, value in known.items() if key != name}
                return [text for each in known[name] for text in self._texts(each, rest)]
            case ast.Subscript(value=ast.Name(id=name)) if name in known:
                return self._entries(known[name], known)
        return [(node,)]

    def _called(self, node: ast.Call, known: dict[str, list[ast.expr]]) -> list[Parts]:
        """Return what a call may give: of a function of this module or of another room, or of a table of texts."""
        match node:
            case ast.Call(func=ast.Attribute(value=ast.expr() as text, attr="rstrip")):
                return self._texts(text, known)
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="get"), args=[_, default]) if name in known:
                return [*self._entries(known[name], known), *self._texts(default, known)]
            case ast.Call(func=ast.Name(id=name)) if name in self.returns:
                return [text for each in self.returns[name] for text in self._texts(each, self.values)]
            case ast.Call(func=ast.Name(id=name)) if name in self.imported:
                there = _Module(self.imported[name])
                return [text for each in there.returns.get(name, ()) for text in there._texts(each, there.values)]
        return [(node,)]

    def _piece(self, piece: ast.expr) -> Parts:
        """Return a piece of an f-string; a constant of the module is written out."""
        if isinstance(piece, ast.Constant):
            return (str(piece.value),)
        assert isinstance(piece, ast.FormattedValue)
        match [*self.values.get(piece.value.id, ())] if isinstance(piece.value, ast.Name) else []:
            case [ast.Constant(value=str(text))]:
                return (text,)
        return (piece.value,)

    def _entries(self, nodes: list[ast.expr], known: dict[str, list[ast.expr]]) -> list[Parts]:
        dicts = [node for node in nodes if isinstance(node, ast.Dict)]
        return [text for node in dicts for value in node.values for text in self._texts(value, known)]

    @staticmethod
    def _assigned(node: ast.AST, into: dict[str, list[ast.expr]]) -> None:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                into.setdefault(name, []).append(value)
            case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)):
                for each, value in zip(names, values, strict=True):
                    if isinstance(each, ast.Name):
                        into.setdefault(each.id, []).append(value)
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                into.setdefault(name, []).append(value)


def numbered(parts: Parts) -> str:
    """Write parts as a template.

    >>> numbered(("no ", ast.Name("x"), " here"))
    'no {1} here'
    """
    text, number = "", 0
    for part in parts:
        number += not isinstance(part, str)
        text += part if isinstance(part, str) else f"{{{number}}}"
    return text


def _named(nodes: list[ast.expr]) -> bool:
    names = [node.id if isinstance(node, ast.Name) else getattr(node, "attr", "") for node in nodes]
    return any(ERROR.search(name) for name in names)


def _is_chosen(call: ast.Call) -> bool:
    """Tell whether a class that a variable holds gets a message: ``kind(f"{error} (...)")``."""
    return isinstance(call.func, ast.Name) and call.func.id == "kind" and isinstance(call.args[0], ast.JoinedStr)


def _is_init(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr == "__init__"
