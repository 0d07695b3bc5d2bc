"""Write answers in the formats of SPARQL 1.1 (JSON, XML, CSV, TSV) and of RDF."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping
from xml.sax.saxutils import escape, quoteattr

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import XSD
from rdflib.term import Identifier

from policygraph.quads import term
from policygraph.store import Answer, Solutions, Triple
from policygraph.vocab import bind

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n'
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ROW = tuple[Identifier | None, ...]


def as_json(answer: Solutions | bool) -> str:
    """Return SPARQL results in JSON."""
    if isinstance(answer, bool):
        return json.dumps({"head": {}, "boolean": answer})
    rows = [
        {name: _cell(cell) for name, cell in zip(answer.columns, row, strict=True) if cell is not None}
        for row in answer.rows
    ]
    return json.dumps({"head": {"vars": answer.columns}, "results": {"bindings": rows}}, ensure_ascii=False)


def as_xml(answer: Solutions | bool) -> str:
    """Return SPARQL results in XML; characters that XML has no place for become U+FFFD."""
    if isinstance(answer, bool):
        return f"{_HEAD}<head/>\n<boolean>{str(answer).lower()}</boolean>\n</sparql>\n"
    head = "".join(f"<variable name={quoteattr(name)}/>" for name in answer.columns)
    rows = "".join(f"<result>{_xml_row(answer.columns, row)}</result>\n" for row in answer.rows)
    return f"{_HEAD}<head>{head}</head>\n<results>\n{rows}</results>\n</sparql>\n"


def as_csv(answer: Solutions | bool) -> str:
    """Return SPARQL results as comma-separated values: texts as they are, types and languages lost."""
    if isinstance(answer, bool):
        return f"{str(answer).lower()}\r\n"
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(answer.columns)
    writer.writerows([_plain(cell) for cell in row] for row in answer.rows)
    return out.getvalue()


def as_tsv(answer: Solutions | bool) -> str:
    """Return SPARQL results as tab-separated values: terms as Turtle writes them, in full."""
    if isinstance(answer, bool):
        return f"{str(answer).lower()}\n"
    lines = ["\t".join(f"?{name}" for name in answer.columns)]
    lines += ["\t".join("" if cell is None else _turtle(cell) for cell in row) for row in answer.rows]
    return "".join(f"{line}\n" for line in lines)


def _as_rdf(name: str) -> Callable[[tuple[Triple, ...]], str]:
    def write(triples: tuple[Triple, ...]) -> str:
        graph = bind(Graph())
        for triple in triples:
            graph.add(triple)
        return graph.serialize(format=name)

    return write


RESULTS: Mapping[str, Callable[[Solutions | bool], str]] = {
    "application/sparql-results+json": as_json,
    "application/sparql-results+xml": as_xml,
    "text/csv": as_csv,
    "text/tab-separated-values": as_tsv,
    "application/json": as_json,
    "application/xml": as_xml,
    "text/xml": as_xml,
}
GRAPHS: Mapping[str, Callable[[tuple[Triple, ...]], str]] = {
    "text/turtle": _as_rdf("turtle"),
    "application/n-triples": _as_rdf("nt11"),
    "application/ld+json": _as_rdf("json-ld"),
    "application/rdf+xml": _as_rdf("pretty-xml"),
    "text/plain": _as_rdf("nt11"),
}


def offers(form: str) -> tuple[str, ...]:
    """Return the media types for a query form (SELECT, ASK, CONSTRUCT, DESCRIBE), the default first."""
    return tuple(RESULTS if form in ("SELECT", "ASK") else GRAPHS)


def write(answer: Answer, kind: str) -> bytes:
    """Return an answer in one of the media types of its form."""
    return (RESULTS[kind](answer) if isinstance(answer, bool | Solutions) else GRAPHS[kind](answer)).encode()


def _cell(cell: Identifier) -> dict[str, str]:
    if isinstance(cell, URIRef):
        return {"type": "uri", "value": str(cell)}
    if not isinstance(cell, Literal):
        return {"type": "bnode", "value": str(cell)}
    found = {"type": "literal", "value": str(cell)}
    if cell.language:
        found["xml:lang"] = cell.language
    elif cell.datatype and cell.datatype != XSD.string:
        found["datatype"] = str(cell.datatype)
    return found


def _xml_row(columns: tuple[str, ...], row: _ROW) -> str:
    pairs = zip(columns, row, strict=True)
    return "".join(f"<binding name={quoteattr(n)}>{_xml_cell(cell)}</binding>" for n, cell in pairs if cell is not None)


def _xml_cell(cell: Identifier) -> str:
    found = _cell(cell)
    kind = {"uri": "uri", "bnode": "bnode"}.get(found["type"], "literal")
    language, datatype = found.get("xml:lang"), found.get("datatype")
    extra = f" xml:lang={quoteattr(language)}" if language else f" datatype={quoteattr(datatype)}" if datatype else ""
    return f"<{kind}{extra}>{escape(_NOT_XML.sub(chr(0xFFFD), found['value']), {chr(13): '&#13;'})}</{kind}>"


def _plain(cell: Identifier | None) -> str:
    return "" if cell is None else f"_:{cell}" if isinstance(cell, BNode) else str(cell)


def _turtle(cell: Identifier) -> str:
    return f"_:{cell}" if isinstance(cell, BNode) else term(cell)
