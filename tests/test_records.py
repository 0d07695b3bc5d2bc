"""A record is what a frozen dataclass with slots is, and only costs less to make."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, dataclass, field, fields
from dataclasses import replace as replaced

import pytest

from policygraph.records import record, replace


@record
class Cheap:
    new: int
    cls: str = "甲"
    made: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Plain:
    new: int
    cls: str = "甲"
    made: int | None = field(default=None, compare=False)


CALLS = [((1,), {}), ((1, "乙"), {"made": 3}), ((), {"made": 2, "new": 1})]


@pytest.mark.parametrize(("values", "named"), CALLS)
def test_it_is_made_and_shown_as_a_dataclass(values: tuple[object, ...], named: dict[str, object]) -> None:
    cheap, plain = Cheap(*values, **named), Plain(*values, **named)  # type: ignore[arg-type]
    assert repr(cheap).replace("Cheap", "Plain") == repr(plain)
    assert [getattr(cheap, each.name) for each in fields(cheap)] == [
        getattr(plain, each.name) for each in fields(plain)
    ]
    assert (type(cheap), isinstance(cheap, Cheap)) == (Cheap, True)


@pytest.mark.parametrize(("values", "named"), [((), {}), ((1, "乙", 3, 4), {}), ((1,), {"other": 2})])
def test_it_takes_no_other_values(values: tuple[object, ...], named: dict[str, object]) -> None:
    with pytest.raises(TypeError):
        Cheap(*values, **named)  # type: ignore[arg-type]


def test_it_cannot_be_changed_and_takes_no_other_field() -> None:
    with pytest.raises(FrozenInstanceError):
        Cheap(1).new = 2  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del Cheap(1).new
    with pytest.raises((FrozenInstanceError, TypeError)):
        Cheap(1).other = 2  # type: ignore[attr-defined]


def test_it_compares_and_hashes_by_the_fields_that_count() -> None:
    assert Cheap(1, made=3) == Cheap(1, made=4) != Cheap(2)
    assert hash(Cheap(1, made=3)) == hash(Cheap(1, made=4))


def test_it_is_replaced_and_goes_to_a_worker_and_back() -> None:
    changed = replace(Cheap(1, "乙"), made=5)
    back = pickle.loads(pickle.dumps(changed))
    assert (changed.cls, changed.made) == (back.cls, back.made) == ("乙", 5)
    assert [replaced(changed, made=6), type(changed)] == [changed, Cheap]
    with pytest.raises(AttributeError):
        replace(changed, other=1)
    with pytest.raises(FrozenInstanceError):
        changed.new = 2  # type: ignore[misc]
