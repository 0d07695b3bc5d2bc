"""A folder of one's own work: documents, fact tables; words, concepts, shapes, questions beside the shipped ones.

``study.toml`` says what it is called and which bundled documents belong to it; ``sources/`` has the documents as they
were downloaded, ``facts/`` a folder of tables for each, ``concepts/``, ``lexicon/``, ``shapes/`` and ``queries/`` what
is laid over the shipped ones, ``out/`` what was made of all that and may be deleted.
"""

from __future__ import annotations

from policygraph.study.adding import AGENCY, INDICATOR, add_concept
from policygraph.study.making import README, Begun, new_study
from policygraph.study.record import ALL, CITED, NONE, SETTINGS, SHIPPED, Study
from policygraph.study.settings import find_study, open_study

__all__ = [
    "AGENCY",
    "ALL",
    "CITED",
    "INDICATOR",
    "NONE",
    "README",
    "SETTINGS",
    "SHIPPED",
    "Begun",
    "Study",
    "add_concept",
    "find_study",
    "new_study",
    "open_study",
]
