"""Rows become data frames: numbers stay numbers, empty cells are missing, text with odd characters stays whole."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal

import pytest

from policygraph.errors import UsageError
from policygraph.rows import Rows

ROWS = Rows(
    ("name", "value", "n", "open", "mixed", "empty"),
    (("市卫生健康委", Decimal("27.5"), 3, True, "≥7", None), ("<b>&", None, None, False, Decimal(7), None)),
)
RECORDS = [
    {"name": "市卫生健康委", "value": 27.5, "n": 3, "open": True, "mixed": "≥7", "empty": None},
    {"name": "<b>&", "value": None, "n": None, "open": False, "mixed": 7, "empty": None},
]


def test_records() -> None:
    assert ROWS.to_dicts() == RECORDS


def test_pandas() -> None:
    pytest.importorskip("pandas")
    frame = ROWS.to_pandas()
    assert list(frame.columns) == list(ROWS.columns)
    assert [str(kind) for kind in frame.dtypes] == ["str", "Float64", "Int64", "boolean", "str", "str"]
    assert frame["name"].tolist() == ["市卫生健康委", "<b>&"]
    assert frame["value"].isna().tolist() == [False, True]
    assert frame["n"].sum() == 3
    assert ROWS.__class__(("a",), ()).to_pandas().shape == (0, 1)


def test_polars() -> None:
    pytest.importorskip("polars")
    frame = ROWS.to_polars()
    assert frame.columns == list(ROWS.columns)
    assert [str(kind) for kind in frame.dtypes] == ["String", "Float64", "Int64", "Boolean", "String", "String"]
    assert frame.to_dicts() == [RECORDS[0], RECORDS[1] | {"mixed": "7"}]


def test_a_notebook_shows_a_table_and_no_markup_of_the_data() -> None:
    html = ROWS._repr_html_()
    assert (
        "<th>名称<br><small>name</small></th>" in html
        and "<th>mixed</th>" in html
        and "&lt;b&gt;&amp;" in html
        and "<b>" not in html
    )
    long = Rows(("a",), tuple((number,) for number in range(100)))
    assert (
        long._repr_html_().count("<tr>") == 61
        and "共 100 行,显示前 60 行 / the first 60 of 100 rows" in long._repr_html_()
    )
    cell = Rows(("evidence_quote",), (("长" * 1000,),))._repr_html_()
    assert "依据:" in cell and "长" * 300 + "…(1000 字)" in cell and "长" * 301 not in cell


@pytest.mark.parametrize("name", ["pandas", "polars"])
def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(UsageError, match=rf"{name} is not installed; .*policygraph\[frames\]"):
        getattr(ROWS, f"to_{name}")()


def test_the_records_load_no_frames() -> None:
    look = "import sys, policygraph.rows; print('pandas' in sys.modules or 'polars' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
