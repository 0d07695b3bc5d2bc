"""Queries that nest or chain without end are refused before they are read: the engine would end the process."""

from __future__ import annotations

import threading
from itertools import pairwise

import pytest

from policygraph.errors import QueryError
from policygraph.store import Limits, open_store
from policygraph.store.depth import DEEPEST, LONGEST, with_room
from policygraph.store.sparql import prepare, tokens

NESTED = [  # name, before, what opens a level, inside, what closes it, after
    ("groups", "SELECT * ", "{", "", "}", ""),
    ("brackets", "SELECT * { FILTER(", "(", "1", ")", ") }"),
    ("optional", "SELECT * {", "OPTIONAL {", "", "}", "}"),
    ("not", "SELECT * { FILTER(", "!", "true", "", ") }"),
    ("lists", "SELECT * { ?s ?p ", "(", "1", ")", " }"),
    ("blank nodes", "SELECT * { ?s ?p ", "[ <a:p> ", "1", "]", " }"),
    ("exists", "SELECT * {", "FILTER EXISTS {", "", "}", "}"),
    ("sub-selects", "SELECT * {", "{SELECT * ", "{}", "}", "}"),
    ("paths", "SELECT * { ?s ", "^(", "<a:p>", ")", " ?o }"),
    ("graphs", "SELECT * {", "GRAPH ?g {", "", "}", "}"),
    ("minus", "SELECT * {", "?s ?p ?o MINUS {", "", "}", "}"),
    ("functions", "SELECT * { FILTER(", "STR(", "1", ")", '= "1") }'),
    ("unions", "SELECT * {", "{} UNION {", "", "}", "}"),
    ("triples in triples", "SELECT * { ?s ?p ", "<<( <a:a> <a:b> ", "<a:c>", " )>>", " }"),
]


def nested(case: tuple[str, ...], levels: int) -> str:
    _, before, opens, inside, closes, after = case
    return f"{before}{opens * levels}{inside}{closes * levels}{after}"


@pytest.mark.parametrize("case", NESTED, ids=[case[0] for case in NESTED])
def test_nesting(case: tuple[str, ...]) -> None:
    with open_store() as store:
        for query in (nested(case, 20_000), f"ASK {{}} {nested(case, 20_000)}", case[1] + case[2] * 20_000):
            with pytest.raises(QueryError) as found:
                store.query(query)
            assert found.value.key == "store.too-deep"
        assert store.query(nested(case, 40), limits=Limits(rows=100)) is not None


CHAINS = [  # name, before, the link, after; how many links are answered
    ("sums", "ASK { FILTER(", "1+", "1=1) }", 2_000),
    ("or", "ASK { FILTER(", "false||", "true) }", 1_500),
    ("unions", "ASK {", "{?s ?p ?o} UNION ", "{}}", 600),
    ("optional", "ASK {", "OPTIONAL {?s ?p ?o} ", "}", 100),
    ("patterns", "ASK { ", "?s ?p ?o . ", "}", 40),
    ("sequences", "ASK { ?s ", "<a:p>/", "<a:p> ?o }", 60),
    ("list", "ASK { ?s ?p (", "1 ", ") }", 40),
]


@pytest.mark.parametrize(("name", "before", "link", "after", "answered"), CHAINS, ids=[case[0] for case in CHAINS])
def test_chains(name: str, before: str, link: str, after: str, answered: int) -> None:
    with open_store() as store:
        with pytest.raises(QueryError) as found:
            store.query(f"{before}{link * 20_000}{after}")
        assert found.value.key == "store.too-long"
        assert isinstance(store.query(f"{before}{link * answered}{after}"), bool)


PLAIN = [  # what looks deep or long and is not
    "ASK { ?s ?p '" + "(" * 300 + "' }",
    'ASK { ?s ?p """' + "{\n" * 300 + '""" }',
    "ASK { # " + "{" * 300 + "\n}",
    "ASK { ?s <http://e/" + "(" * 300 + "> ?o }",
    "ASK {" + "{}" * 300 + "}",
    "ASK { FILTER(!!!true) }",
    "ASK { VALUES ?x {" + " 1" * 20_000 + " } }",
    "ASK { VALUES (?x ?y) {" + " (1 2)" * 20_000 + " } }",
    "ASK { FILTER(1 IN (" + "1, " * 20_000 + "1)) }",
    "ASK { ?s <a:it\\'s> ?o }",
]


@pytest.mark.parametrize("query", PLAIN, ids=[query[:24] for query in PLAIN])
def test_what_is_not_deep(query: str) -> None:
    with open_store() as store:
        assert store.query(query.replace("<a:it\\'s>", "pg:it\\'s")) in (True, False)


HIDDEN = [  # chains where data belong
    "ASK { FILTER(1 IN (" + "1+" * 20_000 + "1)) }",
    "ASK { FILTER(1 IN (EXISTS {" + "?s ?p ?o . " * 20_000 + "})) }",
    "ASK { VALUES ?x { 1 } " + "?s ?p ?o . " * 20_000 + "}",
]


@pytest.mark.parametrize("query", HIDDEN, ids=[query[:28] for query in HIDDEN])
def test_no_chain_hides_among_data(query: str) -> None:
    with pytest.raises(QueryError) as found:
        prepare(query)
    assert found.value.key == "store.too-long"


def test_the_limits_are_those_that_were_measured() -> None:
    assert (DEEPEST, LONGEST) == (100, 5_000)


ENDLESS = ["'\\" * 100_000, '"\\' * 100_000, '"""a' * 50_000, "a-" * 100_000, "1." * 100_000, "<a" * 100_000, "<<" * 9]


@pytest.mark.parametrize("text", ENDLESS, ids=[text[:4] for text in ENDLESS])
def test_every_character_is_looked_at_once(text: str) -> None:
    """What has no end is cut into words that stand one behind the other; a second look would take hours."""
    found = [(token.start, token.end) for token in tokens(text)]
    assert found[0][0] == 0 and found[-1][1] == len(text)
    assert all(before[1] == after[0] for before, after in pairwise(found))


def test_the_stack_of_other_threads_stays_as_it_was() -> None:
    before = threading.stack_size()
    assert with_room(lambda: "done") == "done"
    assert threading.stack_size() == before


def test_work_that_fails_fails_here() -> None:
    with pytest.raises(ZeroDivisionError):
        with_room(lambda: 1 // 0)
    with pytest.raises(TimeoutError):
        with_room(threading.Event().wait, seconds=0.01)
