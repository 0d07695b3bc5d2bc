"""Make the main networks and write them for other programs, with their measures."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from policygraph import network
from policygraph.export import contents
from policygraph.network import QUESTIONS, Network
from policygraph.outputs import put
from policygraph.paper.asking import Asking

KINDS = ("agency-action", "co-responsibility", "lead-support", "lead-implement", "function", "derivation")
_FORMS = {"graphml": ".graphml", "gexf": ".gexf", "pajek": ".net", "vosviewer-files": "", "csv": ""}


def make_networks(asking: Asking) -> dict[str, Network]:
    """Return the main networks, each node with its community."""
    made = {kind: network.network(asking.ask(QUESTIONS[kind]), kind) for kind in KINDS}
    for each in made.values():
        for name, number in network.communities(each).items():
            each.graph.nodes[name]["community"] = number
    return made


def write_networks(networks: Mapping[str, Network], folder: Path) -> None:
    """Write each network that has ties in every form, and the measures of its nodes and of the whole."""
    place = folder / "networks"
    place.mkdir()
    for kind, made in networks.items():
        if not made.graph.number_of_edges():
            continue
        for form, end in _FORMS.items():
            put(contents(made, form, place / f"{kind}{end}"))
        put(contents(network.measures(made), "csv", place / f"{kind}-measures.csv"))
        put(contents(network.summary(made), "csv", place / f"{kind}-summary.csv"))
