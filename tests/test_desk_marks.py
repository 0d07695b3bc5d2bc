"""What documents say never becomes markup on the pages of the cascade and the networks."""

from __future__ import annotations

import pytest
from desk_visits import Visiting, visiting
from rdflib import Literal
from small_graph import small_graph

from policygraph.store import build_store

pytest.importorskip("jinja2", reason="the extra desk is not installed")

EVIL = "<script>alert(1)</script>\"'<img src=x onerror=alert(2)>"
PAGES = (
    "/cascade",
    "/cascade?by=actions&all=1",
    "/cascade?by=leads",
    "/cascade/indicator/health-literacy",
    "/cascade/action/knowledge",
    "/networks",
    "/networks?kind=derivation",
    "/networks?kind=function",
    f"/cascade?level={EVIL}&region={EVIL}&year={EVIL}&verdict={EVIL}",
    f"/networks?measure={EVIL}&colour={EVIL}&role={EVIL}",
)


@pytest.fixture(scope="module")
def visit(tmp_path_factory: pytest.TempPathFactory) -> Visiting:
    """Visit a store in which everything that has words has evil ones."""
    path = tmp_path_factory.mktemp("marks") / "evil.pg"
    worded = (quad for quad in small_graph())
    build_store(path, [(s, p, _evil(o), g) for s, p, o, g in worded])
    return visiting(path)


def _evil(thing: object) -> object:
    is_words = isinstance(thing, Literal) and any(letter >= "\u4e00" for letter in thing)
    return Literal(f"{thing}{EVIL}", lang=thing.language, datatype=thing.datatype) if is_words else thing


@pytest.mark.parametrize("address", PAGES)
def test_words_stay_words(visit: Visiting, address: str) -> None:
    page = visit(address)
    assert page.status_code in (200, 400, 404)
    assert "<script>alert" not in page.text
    assert "<img src=x" not in page.text
    if "?" not in address:
        assert "&lt;script&gt;alert(1)" in page.text, "they are there"
