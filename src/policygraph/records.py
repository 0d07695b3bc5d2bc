"""Make records, of which a document has thousands: frozen dataclasses with slots that are cheap to make.

The standard ones set each field through ``object.__setattr__``, since their own forbids it; that was a fifth of the
time of reading a document. A record is set up as an object of a twin class, with the same slots and nothing forbidden,
and then becomes one of the frozen class, which takes a third of the time.
"""

from __future__ import annotations

from dataclasses import MISSING, dataclass, field, fields
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[T]) -> type[T]:
    """Return a class as ``dataclass(frozen=True, slots=True)`` does; its fields have plain defaults or none.

    >>> @record
    ... class Place:
    ...     start: int
    ...     end: int = 0
    >>> Place(3), Place(3) == Place(start=3, end=0)
    (Place(start=3, end=0), True)
    >>> Place(3).end = 4
    Traceback (most recent call last):
    dataclasses.FrozenInstanceError: cannot assign to field 'end'
    """
    made: Any = dataclass(frozen=True, slots=True, init=False)(cls)
    made.__new__, made._open_ = _written(made)
    made.__reduce__ = lambda self: (made, tuple(getattr(self, item.name) for item in fields(self)))
    frozen: type[T] = made
    return frozen


def replace(item: T, **changes: Any) -> T:
    """Return a record with some fields changed, as ``dataclasses.replace`` does, which asks each field what it is.

    >>> from policygraph.model import Span
    >>> replace(Span(3, 4), end=5)
    Span(start=3, end=5)
    """
    opened: Any = item
    changed = opened._open_()
    for name, value in changes.items():
        setattr(changed, name, value)
    changed.__class__ = item.__class__
    done: T = changed
    return done


def _written(made: Any) -> tuple[Any, Any]:
    """Return a ``__new__``, written out as the standard library writes ``__init__``, and what copies into the twin."""
    twin = type(made.__name__, (), {"__slots__": made.__slots__})
    defaults = {item.name: item.default for item in fields(made) if item.default is not MISSING}
    names = [item.name for item in fields(made)]
    parameters = ", ".join(f"{name}=_defaults_['{name}']" if name in defaults else name for name in names)
    new = [f"def __new__(_cls_, {parameters}):", "_item_ = _twin_()", *(f"_item_.{name} = {name}" for name in names)]
    copy = ["def _open_(_self_):", "_item_ = _twin_()", *(f"_item_.{name} = _self_.{name}" for name in names)]
    known = {"_twin_": twin, "_made_": made, "_defaults_": defaults}
    exec("\n    ".join([*new, "_item_.__class__ = _made_", "return _item_"]), known)
    exec("\n    ".join([*copy, "return _item_"]), known)
    return known["__new__"], known["_open_"]
