"""The commands ask and sparql: questions of the catalogue, and queries of one's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import click
from click.shell_completion import CompletionItem
from rdflib import URIRef

from policygraph import export, query
from policygraph.cli import options, stores, studies
from policygraph.cli.framework import argument, command, gathered, option
from policygraph.cli.kinds import Known
from policygraph.cli.options import Output, Source
from policygraph.cli.say import language, said
from policygraph.cli.show import deliver, emit, note
from policygraph.errors import UsageError
from policygraph.messages import Foreign
from policygraph.rows import Rows
from policygraph.store import Limits, Store
from policygraph.vocab import ANSWER_GRAPH

ROWS = export.formats(Rows)
_QUERY_FILE = ".rq"
_QUADS = ("ttl", "trig", "nq", "jsonld", "rdfxml")
# The subjects of questions -> how they are called.
_SUBJECTS = {
    "actions": "cli.actions",
    "agencies": "cli.agencies",
    "bodies": "cli.bodies",
    "cascade": "cli.cascade",
    "documents": "cli.documents",
    "quality": "cli.quality",
    "queries": "cli.own-questions",
    "schedule": "cli.schedule",
    "targets": "cli.targets",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Which question is asked, and what is wanted of it besides its rows."""

    name: str | None
    param: tuple[str, ...]
    evidence: bool
    explain: bool
    values: str | None


class _Parameter(click.ParamType[str]):
    """NAME=VALUE, completed from the parameters of the question that stands before it."""

    name = "key=value"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Return the parameters; after ``indicator=`` the indicators."""
        asked = ctx.params.get("name") or next(iter(ctx.args), None)  # a line that stops at --param is half read
        known = [each for each in studies.current().questions if each.name == asked]
        names = [f"{parameter.name}=" for each in known for parameter in each.parameters]
        if incomplete.startswith("indicator="):
            names = [f"indicator={each}" for each in studies.current().concepts.indicators]
        return [CompletionItem(name) for name in names if name.startswith(incomplete)]


def _names() -> Iterable[str]:
    return (each.name for each in studies.current().questions)


@command(
    "cli.ask",
    ("policygraph ask", "cli.example-ask-list"),
    ("policygraph ask lead-roles", "cli.example-ask"),
    ("policygraph ask target-path --param indicator=health-literacy", "cli.example-ask-param"),
    ("policygraph ask lead-roles --evidence -f xlsx -o leads.xlsx", "cli.example-ask-evidence"),
    ("policygraph ask departures --values verdict", "cli.example-ask-values"),
)
@gathered(
    Asked,
    "asked",
    argument("name", required=False, metavar="[NAME]", type=Known(_names), key="cli.argument-question"),
    option("--param", multiple=True, metavar="KEY=VALUE", type=_Parameter(), key="cli.option-param"),
    option("--evidence", is_flag=True, key="cli.option-evidence"),
    option("--explain", is_flag=True, key="cli.option-explain"),
    option("--values", metavar="PARAM", key="cli.option-values"),
)
@options.output(ROWS)
@options.source
def ask_command(asked: Asked, output: Output, source: Source) -> int:
    """List the questions, or answer one; an empty answer says why."""
    if not asked.name:
        emit(_questions(), output.out)
        return 0
    given = _parameters(asked.param)
    known = studies.current().questions
    chosen = query.question(asked.name, known)
    with stores.opened(source) as store:
        if asked.values:
            title = said("cli.title-values", parameter=asked.values, question=_title(chosen))
            deliver(query.values(store, chosen, asked.values, language()), output, title)
            return 0
        if language() != "zh" and any(each.name == "language" for each in chosen.parameters):
            given.setdefault("language", language())
        if asked.explain:
            note(query.sparql(store, chosen, given))
        if asked.evidence:
            rows = query.ask_with_evidence(store, chosen, known, **given)
        else:
            rows = query.ask(store, chosen, **given)
        title = _heading(store, chosen, given) if output.format == "table" else _title(chosen)
        deliver(rows, output, title)
        if not rows.rows:
            note(said("cli.empty", why=query.explain_empty(store, chosen, given)))
    return 0


def _questions() -> str:
    lines, folder = [said("cli.questions")], ""
    for item in studies.current().questions:
        if item.folder != folder:
            folder = item.folder
            lines.append(f"\n{_subject(folder)}")
        names = ", ".join(each.name for each in item.parameters)
        lines.append(f"  {item.name:<28} {_title(item)}" + (f"  [{names}]" if names else ""))
    return "\n".join(lines) + "\n"


def _subject(folder: str) -> str:
    """Return how a subject is called: one of a study's own by the name of its folder."""
    return said(_SUBJECTS[folder]) if folder in _SUBJECTS else folder


def _heading(store: Store, asked: query.Question, given: Mapping[str, object]) -> str:
    """Return the question with what it was asked about."""
    about = query.asked_about(store, asked, given, language())
    title = _title(asked)
    key = "cli.title-question" if title.endswith(("？", "?")) else "cli.title-answer"
    return said(key, title=title, about=about) if about else title


def _title(asked: query.Question) -> str:
    return asked.title_zh if language() == "zh" else asked.title_en


def _parameters(given: Iterable[str]) -> dict[str, object]:
    found: dict[str, object] = {}
    for item in given:
        name, sign, value = item.partition("=")
        if not sign or not name:
            raise UsageError("cli.no-pair", item=item)
        found[name] = value
    return found


@command(
    "cli.sparql",
    ("policygraph sparql 'SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }'", "cli.example-sparql"),
    ("policygraph sparql mine.rq -f csv -o mine.csv", "cli.example-sparql-file"),
    ("policygraph sparql 'CONSTRUCT WHERE { ?p a pg:Plan }' -f ttl", "cli.example-sparql-triples"),
)
@argument("text", metavar="QUERY|FILE.rq", key="cli.argument-query")
@options.output((*ROWS, *_QUADS))
@options.source
def sparql_command(text: str, output: Output, source: Source) -> int:
    """Answer a SELECT with rows, an ASK with a word, a CONSTRUCT or DESCRIBE with triples."""
    with stores.opened(source) as store:
        found = store.query(_query(text), limits=Limits(seconds=source.timeout))
    if isinstance(found, bool):
        emit(f"{str(found).lower()}\n", output.out)
    elif isinstance(found, Rows):
        if output.format in _QUADS:
            raise UsageError("cli.rows-no-quads", known=ROWS, form=output.format)
        deliver(found, output, text if text.endswith(_QUERY_FILE) else "")
    else:
        quads = tuple((URIRef(s), URIRef(p), o, ANSWER_GRAPH) for s, p, o in found)
        form = output.format if output.format in _QUADS else "ttl"
        emit(export.render(quads, form), output.out)
    return 0


def _query(text: str) -> str:
    """Return a query, or what the file of that name holds."""
    if not text.endswith(_QUERY_FILE):
        return text
    try:
        return Path(text).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = Foreign(getattr(error, "strerror", None) or str(error))
        raise UsageError("cli.no-query-file", path=text, why=why) from error
