"""The commands on drafts: validate, template, gaps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rdflib import Graph

from policygraph import assets, export, facts, pipeline, template, validate
from policygraph.cli import options, studies
from policygraph.cli.framework import argument, command, gathered, option
from policygraph.cli.kinds import OneOf
from policygraph.cli.options import DEFAULT, Output
from policygraph.cli.say import fault, language, said
from policygraph.cli.show import deliver, emit, note, progress, titled, wrote
from policygraph.errors import DocumentError, UsageError
from policygraph.pipeline.spread import HERE
from policygraph.rows import Rows
from policygraph.store import open_store
from policygraph.terms import Outcome, Stage

_FORMATS = ("text", "json", "html", "turtle", "docx", "table", "csv", "tsv")
_WHOLE = ("html", "turtle", "docx")  # a report; the other formats show a folder as a scorecard
_SEVERITY = OneOf(validate.SEVERITIES)
_TABLES = ("table", "csv", "tsv")
_NOT_CHECKED = 2  # exit code


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is checked, and against what."""

    what: str
    against: str | None
    store: str
    shapes: tuple[str, ...]
    engine: str | None
    fail_on: str
    stage: str


@dataclass(frozen=True, slots=True)
class Shown:
    """How a report is shown, and where."""

    format: str
    group: str
    by: str
    out: str


@command(
    "cli.validate",
    ("policygraph validate draft.docx --against 国发〔2019〕13号", "cli.example-validate"),
    ("policygraph validate draft.docx -f docx -o draft-checked.docx", "cli.example-validate-docx"),
    ("policygraph validate drafts/ -f csv -o scores.csv", "cli.example-validate-folder"),
)
@gathered(
    Wanted,
    "wanted",
    argument("what", metavar="FILE|FOLDER|DOC", key="cli.argument-draft"),
    option("--against", metavar="DOC", key="cli.option-against"),
    option(
        "--fail-on", type=OneOf(validate.SEVERITIES), default="violation", metavar="SEVERITY", key="cli.option-fail-on"
    ),
    option("--stage", type=OneOf((*map(str, Stage), "auto")), default="auto", metavar="STAGE", key="cli.option-stage"),
    option("--shapes", multiple=True, metavar="FILE", key="cli.option-shapes"),
    option("--engine", type=OneOf(validate.ENGINES), metavar="ENGINE", key="cli.option-engine"),
    options.store,
)
@gathered(
    Shown,
    "shown",
    options.form(_FORMATS, "text"),
    option("--group", type=OneOf(validate.GROUPS), default="action", metavar="WHAT", key="cli.option-group"),
    option("--by", type=OneOf(("theme", "rule")), default="theme", metavar="WHAT", key="cli.option-scorecard-by"),
    options.out,
)
@options.hands
def validate_command(wanted: Wanted, shown: Shown, hands: pipeline.Hands) -> int:
    """Check documents; one that cannot be read, or in which nothing is recognised, was not checked (2)."""
    shapes = validate.load_shapes(more=(*studies.current().shapes, *map(Path, wanted.shapes)))
    path = Path(wanted.what)
    if pipeline.is_folder_of_documents(path):
        return _folder(path, _how(shapes, wanted, hands), wanted, shown)
    try:
        report = _report(path, shapes, wanted)
    except DocumentError as error:
        raise UsageError.like(error) from error
    _write(report, shapes, Path(wanted.what), shown)
    return _code(report, wanted)


def _folder(path: Path, how: pipeline.Checks, wanted: Wanted, shown: Shown) -> int:
    """Check all documents of a folder; those that cannot be read are named, the rest goes on."""
    skipped: list[DocumentError] = []

    def skip(error: DocumentError) -> None:
        skipped.append(error)
        note(fault(error, language()))

    report = pipeline.judge_folder(path, how, progress, skip)
    if shown.format in _WHOLE:
        _write(report, how.rules, path, shown)
    else:
        emit(_scores(report, how.rules, shown), shown.out)
    return _NOT_CHECKED if skipped else _code(report, wanted)


def _how(shapes: Graph, wanted: Wanted, hands: pipeline.Hands = HERE) -> pipeline.Checks:
    stage = Stage(wanted.stage) if wanted.stage in set(Stage) else None
    return pipeline.Checks(wanted.against or "", shapes, wanted.engine or "", studies.current(), stage, hands)


def _report(path: Path, shapes: Graph, wanted: Wanted) -> validate.Report:
    how = _how(shapes, wanted)
    if path.exists():
        return pipeline.judge(path, how, progress)
    return _at_hand(wanted, how) if _has_no_store(wanted.store) else _stored(wanted, how)


def _has_no_store(store: str) -> bool:
    """Tell whether documents are named by those at hand: in a study, and where no store was made or named."""
    study = studies.current()
    if study.folder:
        return Path(store).resolve() == study.store
    return store == DEFAULT and not Path(store).exists()


def _at_hand(wanted: Wanted, how: pipeline.Checks) -> validate.Report:
    """Check a document of the study, or a bundled one; where there is none, a mistyped file name is likelier."""
    try:
        return pipeline.judge_named(wanted.what, how, progress)
    except UsageError as error:
        if error.key != "naming.unknown":
            raise
        raise UsageError("cli.no-draft", what=wanted.what, hint=dict(error.message.values)["hint"]) from error


