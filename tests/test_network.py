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
from bundled import plans
from small_graph import small_graph

from policygraph import concepts
from policygraph.errors import UsageError
from policygraph.export import NETWORK_FORMATS, export, render
from policygraph.graph import concept_graph, graph
from policygraph.network import (
    COLUMNS,
    KINDS,
    MEASURES,
    QUESTIONS,
    Network,
    brokerage,
    compare,
    core_periphery,
    measure,
    measures,
    network,
    project,
    summary,
)
from policygraph.query import ask
from policygraph.rows import Rows
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


@pytest.fixture(scope="module")
def sources(store: Store) -> dict[str, Rows]:
    """Return, for each kind of network, the rows it is made of."""
    return {kind: ask(store, QUESTIONS[kind]) for kind in KINDS}


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
    for _, agency, name, _, leads, responsible, supports, _ in ask(store, "lead-roles-of-agencies").rows:
        node = found[agency]
        assert (node["label"], node["lead"], node["responsible"], node["support"]) == (
            name,
            leads,
            responsible,
            supports,
        )
        assert node["degree"] == node["weighted"] == leads + responsible + supports  # type: ignore[operator]


def test_each_role_of_a_clause_has_ties_of_its_own() -> None:
    said = [("a", "lead"), ("b", "support"), ("c", "implement"), ("d", "implement")]
    clause = [(f"r{body}", body, "", "f", "", "x", "", role, "d", "x/1", "", "", "") for body, role in said]
    rows = Rows(COLUMNS, tuple(clause))
    for kind, ties in (
        ("lead-support", {("a", "b"): 1}),
        ("lead-implement", {("a", "c"): 1, ("a", "d"): 1}),
    ):
        assert nx.get_edge_attributes(network(rows, kind).graph, "weight") == ties
    graph = network(rows, "co-responsibility").graph
    counted = {
        pair: {name for name, number in graph.edges[pair].items() if number and "_" in name} for pair in graph.edges
    }
    assert counted == {
        ("a", "b"): {"lead_support"},
        ("a", "c"): {"lead_implement", "with_implement"},
        ("a", "d"): {"lead_implement", "with_implement"},
        ("b", "c"): {"with_implement"},
        ("b", "d"): {"with_implement"},
        ("c", "d"): {"with_implement"},
    }
    found = measured(network(rows, "agency-action"))
    assert (found["c"]["implement"], found["c"]["support"], found["x"]["implement"]) == (1, 0, 2)


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
def test_the_order_of_rows_makes_no_difference(sources: dict[str, Rows], kind: str) -> None:
    rows = sources[kind]
    one, other = network(rows, kind), network(Rows(rows.columns, rows.rows[::-1]), kind)
    assert measures(one) == measures(other)
    for form in NETWORK_FORMATS:
        assert render(one, form) == render(other, form)


