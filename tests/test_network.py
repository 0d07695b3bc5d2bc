"""Networks say the same as the questions they are made of."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest
from small_graph import small_graph

from policygraph.errors import UsageError
from policygraph.export import NETWORK_FORMATS, export, render
from policygraph.model import Rows
from policygraph.network import KINDS, Network, measures, network
from policygraph.query import ask
from policygraph.store import Store, open_store

HEALTH, SCHOOLS = "210200/health", "210200/education-sport"
KNOWLEDGE = "210200-2021-01-25-aaaaaaaa/action/3.1.1"


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with open_store() as opened:
        opened.add_all(small_graph())
        yield opened


@pytest.fixture(scope="module")
def rows(store: Store) -> Rows:
    return ask(store, "responsibilities")


def measured(made: Network) -> dict[object, dict[str, object]]:
    found = measures(made)
    return {row[0]: dict(zip(found.columns, row, strict=True)) for row in found.rows}


def test_bodies_and_actions_have_an_edge_for_each_responsibility(store: Store, rows: Rows) -> None:
    graph = network(rows, "agency-action").graph
    counted = store.query("SELECT (COUNT(DISTINCT ?r) AS ?n) { ?r a pg:Responsibility }")
    assert isinstance(counted, Rows)
    assert graph.number_of_edges() == counted.rows[0][0] == 9
    assert graph.number_of_edges(SCHOOLS, KNOWLEDGE) == 2  # supports in one clause, shares in another
    assert {data["kind"] for _, data in graph.nodes(data=True)} == {"agency", "action"}
    assert graph.nodes[KNOWLEDGE] == {"label": "健康知识普及行动", "kind": "action", "document": "dalian-2021"}


def test_roles_are_those_the_ranking_counts(store: Store, rows: Rows) -> None:
    found = measured(network(rows, "agency-action"))
    for _, agency, name, _, leads, shared, supports in ask(store, "lead-roles-of-agencies").rows:
        node = found[agency]
        assert (node["label"], node["lead"], node["shared"], node["support"]) == (name, leads, shared, supports)
        assert node["degree"] == node["weighted"] == leads + shared + supports  # type: ignore[operator]


def test_bodies_are_joined_by_the_actions_they_share(store: Store, rows: Rows) -> None:
    graph = network(rows, "co-responsibility").graph
    pairs = {frozenset((a, b)): data["weight"] for a, b, data in graph.edges(data=True)}
    assert pairs == {frozenset((row[0], row[2])): row[4] for row in ask(store, "co-responsibility").rows}


def test_functions_are_joined_by_the_actions_of_their_bodies(rows: Rows) -> None:
    graph = network(rows, "function").graph
    weights = {tuple(sorted((a, b))): data["weight"] for a, b, data in graph.edges(data=True)}
    assert weights == {
        ("education", "health"): 3,
        ("education", "publicity"): 1,
        ("education", "sport"): 3,  # one merged bureau
        ("health", "publicity"): 1,
        ("health", "sport"): 3,
        ("publicity", "sport"): 1,
    }


def test_measures_of_a_network_counted_by_hand(rows: Rows) -> None:
    found = measured(network(rows, "co-responsibility"))
    health, publicity, airport = found[HEALTH], found["210200/publicity"], found["210200/x-ji-chang-ji-tuan"]
    assert (health["degree"], health["weighted"]) == (3, 4)
    assert (publicity["degree"], airport["degree"]) == (2, 2)
    # Of the 10 pairs of the other five, only publicity-airport goes through health, on one of its two ways.
    assert health["betweenness"] == found[SCHOOLS]["betweenness"] == 0.05
    assert publicity["betweenness"] == 0
    assert found["150300/health"]["community"] == found["150300/education-sport"]["community"] == 2
    assert {found[node]["community"] for node in found if str(node).startswith("210200")} == {1}


@pytest.mark.parametrize("kind", KINDS)
def test_the_order_of_rows_makes_no_difference(rows: Rows, kind: str) -> None:
    one, other = network(rows, kind), network(Rows(rows.columns, rows.rows[::-1]), kind)
    assert measures(one) == measures(other)
    for form in NETWORK_FORMATS:
        assert render(one, form) == render(other, form)


TWO_GROUPS = """
from policygraph.model import Rows
from policygraph.network import COLUMNS, measures, network
rows = [(f"r{g}{a}{x}", f"a{g}{x}", "", "f", "", f"{g}/{a}", "", "lead", "d") for g in range(4)
        for a in range(5) for x in range(9)]
rows += [(f"s{x}", f"a{x % 4}{x}", "", "f", "", f"bridge/{x % 2}", "", "lead", "d") for x in range(9)]
print(measures(network(Rows(COLUMNS, tuple(rows)), "co-responsibility")).rows)
"""


def test_the_same_numbers_in_every_process() -> None:
    command = [sys.executable, "-c", TWO_GROUPS]
    answers = set()
    for seed in ("0", "1", "2"):
        env = os.environ | {"PYTHONHASHSEED": seed}
        answers.add(subprocess.run(command, env=env, capture_output=True, check=True).stdout)
    assert len(answers) == 1


def test_groups_are_found() -> None:
    spread: dict[str, object] = {}
    exec(TWO_GROUPS.replace("print(", "found = ("), spread)
    communities = Counter(row[-1] for row in spread["found"])  # type: ignore[attr-defined]
    assert sorted(communities) == [1, 2, 3, 4]
    assert min(communities.values()) >= 9


def test_nothing_makes_an_empty_network(rows: Rows, tmp_path: Path) -> None:
    for kind in KINDS:
        made = network(Rows(rows.columns, ()), kind)
        assert measures(made).rows == ()
        assert nx.read_graphml(export(made, "graphml", tmp_path / "x")[0]).number_of_nodes() == 0


def test_what_does_not_fit_is_refused(rows: Rows) -> None:
    with pytest.raises(UsageError, match="«x» is not a network; choose one of agency-action, co-responsibility"):
        network(rows, "x")
    with pytest.raises(UsageError, match=r"no column function, .*«responsibilities»"):
        network(Rows(("responsibility", "agency", "agency_label"), ()), "function")


def test_every_network_opens_in_gephi(rows: Rows, tmp_path: Path) -> None:
    for kind in KINDS:
        made = network(rows, kind)
        (path,) = export(made, "graphml", tmp_path / f"{kind}.graphml")
        back = nx.read_graphml(path, force_multigraph=made.graph.is_multigraph())
        assert dict(back.nodes(data=True)) == dict(made.graph.nodes(data=True))
        assert sorted(d["weight"] for *_, d in back.edges(data=True)) == sorted(
            d["weight"] for *_, d in made.graph.edges(data=True)
        )
