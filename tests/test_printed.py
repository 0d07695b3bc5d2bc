"""Networks on paper: nothing lies over a name, places are told apart, nothing is left out in silence."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import networkx as nx
import pytest
from drawing import needs_font
from small_graph import small_graph

from policygraph.export.drawing import Dot, Drawing, Point, Word, corners, folded
from policygraph.export.printed import laid_out
from policygraph.messages import say
from policygraph.network import KINDS, QUESTIONS, Network, communities, network
from policygraph.query import ask
from policygraph.rows import Rows
from policygraph.store import open_store

LONG = "市委网络安全和信息化委员会办公室"


@pytest.fixture(scope="module")
def made() -> dict[str, Network]:
    """Return every network of the small graph."""
    with open_store() as store:
        store.add_all(small_graph())
        return {kind: network(ask(store, question), kind) for kind, question in QUESTIONS.items()}


def bodies(count: int, places: int = 1, ties: bool = True) -> Network:
    """Return bodies with long names, each of a place tied to the first of it."""
    graph: nx.Graph[str] = nx.Graph()
    for place in range(places):
        for number in range(count):
            name, label = f"{place}/{number}", f"第{place}市" + LONG[: 4 + number % 12]
            graph.add_node(name, label=label, kind="agency", region_label=f"第{place}市")
            if ties and number:
                graph.add_edge(f"{place}/0", name, weight=number % 5 + 1)
    made = Network("co-responsibility", graph)
    for name, number in communities(made).items():
        graph.nodes[name]["community"] = number
    return made


def documents(count: int) -> Network:
    """Return plans of cities that are all based on one plan of the nation."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_node("above", label="国务院关于实施健康中国行动的意见", kind="document", level="national")
    for number in range(count):
        label = f"某市人民政府关于印发健康某市行动实施方案(20{number:02d}—2030年)的通知"
        graph.add_node(str(number), label=label, kind="document", level=("prefecture", "county", "")[number % 3])
        graph.add_edge(str(number), "above", weight=1)
    return Network("derivation", graph)


Polygon = tuple[Point, ...]


def apart(one: Polygon, other: Polygon) -> bool:
    """Tell whether a line parts two convex shapes (the separating axis theorem)."""
    for shape in (one, other):
        for (x1, y1), (x2, y2) in zip(shape, (*shape[1:], shape[0]), strict=True):
            across = (y1 - y2, x2 - x1)
            here, there = ([x * across[0] + y * across[1] for x, y in each] for each in (one, other))
            if max(here) <= min(there) + 1e-9 or max(there) <= min(here) + 1e-9:
                return True
    return False


def square(dot: Dot) -> Polygon:
    (x, y), half = dot.place, dot.size / 2
    return ((x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half))


def over_each_other(sheet: Drawing) -> Iterator[tuple[str, str]]:
    for one, other in combinations(sheet.words, 2):
        if not apart(corners(one), corners(other)):
            yield one.text, other.text
    for word in sheet.words:
        yield from ((word.text, "dot") for dot in sheet.dots if not apart(corners(word), square(dot)))


SHEETS = {
    "a small ring": bodies(5),
    "a ring of long names": bodies(60),
    "rings of four places": bodies(40, 4),
    "more than a ring holds": bodies(160),
    "two bodies": bodies(2),
    "no tie at all": bodies(3, ties=False),
    "documents": documents(20),
    "more documents than a column holds": documents(200),
}


@pytest.mark.parametrize("name", SHEETS)
def test_no_name_lies_over_another_or_over_a_node(name: str) -> None:
    sheet = laid_out(SHEETS[name], "zh")
    assert list(over_each_other(sheet)) == []
    assert all(-0.01 <= x <= sheet.width + 0.01 for word in sheet.words for x, _ in corners(word))


@pytest.mark.parametrize("kind", KINDS)
def test_every_network_of_a_store_is_readable(made: dict[str, Network], kind: str) -> None:
    if made[kind].graph:
        assert list(over_each_other(laid_out(made[kind], "zh"))) == []


