"""Commands on graphs: build, ask, sparql, network, export, compare, doctor."""

from __future__ import annotations

import argparse
import platform
import sys
from importlib.metadata import version
from pathlib import Path

from rdflib import URIRef

from policygraph import assets, concepts, export, lexicon, pipeline, query
from policygraph.cli import comparing, networks, stores
from policygraph.cli.show import deliver, emit, note, progress
from policygraph.cli.words import fault, say
from policygraph.errors import UsageError
from policygraph.rows import Rows
from policygraph.store import Limits
from policygraph.vocab import GRAPH

_QUADS = ("ttl", "trig", "nq", "jsonld", "rdfxml")
_PARTS = ("rdflib", "pyshacl", "networkx", "owlrl", "SPARQLWrapper", "pyoxigraph", "OpenCC")


def add_commands(verbs: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """Add the commands to the parser."""
    stored = argparse.ArgumentParser(add_help=False, parents=[common])
    stores.add_store(stored)
    shown = argparse.ArgumentParser(add_help=False, parents=[stored])
    shown.add_argument("-o", "--out", default="-", metavar="FILE", help="输出,- 为标准输出 / - is standard output")
    shown.add_argument("--bom", action="store_true", help="CSV 加 BOM,便于 Excel 打开 / a byte order mark for Excel")
    stores.add_endpoint(shown)

    build = verbs.add_parser("build", parents=[stored], help="由事实表构建图谱库 / fact tables to a store")
    build.add_argument("folders", nargs="*", metavar="FOLDER", help="默认为随附文件 / default: the bundled plans")
    build.set_defaults(run=_build)
    ask = verbs.add_parser("ask", parents=[shown], help="提问 / ask a question; without a name, list them")
    ask.add_argument("name", nargs="?", metavar="NAME")
    ask.add_argument("--param", action="append", default=[], metavar="KEY=VALUE", help="参数 / a parameter")
    ask.add_argument("-f", "--format", choices=networks.ROWS, default="table")
    ask.add_argument("--evidence", action="store_true", help="附上每行所计的条款 / add the clauses behind each row")
    ask.add_argument("--explain", action="store_true", help="显示所用的 SPARQL / print the SPARQL that ran")
    ask.add_argument("--values", metavar="PARAM", help="列出参数可取的值 / list what a parameter may be")
    ask.set_defaults(run=_ask)
    sparql = verbs.add_parser("sparql", parents=[shown], help="SPARQL 查询 / run a SPARQL query")
    sparql.add_argument("query", metavar="QUERY|FILE.rq")
    sparql.add_argument("-f", "--format", choices=(*networks.ROWS, *_QUADS), default="table")
    sparql.set_defaults(run=_sparql)
    net = verbs.add_parser("network", parents=[shown], help="网络指标 / measures of a network")
    networks.add_network(net)
    out = verbs.add_parser("export", parents=[shown], help="导出图谱或网络 / write the graph or a network to a file")
    networks.add_export(out)
    compare = verbs.add_parser("compare", parents=[shown], help="并列比较文件 / what documents say, side by side")
    comparing.add_compare(compare)
    doctor = verbs.add_parser("doctor", parents=[common], help="检查安装 / check the installation")
    doctor.set_defaults(run=_doctor)


def _build(options: argparse.Namespace) -> int:
    built = pipeline.build([Path(name) for name in options.folders], Path(options.store), progress)
    for error in built.errors:
        note(fault(error, options.lang))
    print(say("loaded", options.lang))
    for name, count in built.counts.items():
        print(f"  {count:>7}  {say(name, options.lang)}")
    print(say("validated", options.lang))
    for name, count in built.report.counts().items():
        print(f"  {count:>7}  {say(name, options.lang)}")
    print(say("written", options.lang, path=options.store))
    return 1 if built.errors else 0


def _ask(options: argparse.Namespace) -> int:
    if not options.name:
        emit(_questions(options.lang), options.out)
        return 0
    given = _parameters(options.param)
    asked = query.question(options.name)
    with stores.opened(options) as store:
        if options.values:
            deliver(query.values(store, options.name, options.values, options.lang), options)
            return 0
        if options.lang != "zh" and any(each.name == "language" for each in asked.parameters):
            given.setdefault("language", options.lang)
        if options.explain:
            note(query.sparql(store, options.name, given))
        answer = query.ask_with_evidence if options.evidence else query.ask
        rows = answer(store, options.name, **given)
        deliver(rows, options)
        if not rows.rows:
            note(say("empty", options.lang, why=query.explain_empty(store, options.name, given)))
    return 0


def _questions(language: str) -> str:
    lines = [say("questions", language)]
    folder = ""
    for item in query.catalogue():
        if item.folder != folder:
            folder = item.folder
            lines.append(f"\n{say(folder, language)}")
        names = ", ".join(each.name for each in item.parameters)
        title = item.title_zh if language == "zh" else item.title_en
        lines.append(f"  {item.name:<28} {title}" + (f"  [{names}]" if names else ""))
    return "\n".join(lines) + "\n"


def _parameters(given: list[str]) -> dict[str, object]:
    found: dict[str, object] = {}
    for item in given:
        name, sign, value = item.partition("=")
        if not sign or not name:
            raise UsageError(f"--param «{item}»: write it as name=value, e.g. indicator=health-literacy")
        found[name] = value
    return found


def _sparql(options: argparse.Namespace) -> int:
    text = options.query
    if text.endswith(".rq"):
        try:
            text = Path(text).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"{options.query}: cannot be read as a query ({error}); check the file name") from error
    with stores.opened(options) as store:
        found = store.query(text, limits=Limits(seconds=options.timeout))
    if isinstance(found, bool):
        emit(f"{str(found).lower()}\n", options.out)
    elif isinstance(found, Rows):
        if options.format in _QUADS:
            known = ", ".join(networks.ROWS)
            raise UsageError(f"a SELECT query gives rows; choose one of {known} instead of {options.format}")
        deliver(found, options)
    else:
        answer = GRAPH["answer"]  # Turtle has no graph names; the others need one
        quads = tuple((URIRef(s), URIRef(p), o, answer) for s, p, o in found)
        form = options.format if options.format in _QUADS else "ttl"
        emit(export.render(quads, form), options.out)
    return 0


def _doctor(options: argparse.Namespace) -> int:
    print(f"Python {platform.python_version()}, {platform.system()}, {sys.getfilesystemencoding()}")
    for name in _PARTS:
        print(f"{name} {version(name)}")
    known, words = concepts.bundled(), lexicon.bundled()
    print(
        f"concepts: {len(known.functions)} functions, {len(known.regions)} regions, {len(known.indicators)} indicators"
    )
    print(f"lexicon: {len(words.roles.labels) + len(words.roles.verbs)} role words; queries: {len(query.catalogue())}")
    print(f"plans: {len(assets.bundled_plans())}")
    print(say("fine", options.lang))
    return 0
