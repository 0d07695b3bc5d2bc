"""Build the reference pages of the ontology (with pyLODE) and of the query catalogue: `make docs`.

Usage: python docs/make_site.py [FOLDER]; the pages go to docs/site unless a folder is named. Nothing is fetched.
"""

from __future__ import annotations

import html
import sys
from collections.abc import Iterable
from pathlib import Path

from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.term import Node

from policygraph.graph import schema
from policygraph.outputs import save_all
from policygraph.query import catalogue
from policygraph.query.catalogue import Question
from policygraph.vocab import ONTOLOGY, PG, bind

STYLE = """body { font-family: sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em; line-height: 1.45 }
table { border-collapse: collapse } td, th { border: 1px solid #bbb; padding: .2em .6em; text-align: left }
pre { background: #f4f4f4; padding: .8em; overflow-x: auto } summary { cursor: pointer }"""


def main(folder: Path) -> None:
    """Write ontology.html and queries.html to a folder."""
    from pylode import OntPub  # only here: the extra `docs`

    folder.mkdir(parents=True, exist_ok=True)
    pages = {"ontology.html": OntPub(ontology=reference()).make_html(), "queries.html": queries_page(catalogue())}
    save_all({folder / name: page.encode() for name, page in pages.items()})
    print(*(folder / name for name in pages), sep="\n")


def reference() -> Graph:
    """Return the ontology as pyLODE reads it: terms of ours alone, each with one label in both languages.

    pyLODE lists terms in the order in which they came into the graph: that of their names.
    """
    whole, page = schema(), bind(Graph())
    ours = {term for term in whole.subjects() if isinstance(term, URIRef) and term.startswith(str(PG))}
    for term in (ONTOLOGY, *sorted(ours, key=str.casefold)):
        for triple in sorted(whole.triples((term, None, None)), key=str):
            page.add(triple)
    for term in (ONTOLOGY, *sorted(ours)):
        _bilingual(page, term, RDFS.label, RDFS.label if term != ONTOLOGY else DCTERMS.title, " / ")
        _bilingual(page, term, SKOS.definition, SKOS.definition, "\n\n")
    for node in list(page.objects(None, OWL.propertyChainAxiom)):
        _list(whole, page, node)
    return page


def _bilingual(page: Graph, term: URIRef, given: URIRef, wanted: URIRef, between: str) -> None:
    """Put one text in the place of those in two languages: pyLODE would run them together."""
    texts = {value.language: str(value) for value in page.objects(term, given) if isinstance(value, Literal)}
    page.remove((term, given, None))
    page.add((term, wanted, Literal(between.join(texts[tag] for tag in ("zh", "en") if tag in texts))))


def _list(whole: Graph, page: Graph, node: Node | None) -> None:
    """Copy the nodes of a list."""
    while node is not None and node != RDF.nil:
        page += whole.triples((node, None, None))
        node = whole.value(node, RDF.rest)


def queries_page(questions: Iterable[Question]) -> str:
    """Return the catalogue as one page: a section for each subject, an entry for each question."""
    found = tuple(questions)
    folders = dict.fromkeys(item.folder for item in found)
    parts = (
        f"<h2>{folder}</h2>\n" + "\n".join(_entry(item) for item in found if item.folder == folder)
        for folder in folders
    )
    contents = "".join(
        f"<li>{folder}\n<ul>\n{''.join(_line(item) for item in found if item.folder == folder)}</ul></li>\n"
        for folder in folders
    )
    return (
        '<!DOCTYPE html>\n<html lang="zh"><head><meta charset="utf-8">'
        "<title>policygraph: 查询目录 / query catalogue</title>"
        f"<style>{STYLE}</style></head><body>\n<h1>查询目录 / Query catalogue</h1>\n<ul>\n{contents}</ul>\n"
        + "\n".join(parts)
        + "\n</body></html>\n"
    )


def _line(item: Question) -> str:
    return f'<li><a href="#{item.name}">{item.name}</a> {_text(item.title_zh)} / {_text(item.title_en)}</li>\n'


def _entry(item: Question) -> str:
    rows = "".join(
        f"<tr><td>{_text(one.name)}</td><td>{one.type}</td><td>{_text(one.default) or '—'}</td>"
        f"<td>{_text(one.example)}</td></tr>"
        for one in item.parameters
    )
    head = "<tr><th>参数 parameter</th><th>类型 type</th><th>缺省 default</th><th>例 example</th></tr>"
    return (
        f'<h3 id="{item.name}">{item.name}: {_text(item.title_zh)} / {_text(item.title_en)}</h3>\n'
        f"<p>{_text(item.description_zh)}<br>{_text(item.description_en)}</p>\n"
        f"<p>列 columns: {' '.join(f'<code>{_text(name)}</code>' for name in item.columns)}</p>\n"
        + (f"<table>{head}{rows}</table>\n" if rows else "")
        + f"<details><summary>SPARQL</summary><pre>{_text(item.sparql)}</pre></details>"
    )


def _text(value: str) -> str:
    return html.escape(value)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "site")
