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
    made.__new__ = _maker(made)
    made.__reduce__ = lambda self: (made, tuple(getattr(self, item.name) for item in fields(self)))
    frozen: type[T] = made
    return frozen


def _maker(made: Any) -> Any:
    """Return a ``__new__``, written out as the standard library writes ``__init__``."""
    twin = type(made.__name__, (), {"__slots__": made.__slots__})
    defaults = {item.name: item.default for item in fields(made) if item.default is not MISSING}
    names = [item.name for item in fields(made)]
    parameters = ", ".join(f"{name}=_defaults_['{name}']" if name in defaults else name for name in names)
    lines = [f"def __new__(_cls_, {parameters}):", "self = _twin_()", *(f"self.{name} = {name}" for name in names)]
    source = "\n    ".join([*lines, "self.__class__ = _made_", "return self"])
    known = {"_twin_": twin, "_made_": made, "_defaults_": defaults}
    exec(source, known)
    return known["__new__"]
