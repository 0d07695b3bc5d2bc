"""Hold what comparing documents with those above them gives; nothing here computes."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from policygraph.messages import Message
from policygraph.terms import ActionVerdict, LeadVerdict, Scope, Status, Verdict


@dataclass(frozen=True, slots=True)
class Alignment:
    """One target of one document compared with one ancestor's (DESIGN section 6).

    ``document`` and ``ancestor`` are document slugs; ``section`` and ``ancestor_section`` say where the
    targets stand (empty where there is none). ``step`` is the difference in the ancestor's unit,
    positive where this document asks for more. ``status`` and ``ancestor_status`` say how far the two figures can
    be trusted (as in ``Evidence``), ``ancestor_year`` which milestone of the ancestor was compared.
    """

    document: str
    indicator: str
    year: int | None
    scope: Scope
    verdict: Verdict
    ancestor: str = ""
    section: str = ""
    ancestor_section: str = ""
    step: Decimal | None = None
    reason: tuple[Message, ...] = ()
    status: Status | None = None
    ancestor_status: Status | None = None
    ancestor_year: int | None = None


@dataclass(frozen=True, slots=True)
class ActionAlignment:
    """One kind of action of one document compared with one ancestor's.

    ``sections`` and ``names`` say where the document sets it and under which headings; none where it is missing.
    ``with_types`` are the other kinds that a heading merges with it.
    """

    document: str
    action_type: str
    scope: Scope
    verdict: ActionVerdict
    ancestor: str = ""
    sections: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    ancestor_sections: tuple[str, ...] = ()
    ancestor_names: tuple[str, ...] = ()
    with_types: tuple[str, ...] = ()
    reason: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class LeadAlignment:
    """The functions that lead one kind of action in one document, compared with those of others.

    All are function ids in order. ``ancestor`` is empty in the scope ``peers``, where the comparison is with the
    functions that most of the documents lead it by.
    """

    document: str
    action_type: str
    scope: Scope
    verdict: LeadVerdict
    ancestor: str = ""
    sections: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    ancestor_leads: tuple[str, ...] = ()
    reason: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Cascade:
    """All that comparing documents with those above them gives."""

    targets: tuple[Alignment, ...] = ()
    actions: tuple[ActionAlignment, ...] = ()
    leads: tuple[LeadAlignment, ...] = ()