TWO_GROUPS = """
from policygraph.rows import Rows
from policygraph.network import COLUMNS, measures, network
rows = [(f"r{g}{a}{x}", f"a{g}{x}", "", "f", "", f"{g}/{a}", "", "lead", "d", "c", "", "", "") for g in range(4)
        for a in range(5) for x in range(9)]
rows += [(f"s{x}", f"a{x % 4}{x}", "", "f", "", f"bridge/{x % 2}", "", "lead", "d", "c", "", "", "") for x in range(9)]
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


def test_nothing_makes_an_empty_network(sources: dict[str, Rows], tmp_path: Path) -> None:
    for kind in KINDS:
        made = network(Rows(sources[kind].columns, ()), kind)
        assert measures(made).rows == ()
        assert dict(summary(made).rows)["nodes"] == 0
        assert nx.read_graphml(export(made, "graphml", tmp_path / "x")[0]).number_of_nodes() == 0


def test_what_does_not_fit_is_refused(rows: Rows) -> None:
    with pytest.raises(UsageError, match="«x» is not a network; choose one of agency-action, co-responsibility"):
        network(rows, "x")
    with pytest.raises(UsageError, match=r"no column document_label.*«document-links»"):
        network(rows, "derivation")
    with pytest.raises(UsageError, match=r"no column function, .*«responsibilities»"):
        network(Rows(("responsibility", "agency", "agency_label"), ()), "function")


def test_every_network_opens_in_gephi(sources: dict[str, Rows], tmp_path: Path) -> None:
    for kind in KINDS:
        made = network(sources[kind], kind)
        (path,) = export(made, "graphml", tmp_path / f"{kind}.graphml")
        back = nx.read_graphml(path, force_multigraph=made.graph.is_multigraph())
        assert dict(back.nodes(data=True)) == dict(made.graph.nodes(data=True))
        assert sorted(d["weight"] for *_, d in back.edges(data=True)) == sorted(
            d["weight"] for *_, d in made.graph.edges(data=True)
        )


# ---------------------------------------------------------------- the same by SPARQL and by networkx


@pytest.fixture(scope="module")
def cities() -> Store:
    """Return a store with the four plans of the project that name bodies."""
    found = open_store()
    known = concepts.bundled()
    named = [plan for plan in plans() if plan.responsibilities]
    for plan in named:
        found.add_all(graph(plan, known))
    found.add_all(concept_graph(known, named))
    return found


def pairs(store: Store, sparql: str) -> dict[object, object]:
    found = store.query(sparql)
    assert isinstance(found, Rows) and found.rows
    return {row[0] if len(row) == 2 else row[:-1]: row[-1] for row in found.rows}


AGENCY = "?a dcterms:identifier ?id ."
COUNTS: list[tuple[str, str, str]] = [  # kind, measure, the same as a query
    ("agency-action", "degree", f"SELECT ?id (COUNT(DISTINCT ?r) AS ?n) {{ ?r pg:agency ?a . {AGENCY} }} GROUP BY ?id"),
    *(
        (
            "agency-action",
            role,
            f"SELECT ?id (COUNT(DISTINCT ?r) AS ?n) {{ ?r a pg:{kind} ; pg:agency ?a . {AGENCY} }} GROUP BY ?id",
        )
        for role, kind in [
            ("lead", "LeadResponsibility"),
            ("support", "SupportingResponsibility"),
            ("responsible", "ResponsibleResponsibility"),
        ]
    ),
    (
        "co-responsibility",
        "degree",
        f"""SELECT ?id (COUNT(DISTINCT ?b) AS ?n) {{
            ?act pg:hasClause ?c, ?d . ?c pg:hasResponsibility/pg:agency ?a . ?d pg:hasResponsibility/pg:agency ?b .
            FILTER(?a != ?b) {AGENCY} }} GROUP BY ?id""",
    ),
    (
        "co-responsibility",
        "weighted",
        f"""SELECT ?id (COUNT(*) AS ?n) {{ {{ SELECT DISTINCT ?act ?a ?b {{
            ?act pg:hasClause ?c, ?d . ?c pg:hasResponsibility/pg:agency ?a . ?d pg:hasResponsibility/pg:agency ?b .
            FILTER(?a != ?b) }} }} {AGENCY} }} GROUP BY ?id""",
    ),
    (
        "function",
        "weighted",
        """SELECT ?id (COUNT(*) AS ?n) { { SELECT DISTINCT ?act ?f ?g {
            ?act pg:hasClause ?c, ?d . ?c pg:hasResponsibility/pg:agency/pg:hasFunction ?f .
            ?d pg:hasResponsibility/pg:agency/pg:hasFunction ?g . FILTER(?f != ?g) } }
            ?f dcterms:identifier ?id } GROUP BY ?id""",
    ),
    (
        "lead-support",
        "out",
        f"""SELECT ?id (COUNT(DISTINCT ?b) AS ?n) {{ ?c pg:hasLeadResponsibility/pg:agency ?a ;
            pg:hasSupportingResponsibility/pg:agency ?b . {AGENCY} }} GROUP BY ?id""",
    ),
    (
        "lead-support",
        "in",
        f"""SELECT ?id (COUNT(DISTINCT ?b) AS ?n) {{ ?c pg:hasLeadResponsibility/pg:agency ?b ;
            pg:hasSupportingResponsibility/pg:agency ?a . {AGENCY} }} GROUP BY ?id""",
    ),
    (
        "derivation",
        "out",
        "SELECT ?id (COUNT(DISTINCT ?b) AS ?n) { ?d pg:basedOn ?b ; dcterms:identifier ?id } GROUP BY ?id",
    ),
    (
        "derivation",
        "in",
        """SELECT (STRAFTER(STR(?b), "/id/document/") AS ?id) (COUNT(DISTINCT ?d) AS ?n)
           { ?d pg:basedOn ?b } GROUP BY ?b""",
    ),
]


@pytest.mark.parametrize(("kind", "name", "sparql"), COUNTS)
def test_a_measure_is_what_sparql_counts(cities: Store, kind: str, name: str, sparql: str) -> None:
    ranked = measure(network(ask(cities, QUESTIONS[kind]), kind), name)
    found = {row[1]: row[4] for row in ranked.rows if row[4] and row[3] != "action"}
    assert found == pairs(cities, sparql)
    assert len(found) > 3


EDGES: list[tuple[str, str, str]] = [
    ("both_lead", "pg:hasLeadResponsibility", "pg:hasLeadResponsibility"),
    ("both_support", "pg:hasSupportingResponsibility", "pg:hasSupportingResponsibility"),
    ("weight", "pg:hasResponsibility", "pg:hasResponsibility"),
]


@pytest.mark.parametrize(("attribute", "one", "other"), EDGES)
def test_the_roles_of_a_tie_are_what_sparql_counts(cities: Store, attribute: str, one: str, other: str) -> None:
    ties = network(ask(cities, "responsibilities"), "co-responsibility").graph
    counted = pairs(
        cities,
        f"""SELECT ?x ?y (COUNT(DISTINCT ?act) AS ?n) {{ ?act pg:hasClause ?c, ?d . ?c {one}/pg:agency ?a .
            ?d {other}/pg:agency ?b . ?a dcterms:identifier ?x . ?b dcterms:identifier ?y .
            FILTER(STR(?x) < STR(?y)) }} GROUP BY ?x ?y""",
    )
    found = {tuple(sorted((a, b))): data[attribute] for a, b, data in ties.edges(data=True) if data[attribute]}
    assert found == counted


def test_projections_are_the_one_mode_networks(cities: Store) -> None:
    rows = ask(cities, "responsibilities")
    projected = project(network(rows, "agency-action"), "agency").graph
    direct = network(rows, "co-responsibility").graph
    assert {(*sorted((a, b)), d["weight"]) for a, b, d in projected.edges(data=True)} == {
        (*sorted((a, b)), d["weight"]) for a, b, d in direct.edges(data=True)
    }
    actions = project(network(rows, "agency-action"), "action").graph
    counted = pairs(
        cities,
        """SELECT ?x ?y (COUNT(DISTINCT ?a) AS ?n) { ?p pg:hasClause/pg:hasResponsibility/pg:agency ?a .
           ?q pg:hasClause/pg:hasResponsibility/pg:agency ?a . FILTER(STR(?p) < STR(?q))
           BIND(STRAFTER(STR(?p), "/id/document/") AS ?x) BIND(STRAFTER(STR(?q), "/id/document/") AS ?y) }
           GROUP BY ?x ?y""",
    )
    assert {tuple(sorted((a, b))): d["weight"] for a, b, d in actions.edges(data=True)} == counted
    with pytest.raises(UsageError, match="«function» cannot be projected: the network has action, agency"):
        project(network(rows, "agency-action"), "function")


def test_brokerage_is_what_sparql_counts(cities: Store) -> None:
    made = network(ask(cities, "responsibilities"), "lead-support")
    found = {name: sum(roles.values()) for name, roles in brokerage(made, "function").items() if sum(roles.values())}
    arc = "?{0} pg:hasLeadResponsibility/pg:agency ?{1} ; pg:hasSupportingResponsibility/pg:agency ?{2} ."
    counted = pairs(
        cities,
        f"""SELECT ?id (COUNT(*) AS ?n) {{ {{ SELECT DISTINCT ?x ?b ?y {{ {arc.format("c", "x", "b")}
            {arc.format("d", "b", "y")} FILTER(?x != ?y && ?x != ?b && ?y != ?b)
            FILTER NOT EXISTS {{ {arc.format("e", "x", "y")} }} }} }} ?b dcterms:identifier ?id }} GROUP BY ?id""",
    )
    assert found == counted


def test_two_cities_share_the_ties_that_sparql_finds_in_both(cities: Store) -> None:
    first, second = "dalian-2021", "wuhai-2021"
    found = compare(ask(cities, "responsibilities"), first, second)
    counted = {
        name: {(row[1], row[3]): row[5] for row in ask(cities, "function-pairs", document=name).rows}
        for name in (first, second)
    }
    one, other = counted[first], counted[second]
    assert (found.shared, found.first_only, found.second_only) == (
        len({*one} & {*other}),
        len({*one} - {*other}),
        len({*other} - {*one}),
    )
    for a, _, b, _, _, here, there in found.rows.rows:
        assert (one.get((a, b), 0), other.get((a, b), 0)) == (here, there)
    assert 0 < found.jaccard < 1
    with pytest.raises(UsageError, match="«guofa-2019-13» has no responsibilities in the store; choose from"):
        compare(ask(cities, "responsibilities"), first, "guofa-2019-13")
    with pytest.raises(UsageError, match="compare «function»"):
        compare(ask(cities, "responsibilities"), first, second, "co-responsibility")


def test_the_derivation_network_reaches_what_a_path_reaches(cities: Store) -> None:
    made = network(ask(cities, "document-links"), "derivation").graph
    for name in ("dalian-2021", "xiangfu-2020"):
        above = {row[2] for row in ask(cities, "citation-chain", document=name).rows}
        assert nx.descendants(made, name) == above


# ---------------------------------------------------------------- structure, counted by hand


def star() -> Network:
    """Return two cores a-b-c, and d, e hanging on a and b."""
    made: nx.Graph[str] = nx.Graph()
    for name, group in zip("abcde", ("x", "x", "y", "y", "z"), strict=True):
        made.add_node(name, label=name, kind="agency", function=group)
    made.add_edges_from([("a", "b"), ("a", "c"), ("b", "c"), ("a", "d"), ("b", "e")], weight=1)
    return Network("star", made)


def test_core_and_periphery() -> None:
    found = core_periphery(star())
    # {a, b}: one tie in the core, none missing; c, d, e have none among themselves: no errors at all.
    assert (found.core, found.fit, found.errors) == (("a", "b"), 1.0, 0)
    ring = Network("ring", nx.cycle_graph(["a", "b", "c", "d", "e", "f"]))
    assert core_periphery(ring).errors == 3
    assert core_periphery(Network("none", nx.Graph())).core == ()


def test_brokerage_by_hand() -> None:
    found = brokerage(star(), "function")
    # a stands between d and b, d and c (and back); b-d: x-y; c-d: both y, a in x.
    assert found["a"] == {"coordinator": 0, "itinerant": 2, "gatekeeper": 1, "representative": 1, "liaison": 0}
    # b stands between e and a (z-x-x, x-x-z), e and c (z-x-y and back)
    assert found["b"] == {"coordinator": 0, "itinerant": 0, "gatekeeper": 1, "representative": 1, "liaison": 2}
    assert sum(found["c"].values()) == 0
    with pytest.raises(UsageError, match="the nodes of «star» have no region"):
        brokerage(star(), "region")


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_has_a_ranking(sources: dict[str, Rows], name: str) -> None:
    made = network(sources["lead-support"], "lead-support")
    found = measure(made, name, top=2)
    if name != "summary":
        assert len(found.rows) == 2
        assert found.columns[-1] == ("total" if name == "brokerage" else name)
        if found.columns[0] == "rank":
            assert found.rows[0][0] == 1
            assert found.rows[0][-1] >= found.rows[1][-1]  # type: ignore[operator]


def test_what_cannot_be_measured_is_refused(sources: dict[str, Rows]) -> None:
    with pytest.raises(UsageError, match="«fame» is not a measure; choose one of degree, weighted, lead"):
        measure(network(sources["function"], "function"), "fame")
    with pytest.raises(UsageError, match="the ties of «function» have no direction; ask for degree"):
        measure(network(sources["function"], "function"), "in")


def test_the_summary_of_a_network(rows: Rows) -> None:
    found = dict(summary(network(rows, "co-responsibility")).rows)
    assert (found["nodes"], found["ties"], found["components"], found["largest k-core"]) == (6, 6, 2, 2)
    assert found["density"] == 0.4
    assert len(COLUMNS) == 13
