"""Networks in the desk: what the page shows and tells, what its script draws, what is sent."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest
from desk_visits import Visiting, visiting
from drawing import needs_font

from policygraph.messages import say
from policygraph.network import KINDS, ROLES, Network, largest_part

pytest.importorskip("jinja2", reason="the extra desk is not installed")


@pytest.fixture(scope="module")
def visit(bundled_store: Path) -> Visiting:
    return visiting(bundled_store, public=True)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_page_with_its_measures(visit: Visiting, kind: str) -> None:
    page = visit(f"/networks?kind={kind}")
    assert (page.status_code, page.text.count('<th scope="row">') > 10) == (200, True)
    assert f"<h1>{say(f'export.network-{kind}', 'zh')}</h1>" in page.text


SHOWN = [
    ("/networks?document=dalian-2021", "大连市卫生健康委员会"),
    ("/en/networks?document=dalian-2021", "Which bodies answer for which action: 大连市 2021"),
    ("/networks?kind=lead-implement", say("desk.no-ties", "zh")),
    (
        "/networks?layout=print&document=dalian-2021",
        '<img src="/networks.svg?kind=agency-action&amp;document=dalian-2021',
    ),
    ("/networks?kind=derivation", "国发〔2019〕13号"),
    ("/networks?kind=derivation&document=dalian-2021", "国发〔2019〕13号"),  # it is about all documents
    ("/networks?measure=betweenness", "按中介中心性排列"),
    ("/networks?measure=no-such&colour=no-such&layout=no-such", "按度排列"),
]


@pytest.mark.parametrize(("address", "found"), SHOWN)
def test_a_page_shows(visit: Visiting, address: str, found: str) -> None:
    page = visit(address)
    assert (page.status_code, found in page.text) == (200, True)


def test_another_kind_and_another_document_are_told(visit: Visiting) -> None:
    assert visit("/networks?kind=no-such").status_code == 404
    assert visit("/networks?document=no-such").status_code == 400
    assert visit("/networks.exe").status_code == 400


def test_what_is_drawn(visit: Visiting) -> None:
    drawn = visit("/networks/data.json?document=dalian-2021").json()
    nodes = {node["id"]: node for node in drawn["nodes"]}
    health = nodes["210200/health"]
    assert (health["label"], health["place"], health["shape"]) == ("大连市卫生健康委员会", "大连市", "circle")
    assert health["href"] == "/agency/210200/health"
    actions = [node for node in nodes.values() if node["shape"] == "rect"]
    assert {node["label"].endswith(" 大连市 2021") for node in actions} == {True}, "a label names its place"
    assert drawn["groups"][0]["name"] == say("desk.community", "zh", number=1), "one place would be one colour"
    assert {edge["role"] for edge in drawn["edges"]} <= set(ROLES)
    assert len({(node["x"], node["y"]) for node in nodes.values()}) == len(nodes)


@pytest.mark.parametrize(("colour", "groups"), [("place", 4), ("community", 4), ("kind", 2)])
def test_groups_have_colours_of_their_own(visit: Visiting, colour: str, groups: int) -> None:
    drawn = visit(f"/networks/data.json?colour={colour}").json()
    colours = [group["colour"] for group in drawn["groups"]]
    assert len(set(colours)) == len(colours) >= groups
    assert {node["group"] for node in drawn["nodes"]} == set(range(len(colours)))


def test_only_the_roles_that_were_chosen_count(visit: Visiting) -> None:
    drawn = visit("/networks/data.json?document=dalian-2021&role=lead&role=responsible").json()
    assert {edge["role"] for edge in drawn["edges"]} == {"lead"}


SENT = [
    ("gexf", b"<?xml"),
    ("graphml", b"<?xml"),
    ("xlsx", b"PK"),
    ("svg", b"<?xml"),
    ("measures.csv", b"\xef\xbb\xbfid"),
]


@pytest.mark.parametrize(("form", "start"), SENT)
def test_a_network_can_be_kept(visit: Visiting, form: str, start: bytes) -> None:
    if form == "svg":
        needs_font()
    reply = visit(f"/networks.{form}?kind=function&document=dalian-2021")
    assert (reply.status_code, reply.content[: len(start)]) == (200, start)
    assert reply.headers["Content-Disposition"].endswith(f"network-function.{form}")


def test_of_a_large_network_the_largest_part_is_shown() -> None:
    graph: nx.Graph[str] = nx.path_graph(["a", "b", "c", "d", "e"])
    graph.add_edge("y", "z")
    graph.add_node("lone")
    assert [*map(str, _shown(graph, 7))] == ["abcdeyz", "1", "0"]
    assert [*map(str, _shown(graph, 5))] == ["abcde", "1", "2"]
    assert [*map(str, _shown(graph, 3))] == ["bcd", "1", "4"]
    assert [*map(str, _shown(nx.empty_graph(["p", "q"]), 1))] == ["p", "0", "1"]


def _shown(graph: nx.Graph[str], most: int) -> tuple[str, int, int]:
    shown, lone, left_out = largest_part(Network("function", graph), most)
    return "".join(sorted(shown.graph)), lone, left_out
