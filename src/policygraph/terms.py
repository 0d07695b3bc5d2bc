"""Name the closed vocabularies: what a cell of a table, a literal of the graph or a column of an answer may say.

Each value is the very string that stands in files and graphs.
"""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """In which role a clause names a body."""

    LEAD = "lead"  # 牵头
    SUPPORT = "support"  # 配合
    RESPONSIBLE = "responsible"  # 负责, where the clause names no lead


class RoleWord(StrEnum):
    """What a label, verb or join of a clause says of the bodies beside it, before the whole clause is known."""

    LEAD = "lead"
    SUPPORT = "support"
    RESPONSIBLE = "responsible"
    DIVIDED = "divided"  # 按职责分工负责, 责任单位: support beside a lead, responsible without one
    OTHER = "other"  # a label of something else
