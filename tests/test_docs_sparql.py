"""The worked questions of docs/sparql.md give what the page shows, and its diagram is that of the ontology."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from policygraph.store import open_store

DOCS = Path(__file__).parent.parent / "docs"
_SPEC = importlib.util.spec_from_file_location("make_sparql", DOCS / "make_sparql.py")
assert _SPEC and _SPEC.loader
make_sparql = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(make_sparql)


def test_the_page_shows_what_the_bundled_store_answers(bundled_store: Path) -> None:
    page = (DOCS / "sparql.md").read_text(encoding="utf-8")
    found = list(make_sparql.WORKED.finditer(page))
    assert len(found) == 20 and all(match["answer"].count("\n") > 1 for match in found)
    with open_store(bundled_store, read_only=True) as store:
        assert make_sparql.filled(page, store) == page, "run: python docs/make_sparql.py"


def test_the_page_is_linked() -> None:
    for name in ("README.md", "docs/guide.md"):
        assert "sparql.md)" in (DOCS.parent / name).read_text(encoding="utf-8")
