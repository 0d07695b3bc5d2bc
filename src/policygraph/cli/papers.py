"""The command paper: everything that a paper needs, in one folder."""

from __future__ import annotations

import argparse
from pathlib import Path

from policygraph.cli import stores
from policygraph.cli.show import note
from policygraph.cli.words import say
from policygraph.paper import paper


def add_commands(verbs: argparse._SubParsersAction[argparse.ArgumentParser], common: argparse.ArgumentParser) -> None:
    """Add the command to the parser."""
    pack = verbs.add_parser("paper", parents=[common], help="论文材料包 / tables, figures and methods for a paper")
    pack.add_argument("-o", "--out", required=True, metavar="DIR", help="新目录,或以前的材料包 / new, or a former pack")
    stores.add_store(pack)
    stores.add_endpoint(pack)
    pack.set_defaults(run=_paper)


def _paper(options: argparse.Namespace) -> int:
    with stores.opened(options) as store:
        written = paper(store, Path(options.out), options.lang)
    note(say("packed", options.lang, count=len(written), path=written[0]))
    return 0
