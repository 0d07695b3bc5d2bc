"""Run the rooms in their order. The only place that knows it; it calls, counts and reports, and never decides.

What is not asked for is not loaded: reading a clause needs no reasoner.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # for type checkers; a test holds it against _NAMES
    from policygraph.pipeline.accepting import Said as Said
    from policygraph.pipeline.accepting import accept as accept
    from policygraph.pipeline.building import Built as Built
    from policygraph.pipeline.building import build as build
    from policygraph.pipeline.clauses import CLAUSE_COLUMNS as CLAUSE_COLUMNS
    from policygraph.pipeline.clauses import ReadClause as ReadClause
    from policygraph.pipeline.clauses import read_clauses as read_clauses
    from policygraph.pipeline.comparisons import COMPARISONS as COMPARISONS
    from policygraph.pipeline.comparisons import compare as compare
    from policygraph.pipeline.comparisons import compared_networks as compared_networks
    from policygraph.pipeline.comparisons import heat as heat
    from policygraph.pipeline.extracting import Outcome as Outcome
    from policygraph.pipeline.extracting import compare_document as compare_document
    from policygraph.pipeline.extracting import decoded_text as decoded_text
    from policygraph.pipeline.extracting import extract_batch as extract_batch
    from policygraph.pipeline.extracting import extract_document as extract_document
    from policygraph.pipeline.extracting import files_in as files_in
    from policygraph.pipeline.extracting import look_over as look_over
    from policygraph.pipeline.extracting import read_text as read_text
    from policygraph.pipeline.extracting import sources as sources
    from policygraph.pipeline.gap_report import gaps as gaps
    from policygraph.pipeline.gap_report import gaps_of_tables as gaps_of_tables
    from policygraph.pipeline.holding import Hold as Hold
    from policygraph.pipeline.holding import hold as hold
    from policygraph.pipeline.holding import holder as holder
    from policygraph.pipeline.holding import let_go as let_go
    from policygraph.pipeline.holdings import document_at_hand as document_at_hand
    from policygraph.pipeline.holdings import library as library
    from policygraph.pipeline.holdings import taken_in as taken_in
    from policygraph.pipeline.judging import Judged as Judged
    from policygraph.pipeline.judging import above as above
    from policygraph.pipeline.judging import as_word as as_word
    from policygraph.pipeline.judging import is_folder_of_documents as is_folder_of_documents
    from policygraph.pipeline.judging import judge as judge
    from policygraph.pipeline.judging import judge_draft as judge_draft
    from policygraph.pipeline.judging import judge_folder as judge_folder
    from policygraph.pipeline.judging import judge_named as judge_named
    from policygraph.pipeline.loading import load_plans as load_plans
    from policygraph.pipeline.networks import make_network as make_network
    from policygraph.pipeline.networks import measured as measured
    from policygraph.pipeline.networks import with_communities as with_communities
    from policygraph.pipeline.opening import bundled as bundled
    from policygraph.pipeline.opening import open_graph as open_graph
    from policygraph.pipeline.reviewing import ChangedError as ChangedError
    from policygraph.pipeline.reviewing import Review as Review
    from policygraph.pipeline.reviewing import rebuilt as rebuilt
    from policygraph.pipeline.reviewing import review as review
    from policygraph.pipeline.reviewing import rule as rule
    from policygraph.pipeline.reviewing import stands as stands
    from policygraph.pipeline.reviewing import undo as undo
    from policygraph.pipeline.shown import fact_addresses as fact_addresses
    from policygraph.pipeline.shown import is_as_read as is_as_read
    from policygraph.pipeline.shown import source_of as source_of
    from policygraph.pipeline.shown import source_text as source_text
    from policygraph.pipeline.spread import Hands as Hands
    from policygraph.pipeline.stored import choose_quads as choose_quads
    from policygraph.pipeline.together import Assembled as Assembled
    from policygraph.pipeline.together import assemble as assemble
    from policygraph.pipeline.validation import Checks as Checks
    from policygraph.pipeline.validation import check as check
    from policygraph.pipeline.validation import check_many as check_many
    from policygraph.pipeline.validation import check_stored as check_stored
    from policygraph.pipeline.validation import check_turtle as check_turtle

# Which module has which names: only that of the name at hand is loaded.
_NAMES = {
    "accepting": ("Said", "accept"),
    "building": ("Built", "build"),
    "together": ("Assembled", "assemble"),
    "holdings": ("document_at_hand", "library", "taken_in"),
    "loading": ("load_plans",),
    "validation": ("Checks", "check", "check_many", "check_stored", "check_turtle"),
    "shown": ("fact_addresses", "is_as_read", "source_of", "source_text"),
    "holding": ("Hold", "hold", "holder", "let_go"),
    "reviewing": ("ChangedError", "Review", "rebuilt", "review", "rule", "stands", "undo"),
    "spread": ("Hands",),
    "stored": ("choose_quads",),
    "networks": ("make_network", "measured", "with_communities"),
    "clauses": ("CLAUSE_COLUMNS", "ReadClause", "read_clauses"),
    "comparisons": ("COMPARISONS", "compare", "compared_networks", "heat"),
    "extracting": (
        "Outcome",
        "compare_document",
        "decoded_text",
        "extract_batch",
        "extract_document",
        "files_in",
        "look_over",
        "read_text",
        "sources",
    ),
    "gap_report": ("gaps", "gaps_of_tables"),
    "judging": (
        "Judged",
        "above",
        "as_word",
        "is_folder_of_documents",
        "judge",
        "judge_draft",
        "judge_folder",
        "judge_named",
    ),
    "opening": ("bundled", "open_graph"),
}
_HOMES = {name: f"policygraph.pipeline.{module}" for module, names in _NAMES.items() for name in names}

__all__ = tuple(_HOMES)


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'policygraph.pipeline' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted(__all__)
