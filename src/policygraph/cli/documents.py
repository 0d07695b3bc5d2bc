"""Commands on documents: extract, clauses, validate, score."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path

from policygraph import assets, export, facts, pipeline, score, validate
from policygraph.cli.show import emit, note, progress
from policygraph.cli.words import say
from policygraph.errors import UsageError
from policygraph.model import Facts, Rows

_DOUBTFUL = Decimal("0.8")
_SHOWN = 10


def add_commands(verbs: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """Add the commands to the parser."""
    extract = verbs.add_parser("extract", parents=[common], help="从文件抽取事实表 / files to fact tables")
    extract.add_argument("files", nargs="+", metavar="FILE")
    extract.add_argument("-o", "--out", required=True, metavar="DIR", help="输出目录 / one folder a document goes here")
    extract.set_defaults(run=_extract)
    clauses = verbs.add_parser("clauses", parents=[common], help="解析责任条款 / parse responsibility clauses, one a line")
    clauses.add_argument("file", metavar="FILE", help="文本文件,- 为标准输入 / a text file, - for standard input")
    clauses.add_argument("--carry", action="store_true", help="规则沿用到后面各行 / rules hold for the lines below")
    clauses.set_defaults(run=_clauses)
    check = verbs.add_parser("validate", parents=[common], help="检验一个文件或事实表 / check a document or its tables")
    check.add_argument("what", metavar="FILE|FOLDER")
    check.add_argument("--against", metavar="NUMBER", help="上位文件的文号 / number of a document above it")
    check.add_argument("-f", "--format", choices=("text", "json", "turtle"), default="text")
    check.add_argument("--fail-on", choices=("violation", "warning", "info"), default="violation")
    check.add_argument("-o", "--out", default="-", metavar="FILE")
    check.set_defaults(run=_validate)
    rate = verbs.add_parser("score", parents=[common], help="与人工标注比较 / compare with a hand annotation")
    rate.add_argument("gold", metavar="GOLD")
    rate.add_argument("found", metavar="FOUND")
    rate.add_argument("-f", "--format", choices=("table", "csv", "tsv", "json"), default="table")
    rate.add_argument("--misses", action="store_true", help="列出差异 / list what was missed and what is spurious")
    rate.set_defaults(run=_score)


def _extract(options: argparse.Namespace) -> int:
    total = len(options.files)
    counted = iter(range(1, total + 1))

    def done(outcome: pipeline.Outcome) -> None:
        progress(f"{next(counted)}/{total} {outcome.path.name}")
        if outcome.error:
            note(f"policygraph: {outcome.error}")

    outcomes = pipeline.extract_batch([Path(name) for name in options.files], Path(options.out), done)
    found = [outcome.facts for outcome in outcomes if outcome.facts]
    note(say("extracted", options.lang, done=len(found), out=options.out, failed=total - len(found)))
    _show_doubts(found, options.lang)
    return 0 if len(found) == total else 1


def _show_doubts(found: list[Facts], language: str) -> None:
    """List what a person should look at first: the rows that are least sure."""
    doubts = sorted(
        (row.evidence.confidence, each.doc, getattr(row, "section", ""), _gist(row), row.evidence.note)
        for each in found
        for table in facts.ROWS
        for row in getattr(each, table)
        if row.evidence.confidence < _DOUBTFUL
    )
    if not doubts:
        return
    note(say("look_at", language, count=len(doubts), limit=_DOUBTFUL))
    for confidence, doc, section, gist, why in doubts[:_SHOWN]:
        note(f"  {confidence}  {doc} {section}  {gist}  {why}".rstrip())
    if len(doubts) > _SHOWN:
        note("  " + say("more", language, count=len(doubts) - _SHOWN))


def _gist(row: object) -> str:
    names = ("agency", "indicator", "value", "title", "heading", "quote", "body", "event")
    return next((str(getattr(row, name))[:30] for name in names if getattr(row, name, "")), "")


def _clauses(options: argparse.Namespace) -> int:
    rows: list[tuple[object, ...]] = []
    for clause in pipeline.read_clauses(_lines(options.file), options.carry):
        rows += [(clause.line, *row) for row in clause.rows]
        if not clause.rows:
            note(say("not_understood", options.lang, line=clause.line, reason=clause.reason))
    emit(export.render(Rows(pipeline.CLAUSE_COLUMNS, tuple(rows)), "tsv"))
    return 0


def _lines(name: str) -> list[str]:
    if name == "-":
        return sys.stdin.buffer.read().decode("utf-8-sig", "replace").splitlines()
    return pipeline.read_text(Path(name)).splitlines()


def _validate(options: argparse.Namespace) -> int:
    draft = _draft(Path(options.what))
    others, _ = pipeline.load_plans(assets.bundled_plans())
    report = pipeline.check(draft, others, options.against or "", progress)
    counts = report.counts()
    emit(_rendered(report, options.format, options.lang), options.out)
    order = ("violation", "warning", "info")
    failing = order[: order.index(options.fail_on) + 1]
    return 1 if any(counts[name] for name in failing) else 0


def _draft(path: Path) -> Facts:
    if path.is_dir():
        return facts.load(path)
    if not path.exists():
        raise UsageError(f"{path}: is neither a file nor a folder; name a document or a folder of fact tables")
    return pipeline.extract_document(path)


def _rendered(report: validate.Report, form: str, language: str) -> str:
    if form == "text":
        return validate.render(report, language)
    if form == "json":
        body = {"conforms": report.conforms, "results": [asdict(item) for item in report.results]}
        return json.dumps(body | {"looked_at": dict(report.looked_at)}, ensure_ascii=False, indent=1) + "\n"
    return export.render(validate.report_quads(report), "ttl")


def _score(options: argparse.Namespace) -> int:
    scores = score.score(Path(options.gold), Path(options.found))
    if options.format == "table":
        emit(score.render(scores))
    else:
        emit(export.render(score.rows(scores), options.format))
    if options.misses:
        emit("\n" + score.render_misses(scores))
    return 0
