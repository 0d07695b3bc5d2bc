"""Make networks of bodies, actions, functions and documents; measure and compare them."""

from __future__ import annotations

from policygraph.network.cohesion import BROKERAGE, CorePeriphery, brokerage, core_periphery
from policygraph.network.comparing import Comparison, compare
from policygraph.network.kinds import COLUMNS, KINDS, QUESTIONS, ROLES, Network, network, project
from policygraph.network.measuring import MEASURES, communities, measure, measures, summary
from policygraph.network.parts import largest_part

__all__ = [
    "BROKERAGE",
    "COLUMNS",
    "KINDS",
    "MEASURES",
    "QUESTIONS",
    "ROLES",
    "Comparison",
    "CorePeriphery",
    "Network",
    "brokerage",
    "communities",
    "compare",
    "core_periphery",
    "largest_part",
    "measure",
    "measures",
    "network",
    "project",
    "summary",
]
