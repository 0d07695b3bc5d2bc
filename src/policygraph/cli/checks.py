"""Commands on drafts: validate, template, gaps."""

from __future__ import annotations

import argparse
from pathlib import Path

from rdflib import Graph

from policygraph import assets, concepts, export, gaps, pipeline, template, validate
from policygraph.cli import stores
from policygraph.cli.show import emit, note, progress
from policygraph.cli.words import fault, say
from policygraph.errors import DocumentError, UsageError
from policygraph.rows import Rows
from policygraph.store import open_store

_FORMATS = ("text", "json", "html", "turtle", "docx", "table", "csv", "tsv")
_TABLES = ("table", "csv", "tsv")


def add_commands(verbs: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """Add the commands to the parser."""
    check = verbs.add_parser("validate", parents=[common], help="检验文件、事实表或文件夹 / check documents or tables")
    check.add_argument("what", metavar="FILE|FOLDER|IRI")
    check.add_argument("--against", metavar="NUMBER", help="上位文件的文号 / number of a document above it")
    check.add_argument("-f", "--format", choices=_FORMATS, default="text")
    check.add_argument("--group", choices=validate.GROUPS, default="action", help="按行动或单位 / by action or bureau")
    check.add_argument("--by", choices=("theme", "rule"), default="theme", help="计分表按主题或规则 / scorecard rows")
    check.add_argument("--fail-on", choices=validate.SEVERITIES, default="violation")
    check.add_argument("--shapes", action="append", default=[], metavar="FILE", help="另加规则 / more shapes (Turtle)")
    check.add_argument("--engine", choices=validate.ENGINES, default="pyshacl", help="SHACL 引擎 / the SHACL engine")
    stores.add_store(check)
    check.add_argument("-o", "--out", default="-", metavar="FILE")
    check.set_defaults(run=_validate)
    start = verbs.add_parser("template", parents=[common], help="由上级文件起草方案 / start a plan from its parent")
    start.add_argument("--parent", required=True, metavar="NUMBER", help="上级文件文号 / number of the document above")
    start.add_argument("--region", required=True, metavar="CODE", help="行政区代码,如 210200 / code of the region")
    start.add_argument("-o", "--out", required=True, metavar="DIR")
    start.set_defaults(run=_template)
    gap = verbs.add_parser("gaps", parents=[common], help="责任缺口和异常 / gaps in who answers for what")
    gap.add_argument("what", nargs="?", metavar="FOLDER|STORE", help="默认为随附文件 / default: the bundled plans")
    gap.add_argument("-f", "--format", choices=("table", "csv", "tsv", "json"), default="table")
    gap.add_argument("-o", "--out", default="-", metavar="FILE")
    gap.set_defaults(run=_gaps)


def _validate(options: argparse.Namespace) -> int:
    """Run the command; here a document that cannot be read is a failure of the run (2), not a finding (1)."""
    shapes = validate.load_shapes(more=[Path(name) for name in options.shapes])
    path = Path(options.what)
    if pipeline.is_folder_of_documents(path):
        return _folder(path, shapes, options)
    try:
        report = _report(path, shapes, options)
    except DocumentError as error:
        raise UsageError.like(error) from error
    _write(report, shapes, options)
    return _code(report, options)


def _template(options: argparse.Namespace) -> int:
    plans, _ = pipeline.load_plans(assets.bundled_plans())
    made = template.template(options.parent, options.region, plans, concepts.bundled())
    for path in template.save(made, Path(options.out)):
        note(say("written", options.lang, path=path))
    return 0


def _gaps(options: argparse.Namespace) -> int:
    rows = _found_gaps(options.what)
    if options.format == "table":  # both languages side by side are too wide for a screen
        dropped = "reason_en" if options.lang == "zh" else "reason_zh"
        kept = [place for place, name in enumerate(rows.columns) if name not in (dropped, "action")]
        rows = Rows(
            tuple(rows.columns[place] for place in kept),
            tuple(tuple(row[place] for place in kept) for row in rows.rows),
        )
    emit(export.render(rows, options.format), options.out)
    return 0


def _found_gaps(what: str | None) -> Rows:
    path = Path(what) if what else None
    tables = path is None or any(path.glob("metadata.tsv")) or any(path.glob("*/metadata.tsv"))
    if path is None or (tables and path.is_dir()):
        documents, errors = pipeline.load_plans([path] if path else assets.bundled_plans())
        if errors:
            raise errors[0]
        return gaps.gaps(documents, concepts.bundled())
    if "://" not in str(what) and not path.exists():
        raise UsageError(f"{what}: is neither a folder of fact tables nor a store; check the name")
    with open_store(str(what), read_only=True) as store:
        return gaps.gaps_in_store(store)


def _folder(path: Path, shapes: Graph, options: argparse.Namespace) -> int:
    """Check all documents of a folder; those that cannot be read are named, the rest goes on."""
    skipped: list[DocumentError] = []

    def skip(error: DocumentError) -> None:
        skipped.append(error)
        note(fault(error, options.lang))

    report = pipeline.judge_folder(path, _how(shapes, options), progress, skip)
    if options.format in ("html", "turtle", "docx"):
        _write(report, shapes, options)
    else:
        emit(_scores(report, shapes, options), options.out)
    return max(_code(report, options), int(bool(skipped)))


def _how(shapes: Graph, options: argparse.Namespace) -> pipeline.Checks:
    return pipeline.Checks(options.against or "", shapes, options.engine)


def _report(path: Path, shapes: Graph, options: argparse.Namespace) -> validate.Report:
    return pipeline.judge(path, _how(shapes, options), progress) if path.exists() else _stored(shapes, options)


def _stored(shapes: Graph, options: argparse.Namespace) -> validate.Report:
    """Check a document of a store; without the store at its default place a mistyped file name is likelier."""
    if not Path(options.store).exists() and options.store == stores.DEFAULT:
        raise UsageError(
            f"{options.what}: is neither a file nor a folder; name a document, a folder, or an IRI with --store"
        )
    if options.against:
        raise UsageError("--against needs the document's file or tables: what a store holds has been compared already")
    with open_store(options.store, read_only=True) as store:
        return pipeline.check_stored(store, options.what, shapes, options.engine)


def _code(report: validate.Report, options: argparse.Namespace) -> int:
    counts, failing = report.counts(), validate.SEVERITIES[: validate.SEVERITIES.index(options.fail_on) + 1]
    return 1 if any(counts[name] for name in failing) else 0


def _write(report: validate.Report, shapes: Graph, options: argparse.Namespace) -> None:
    if options.format == "docx":
        _word(report, options)
    else:
        emit(_rendered(report, shapes, options), options.out)


def _word(report: validate.Report, options: argparse.Namespace) -> None:
    """Write comments into a copy of a Word draft; of any other draft, a report."""
    if options.out == "-":
        raise UsageError("-o FILE.docx is missing: name the file that the Word document goes to")
    draft = Path(options.what)
    if draft.suffix.lower() == ".docx" and draft.is_file():
        data = validate.annotate(draft.read_bytes(), report, options.lang)
    else:
        data = validate.as_docx(report, options.lang, options.group)
    export.save(data, Path(options.out))
    note(say("written", options.lang, path=options.out))


def _rendered(report: validate.Report, shapes: Graph, options: argparse.Namespace) -> str:
    if options.format in _TABLES:
        return _scores(report, shapes, options)
    if options.format == "turtle":
        return export.render(validate.report_quads(report), "ttl")
    write = {"text": validate.render, "json": validate.as_json, "html": validate.as_html}[options.format]
    return write(report, options.lang, options.group)


def _scores(report: validate.Report, shapes: Graph, options: argparse.Namespace) -> str:
    """Write the scorecard: for people the matrix and what its points are made of, for programs one table."""
    rules = validate.rule_rows(report, shapes, options.lang)
    if options.format in ("text", "table"):
        matrix = validate.scorecard(report, shapes, options.lang)
        return "\n".join(export.render(rows, "table") for rows in (matrix, rules))
    rows: Rows = rules if options.by == "rule" else validate.theme_rows(report, shapes, options.lang)
    return export.render(rows, options.format)
