"""What shapes can ask of data: an engine is fed with these properties alone."""

from __future__ import annotations

import pytest
from rdflib import Graph

from policygraph.validate import load_shapes
from policygraph.validate.asked import asked

HEAD = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix a: <urn:a:> .
a:all sh:declare [ sh:prefix "a" ; sh:namespace "urn:a:"^^xsd:anyURI ] .
"""
ANY = [
    ("$this ?any 3", True),
    ("$this a a:Plan ; ?any 'x'", True),
    ("a:one ?any ?other", True),
    ("$this ?any ?other FILTER(?other > 3)", True),
    ("$this a:year ?value . FILTER (?value > 3) ?other a ?kind", False),
    ("?other a:of $this ; a:year ?year , ?one . BIND(COALESCE(?year, ?one) AS ?value) $this a:ends ?end", False),
    ("{ SELECT $this (MIN(?a) AS ?value) WHERE { $this a:year ?a } GROUP BY $this ?b } $this a ?kind", False),
    ("$this a:said '?a ?b ?c' # ?a ?b ?c", False),
    ("$this <urn:a#b> ?value", False),
    ("VALUES ?kind { a:one a:two } $this a ?kind", False),
]


def shapes(more: str) -> Graph:
    return Graph().parse(data=HEAD + more, format="turtle")


@pytest.mark.parametrize(("where", "any_property"), ANY)
def test_a_query_with_a_variable_for_a_property_asks_for_any(where: str, any_property: bool) -> None:
    text = "SELECT $this ?value WHERE { " + where.replace(" #", "\n#") + "\n }"
    graph = shapes(f'a:s a sh:NodeShape ; sh:targetClass a:Plan ; sh:sparql [ sh:select """{text}""" ] .')
    assert (asked(graph) is None) == any_property


def test_what_a_shape_names_is_asked_and_nothing_else() -> None:
    graph = shapes('a:s sh:targetClass a:Plan ; sh:sparql [ sh:select "SELECT $this { $this a:year/^<urn:b> ?x }" ] .')
    found = asked(graph) or frozenset()
    assert {"<urn:a:year>", "<urn:b>"} <= found
    assert "<urn:a:label>" not in found


def test_a_closed_shape_asks_for_any_property() -> None:
    assert asked(shapes("a:s sh:targetClass a:Plan ; sh:closed true .")) is None


def test_of_the_shapes_that_ship_none_asks_for_any() -> None:
    assert len(asked(load_shapes()) or ()) > 100