def _stored(wanted: Wanted, how: pipeline.Checks) -> validate.Report:
    """Check a document of a store. Raises UsageError where it is to be compared with another: it has been."""
    if wanted.against:
        raise UsageError("cli.against-a-store")
    with open_store(wanted.store, read_only=True) as store:
        return pipeline.check_stored(store, wanted.what, how)


def _code(report: validate.Report, wanted: Wanted) -> int:
    if report.outcome is Outcome.UNCHECKED:
        return _NOT_CHECKED
    counts, failing = report.counts(), validate.SEVERITIES[: validate.SEVERITIES.index(wanted.fail_on) + 1]
    return 1 if any(counts[name] for name in failing) else 0


def _write(report: validate.Report, shapes: Graph, draft: Path, shown: Shown) -> None:
    if shown.format == "docx":
        _word(report, draft, shown)
    else:
        emit(_rendered(report, shapes, shown), shown.out)


def _word(report: validate.Report, draft: Path, shown: Shown) -> None:
    """Write comments into a copy of a Word draft; of any other draft, a report."""
    if shown.out == "-":
        raise UsageError("cli.no-word-file")
    export.save(pipeline.as_word(report, draft, language(), shown.group), Path(shown.out))
    wrote(Path(shown.out))


def _rendered(report: validate.Report, shapes: Graph, shown: Shown) -> str:
    if shown.format in _TABLES:
        return _scores(report, shapes, shown)
    if shown.format == "turtle":
        return export.render(validate.report_quads(report, shapes), "ttl")
    write: Callable[..., str]
    write = {"text": validate.render, "json": validate.as_json, "html": validate.as_html}[shown.format]
    return write(report, language(), shown.group)


def _scores(report: validate.Report, shapes: Graph, shown: Shown) -> str:
    """Write the scorecard: for people the matrix and what its points are made of, for programs one table."""
    rules = validate.rule_rows(report, shapes, language())
    if shown.format in ("text", "table"):
        matrix = validate.scorecard(report, shapes, language())
        parts = (matrix, said("cli.title-scorecard")), (_for_people(rules), said("cli.title-rules"))
        return "\n".join(titled(rows, title, shown.out) for rows, title in parts)
    rows: Rows = rules if shown.by == "rule" else validate.theme_rows(report, shapes, language())
    return export.render(rows, shown.format)


def _for_people(rules: Rows) -> Rows:
    """Leave out what only programs need: identifiers of documents and of rules."""
    kept = [place for place, name in enumerate(rules.columns) if name not in ("document", "rule")]
    columns = tuple(rules.columns[place] for place in kept)
    return Rows(columns, tuple(tuple(row[place] for place in kept) for row in rules.rows))


@command(
    "cli.template",
    ("policygraph template --parent 国发〔2019〕13号 --region 210200 -o draft", "cli.example-template"),
)
@option("--parent", required=True, metavar="DOC", key="cli.option-parent")
@option("--region", required=True, metavar="CODE", key="cli.option-region")
@option("-o", "--out", required=True, metavar="DIR", key="cli.option-out-draft")
def template_command(parent: str, region: str, out: str) -> int:
    """Start a plan from the document above it."""
    study = studies.current()
    plans = pipeline.library(study)
    above = pipeline.document_at_hand(parent, plans, study.concepts).value("document_id")
    made = template.template(above, region, plans, study.concepts, study.lexicon)
    for path in template.save(made, Path(out)):
        wrote(path)
    return 0


@command(
    "cli.gaps",
    ("policygraph gaps", "cli.example-gaps"),
    ("policygraph gaps out/found -f csv -o gaps.csv", "cli.example-gaps-own"),
)
@argument("what", required=False, metavar="[FOLDER|STORE]", key="cli.argument-gaps")
@options.output(("table", "csv", "tsv", "json"))
def gaps_command(what: str | None, output: Output) -> int:
    """List what nobody answers for, and what is odd."""
    rows = _found_gaps(what)
    if output.format == "table":  # both languages side by side are too wide for a screen
        dropped = "reason_en" if language() == "zh" else "reason_zh"
        kept = [place for place, name in enumerate(rows.columns) if name not in (dropped, "action")]
        rows = Rows(
            tuple(rows.columns[place] for place in kept),
            tuple(tuple(row[place] for place in kept) for row in rows.rows),
        )
    title = said("cli.title-gaps-of", what=what) if what else said("cli.title-gaps")
    deliver(rows, output, title)
    return 0


def _found_gaps(what: str | None) -> Rows:
    study, path = studies.current(), Path(what) if what else None
    if path is None or (path.is_dir() and any(map(facts.is_folder, (path, *path.iterdir())))):
        own = [study.place("facts")] if study.folder else assets.bundled_plans()
        documents, errors = pipeline.load_plans([path] if path else own)
        if errors:
            raise errors[0]
        return pipeline.gaps_of_tables(documents, study)
    if "://" not in str(what) and not path.exists():
        raise UsageError("cli.no-tables-no-store", what=what)
    with open_store(str(what), read_only=True) as store:
        return pipeline.gaps(store, study)
