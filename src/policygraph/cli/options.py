"""Options that several commands have: where a graph is, and where an answer goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policygraph.cli import studies
from policygraph.cli.framework import Decorator, gathered, option
from policygraph.cli.kinds import OneOf, Seconds, Whole
from policygraph.pipeline.spread import Hands

STORE = "POLICYGRAPH_STORE"  # the variable that names the store to open
DEFAULT = "out/policygraph.pg"
_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Source:
    """Where a graph is: a store on disk, or an endpoint that is waited for ``timeout`` seconds."""

    store: str
    endpoint: str | None = None
    timeout: float | None = None


@dataclass(frozen=True, slots=True)
class Output:
    """Where an answer goes (``-`` is standard output), in which format, and with which mark at its start."""

    format: str
    out: str = "-"
    bom: bool = False


def default_store() -> str:
    """Return where the store is that no option names: in the study, else at one place below where one works."""
    study = studies.current()
    return studies.shown(study.store) if study.folder else DEFAULT


store = option("--store", key="cli.option-store", metavar="PATH", default=default_store, envvar=STORE)
out = option("-o", "--out", key="cli.option-out", metavar="FILE", default="-")


def timeout(default: float = _SECONDS, key: str = "cli.option-timeout") -> Decorator:
    """Return --timeout."""
    return option("--timeout", key=key, type=Seconds(), default=default)


def form(formats: Sequence[str], default: str | None = "table") -> Decorator:
    """Return -f/--format; without a default it must be given."""
    return option(
        "-f", "--format", key="cli.option-format", type=OneOf(formats), default=default,
        required=default is None, metavar="FORMAT",
    )  # fmt: skip


source = gathered(
    Source,
    "source",
    store,
    option("--endpoint", key="cli.option-endpoint", metavar="URL"),
    timeout(),
)


def output(formats: Sequence[str], default: str | None = "table") -> Decorator:
    """Return -f, -o and --bom as one record, ``output``."""
    bom = option("--bom", key="cli.option-bom", is_flag=True)
    return gathered(Output, "output", form(formats, default), out, bom)


hands = gathered(
    Hands,
    "hands",
    option("--workers", key="cli.option-processes", type=Whole(1), default=1, metavar="N"),
    option("--scheduler", key="cli.option-scheduler", default="", metavar="ADDRESS"),
)