@pytest.mark.parametrize(("count", "places", "left_out"), [(60, 1, 0), (40, 4, 0), (160, 1, 30), (3, 11, 6)])
def test_what_is_left_out_is_counted(count: int, places: int, left_out: int) -> None:
    sheet = laid_out(bodies(count, places), "zh")
    assert (sheet.left_out, len(sheet.dots)) == (left_out, count * places - left_out)


def test_under_the_head_of_a_place_its_name_is_not_said_again() -> None:
    texts = {word.text for word in laid_out(bodies(3, 2), "zh").words}
    assert {"第0市", "第1市", "市" + LONG[:4]} <= texts
    assert {word.text for word in laid_out(bodies(3, 1), "zh").words} >= {"第0市" + LONG[:4]}


def test_documents_stand_in_a_column_for_each_level() -> None:
    sheet = laid_out(documents(6), "en")
    heads = [word.text for word in sheet.words if word.bold]
    assert heads == ["national", "prefectural", "county", say("export.level-unknown", "en")]
    assert len({box.place[0] for box in sheet.boxes}) == 4
    assert all(tie.points[0][0] > tie.points[-1][0] for tie in sheet.ties)  # an arrow leads up, to the left


FOLDED = [
    ("健康大连行动", 10, 2, ["健康大连行动"]),
    ("健康辽宁行动(2021—2030年)", 12, 2, ["健康辽宁行动", "(2021—2030年)"]),
    ("一二三四五六七八九十", 4, 2, ["一二三四", "五六七…"]),
    ("Health literacy", 40, 2, ["Health literacy"]),
    ("", 5, 2, [""]),
]


@pytest.mark.parametrize(("text", "most", "lines", "expected"), FOLDED)
def test_names_are_folded_between_words(text: str, most: int, lines: int, expected: list[str]) -> None:
    assert folded(text, most, lines).split("\n") == expected


def test_a_text_knows_its_corners() -> None:
    flat, turned = Word((1, 1), "市", 7.2), Word((1, 1), "市", 7.2, 90.0)
    assert [round(x, 2) for x, _ in corners(flat)] == [1.0, 1.1, 1.1, 1.0]
    assert [round(y, 2) for _, y in corners(turned)] == [1.0, 1.1, 1.1, 1.0]


HEADS = ("document", "label", "indicator", "year", "verdict", "step", "status", "ancestor_status")
STATED = (
    "接尘工龄不足5年的劳动者新发病报告例数占年度报告总例数的比例",
    "居民健康素养水平",
    LONG + "达到标准合格以上的比例",
)


def test_nothing_lies_over_another_thing_in_a_heat_map() -> None:
    needs_font()
    from matplotlib import pyplot

    from policygraph.export.heatmap import heat_map
    from policygraph.export.pictures import font

    rows = [
        (f"第{place}市 2021", name, "x", 2022, verdict, 1, "unchecked", "")
        for place, verdict in enumerate(("equal", "tighter", "looser", "dropped", "added", "later", "changed-form"))
        for name in STATED
    ]
    with pyplot.rc_context({"font.family": [font()]}):
        figure = heat_map(pyplot, Rows(HEADS, tuple(rows)), "各市要求什么\n与最近的上位文件比较")
        figure.canvas.draw()
        axes = figure.axes[0]
        drawn = [*figure.texts, axes.xaxis.label, *axes.get_xticklabels(), *axes.get_yticklabels(), axes.get_legend()]
        drawn += [figure._suptitle] if figure._suptitle not in figure.texts else []
        boxes = [each.get_window_extent() for each in drawn]
        lines = [each.get_text() for each in axes.get_yticklabels()]
        pyplot.close(figure)
    assert sum("\n" in each for each in lines) == 2
    slanted = len(figure.texts) + 1, len(figure.texts) + 1 + 7  # names of columns lie at an angle: their boxes meet
    upright = [box for at, box in enumerate(boxes) if at not in range(*slanted)]
    assert not [1 for one, other in combinations(upright, 2) if _meet(one, other)]


def _meet(one: Any, other: Any) -> bool:
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    high = min(one.y1, other.y1) - max(one.y0, other.y0)
    return bool(wide > 1 and high > 1)
