"""What the search for gaps looks at, wherever it comes from: fact tables or a store."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Duty:
    """One body in one role in one clause; ``clause`` tells the clauses of a document apart."""

    document: str
    section: str
    action: str
    clause: str
    role: str  # lead, support, responsible
    agency_id: str
    agency: str
    functions: tuple[str, ...]
    quote: str


@dataclass(frozen=True, slots=True)
class Goal:
    """One target; ``baseline`` is as printed, ``indicator`` the identifier, ``name`` what the document calls it.

    ``status`` says how far the figure was checked, as in ``Evidence``.
    """

    document: str
    section: str
    action: str
    indicator: str
    name: str
    year: int | None
    baseline: str
    quote: str
    status: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """One action of a document."""

    document: str
    section: str
    heading: str


@dataclass(frozen=True, slots=True)
class Plan:
    """One document: what it is based on, the year it was issued, and whether its text is at hand."""

    slug: str
    parents: tuple[str, ...]
    issued: int | None
    whole: bool


@dataclass(frozen=True, slots=True)
class Records:
    """Everything that is known of some documents, each in document order."""

    plans: tuple[Plan, ...]
    actions: tuple[Heading, ...]
    duties: tuple[Duty, ...]
    goals: tuple[Goal, ...]
