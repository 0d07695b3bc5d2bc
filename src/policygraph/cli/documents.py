"""Commands on documents: extract, clauses, score."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from policygraph import differences, export, pipeline, score
from policygraph.cli.doubts import Doubts
from policygraph.cli.show import emit, note, progress
from policygraph.cli.words import fault, say
from policygraph.errors import UsageError
from policygraph.rows import Rows


def add_commands(verbs: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """Add the commands to the parser."""
    extract = verbs.add_parser("extract", parents=[common], help="从文件抽取事实表 / files to fact tables")
    extract.add_argument("files", nargs="+", metavar="FILE|FOLDER")
    extract.add_argument("-o", "--out", metavar="DIR", help="输出目录 / one folder a document goes here")
    extract.add_argument(
        "--compare", metavar="FOLDER", help="与已校订的表比较,不改动 / show differences, change nothing"
    )
    extract.add_argument("-f", "--format", choices=("table", "csv", "tsv", "json"), default="table")
    extract.set_defaults(run=_extract)
    clauses = verbs.add_parser(
        "clauses", parents=[common], help="解析责任条款 / parse responsibility clauses, one a line"
    )
    clauses.add_argument("file", metavar="FILE", help="文本文件,- 为标准输入 / a text file, - for standard input")
    clauses.add_argument("--carry", action="store_true", help="规则沿用到后面各行 / rules hold for the lines below")
    clauses.set_defaults(run=_clauses)
    rate = verbs.add_parser("score", parents=[common], help="与人工标注比较 / compare with a hand annotation")
    rate.add_argument("gold", metavar="GOLD")
    rate.add_argument("found", metavar="FOUND")
    rate.add_argument("-f", "--format", choices=("table", "csv", "tsv", "json"), default="table")
    rate.add_argument("--by", choices=("table", "field"), default="table", help="按表或按字段 / per table or field")
    rate.add_argument("--calibration", action="store_true", help="置信度是否可信 / what a confidence is worth")
    rate.add_argument("--misses", action="store_true", help="列出差异 / list what was missed and what is spurious")
    rate.set_defaults(run=_score)


def _extract(options: argparse.Namespace) -> int:
    if options.compare:
        return _compare(options)
    if not options.out:
        raise UsageError("-o DIR is missing: name the folder that the tables go to")
    files, doubts, failed = pipeline.files_in(map(Path, options.files)), Doubts(), 0
    total = len(files)
    for number, outcome in enumerate(pipeline.extract_batch(files, Path(options.out)), start=1):
        progress(f"{number}/{total} {outcome.path.name}")
        if outcome.error:
            note(fault(outcome.error, options.lang))
        failed += outcome.facts is None
        doubts.add(outcome.facts)
    note(say("extracted", options.lang, done=total - failed, out=options.out, failed=failed))
    for line in doubts.lines(options.lang):
        note(line)
    return 1 if failed else 0


def _compare(options: argparse.Namespace) -> int:
    """Show how files differ from their reviewed tables: exit code 1 where they do."""
    folder, rows = Path(options.compare), []
    for name in pipeline.files_in(map(Path, options.files)):
        own = folder if (folder / "metadata.tsv").is_file() else folder / name.stem
        rows += [(name.stem, *row) for row in pipeline.compare_document(name, own).rows]
    emit(export.render(Rows(("document", *differences.COLUMNS), tuple(rows)), options.format), options.out or "-")
    return 1 if rows else 0


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


def _score(options: argparse.Namespace) -> int:
    gold, found = Path(options.gold), Path(options.found)
    scores = score.score(gold, found)
    if options.calibration:
        emit(export.render(score.calibration(gold, found), options.format))
    elif options.by == "field":
        emit(export.render(score.by_field(gold, found), options.format))
    elif options.format == "table":
        emit(score.render(scores))
    else:
        emit(export.render(score.rows(scores), options.format))
    if options.misses:
        emit("\n" + score.render_misses(scores))
    return 0
