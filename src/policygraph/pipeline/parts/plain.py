"""Turn records into what JSON can hold, and back: nothing of ours is unpickled from a file."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


def plain(value: Any) -> Any:
    """Return a record as lists of its fields, in their order; sets are sorted.

    >>> from policygraph.validate import Named
    >>> plain((Named("a", "甲"), {"b": frozenset({2, 1})}))
    [['a', '甲', ''], {'b': [1, 2]}]
    """
    if is_dataclass(value):
        return [plain(getattr(value, each.name)) for each in fields(value)]
    if isinstance(value, Mapping):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, frozenset):
        return [plain(each) for each in sorted(value)]
    return [plain(each) for each in value] if isinstance(value, tuple) else value


def remade(kind: type[T], value: Any) -> T:
    """Return the record of a kind that :func:`plain` was given. Raises ValueError or TypeError where it is none.

    >>> from policygraph.validate import Named
    >>> remade(Named, ["a", "甲", ""])
    Named(slug='a', title='甲', number='')
    """
    made: T = _remade(kind, value)
    return made


def _remade(kind: Any, value: Any) -> Any:
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return None if value is None else _remade(inner[0], value)
    if origin is tuple and inner[-1] is not Ellipsis:
        return tuple(_remade(each, one) for each, one in zip(inner, value, strict=True))
    if origin in (tuple, frozenset):
        return origin(_remade(inner[0], each) for each in value)
    if origin is not None:  # a mapping
        return {key: _remade(inner[1], each) for key, each in value.items()}
    if issubclass(kind, Enum):
        return kind(value)
    if is_dataclass(kind) or issubclass(kind, tuple):
        if not isinstance(value, list):
            raise TypeError(f"{value!r} is no list of the fields of {kind.__name__}")
        return kind(*(_remade(each, one) for each, one in zip(_kinds(kind), value, strict=True)))
    if not isinstance(value, kind):
        raise TypeError(f"{value!r} is no {kind.__name__}")
    return value


@cache
def _kinds(record: type[Any]) -> tuple[Any, ...]:
    hints = get_type_hints(record)
    names = [each.name for each in fields(record)] if is_dataclass(record) else list(record._fields)
    return tuple(hints[name] for name in names)
