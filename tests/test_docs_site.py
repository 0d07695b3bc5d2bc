"""The pages that `make docs` builds: every term of the ontology, every question of the catalogue."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
from rdflib import OWL, RDF, RDFS, SKOS

from policygraph.graph import schema
from policygraph.query import catalogue
from policygraph.vocab import PG

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def site() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_site", ROOT / "docs" / "make_site.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_term_has_one_label_and_definition_in_both_languages(site: ModuleType) -> None:
    page = site.reference()
    assert str(page.value(PG.ledBy, RDFS.label)) == "由…牵头 / led by"
    terms = {term for term in schema().subjects(RDF.type, None) if str(term).startswith(str(PG))}
    for term in terms:
        assert len(list(page.objects(term, RDFS.label))) == len(list(page.objects(term, SKOS.definition))) == 1
    assert len(terms) >= 138
    assert page.value(PG.ledBy, OWL.propertyChainAxiom)


def test_every_question_is_on_the_page(site: ModuleType) -> None:
    page = site.queries_page(catalogue())
    assert re.findall(r'<h3 id="([^"]+)"', page) == [item.name for item in catalogue()]
    assert "<script" not in page and "http" not in page.partition("<details>")[0]


def test_the_pages_are_built(site: ModuleType, tmp_path: Path) -> None:
    pytest.importorskip("pylode", reason="the extra `docs` is not installed")
    site.main(tmp_path)
    page = (tmp_path / "ontology.html").read_text(encoding="utf-8")
    assert 'id="LeadAlignment"' in page and "牵头对照 / lead alignment" in page
    assert (tmp_path / "queries.html").is_file()
