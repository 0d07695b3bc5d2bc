"""The commands on documents: extract, clauses, score."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from policygraph import checklist, differences, facts, outputs, pipeline, score, trust
from policygraph.checklist import Look
from policygraph.cli import options, studies
from policygraph.cli.framework import argument, command, gathered, option
from policygraph.cli.kinds import OneOf
from policygraph.cli.lookouts import Lookout
from policygraph.cli.options import Output
from policygraph.cli.say import fault, language, said
from policygraph.cli.show import deliver, emit, note, progress, wrote
from policygraph.errors import UsageError
from policygraph.rows import Rows

_TEXTS = ("table", "csv", "tsv", "json")
_WORKBOOK = "xlsx"


@dataclass(frozen=True, slots=True)
class Worth:
    """Whether to show what a confidence is worth, or to write it to a table of trust, and under which name."""

    calibration: bool
    source: str | None
    out: str | None


@command(
    "cli.extract",
    ("policygraph extract plan.docx -o out/found", "cli.example-extract"),
    ("policygraph extract downloads/ '*.pdf' -o out/found", "cli.example-extract-many"),
    ("policygraph extract plan.docx -o out/found -f xlsx", "cli.example-extract-workbook"),
    ("policygraph extract plan.docx --compare out/found", "cli.example-extract-compare"),
)
@argument("files", nargs=-1, metavar="[FILE|FOLDER]...", key="cli.argument-files")
@option("-o", "--out", metavar="DIR", key="cli.option-out-tables")
@option("--compare", metavar="FOLDER", key="cli.option-compare-tables")
@options.form((*_TEXTS, _WORKBOOK))
@options.hands
def extract_command(
    files: tuple[str, ...], out: str | None, compare: str | None, format: str, hands: pipeline.Hands
) -> int:
    """Extract documents to tables, or show how they differ from their reviewed tables."""
    study = studies.current()
    if not files and study.folder is None:
        raise UsageError("cli.no-files")
    found = pipeline.files_in(map(Path, files)) if files else pipeline.sources(study)
    if compare:
        return _differences(found, Path(compare), Output(format, out or "-"))
    if not out and study.folder is None:
        raise UsageError("cli.no-folder-for-tables")
    return _extract(found, Path(out or studies.shown(study.place("facts"))), format, hands)


def _extract(found: Sequence[Path], out: Path, form: str, hands: pipeline.Hands) -> int:
    """Extract files to tables and say what to look at: as a table of all of it where a format of text was asked for."""
    total, failed, listed = len(found), 0, form not in ("table", _WORKBOOK)
    lookout, looks = Lookout(total), list[Look]()
    outcomes = pipeline.extract_batch(found, out, studies.current(), form == _WORKBOOK, hands, progress)
    for outcome in outcomes:
        if outcome.error:
            note(fault(outcome.error, language()))
        failed += outcome.facts is None
        lookout.add(outcome.looks)
        looks += outcome.looks if listed else ()
    note(said("cli.extracted", done=total - failed, out=out, failed=failed))
    if listed:
        deliver(checklist.as_rows(looks), Output(form))
        return 1 if failed else 0
    for line in lookout.lines():
        note(line)
    return 1 if failed else 0


def _differences(files: Sequence[Path], folder: Path, output: Output) -> int:
    """Show how files differ from their reviewed tables: exit code 1 where they do."""
    rows = []
    for name in files:
        own = folder if facts.is_folder(folder) else folder / name.stem
        rows += [(name.stem, *row) for row in pipeline.compare_document(name, own, studies.current()).rows]
    title = said("cli.title-differences", folder=folder)
    deliver(Rows(("document", *differences.COLUMNS), tuple(rows)), output, title)
    return 1 if rows else 0


@command(
    "cli.clauses",
    ("echo '(市卫生健康委牵头,市教育局等配合)' | policygraph clauses -", "cli.example-clauses"),
    ("policygraph clauses clauses.txt --carry", "cli.example-clauses-carry"),
)
@argument("file", metavar="FILE", key="cli.argument-clauses")
@option("--carry", is_flag=True, key="cli.option-carry")
def clauses_command(file: str, carry: bool) -> int:
    """Parse clauses, one a line, to tab-separated rows."""
    rows: list[tuple[object, ...]] = []
    for clause in pipeline.read_clauses(_lines(file), carry, studies.current()):
        rows += [(clause.line, *row) for row in clause.rows]
        if not clause.rows:
            note(said("cli.not-understood", line=clause.line, reason=clause.reason))
        elif clause.left:
            note(said("cli.words-left", line=clause.line, words="、".join(clause.left)))
    deliver(Rows(pipeline.CLAUSE_COLUMNS, tuple(rows)), Output("tsv"))
    return 0


def _lines(name: str) -> list[str]:
    if name == "-":
        given = sys.stdin.buffer.read()
        return pipeline.decoded_text(given, name).splitlines() if given.strip() else []
    return pipeline.read_text(Path(name)).splitlines()


@command(
    "cli.score",
    ("policygraph score gold/ out/found", "cli.example-score"),
    ("policygraph score gold/ out/found --by field -f csv", "cli.example-score-field"),
    ("policygraph score key/ out/found --by sight", "cli.example-score-sight"),
    ("policygraph score gold/ out/found --calibration", "cli.example-score-calibration"),
    ("policygraph score key/ out/found --calibration --source spring -o data/trust.tsv", "cli.example-score-trust"),
)
@argument("gold", metavar="GOLD", key="cli.argument-gold")
@argument("found", metavar="FOUND", key="cli.argument-found")
@options.form(_TEXTS)
@option("--by", type=OneOf(("table", "field", "sight")), default="table", metavar="WHAT", key="cli.option-score-by")
@gathered(
    Worth,
    "worth",
    option("--calibration", is_flag=True, key="cli.option-calibration"),
    option("--source", metavar="NAME", key="cli.option-trust-source"),
    option("-o", "--out", metavar="FILE", key="cli.option-out-score"),
)
@option("--misses", is_flag=True, key="cli.option-misses")
def score_command(gold: str, found: str, format: str, by: str, worth: Worth, misses: bool) -> int:
    """Compare found tables with a hand annotation."""
    folders, output = (Path(gold), Path(found)), Output(format, worth.out or "-")
    scores = score.score(*folders)
    if worth.source:
        _measure(*folders, worth.source, worth.out)
    elif worth.calibration:
        deliver(score.calibration(*folders), output, said("cli.title-calibration"))
    elif by == "field":
        deliver(score.by_field(*folders), output, said("cli.title-score-fields", gold=gold))
    elif by == "sight":
        deliver(score.sight(*folders), output, said("cli.title-score-sight", gold=gold))
    else:
        deliver(score.rows(scores), output, said("cli.title-score", gold=gold))
    if misses:
        emit("\n" + score.render_misses(scores))
    return 0


def _measure(gold: Path, found: Path, source: str, out: str | None) -> None:
    """Write how many rows of each rule are right, as one source of the table of trust."""
    if not out:
        raise UsageError("cli.no-table-of-trust")
    path = Path(out)
    outputs.revise(trust.updated(path, source, score.measured(gold, found, source)).encode(), path)
    wrote(path)
