"""Say who usually leads each action, as a plan of a region would write it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from policygraph.concepts import Concepts
from policygraph.model import Facts
from policygraph.template.habits import habits
from policygraph.template.skeleton import clause_of
from policygraph.template.words import words

_WIDE = str.maketrans("(),", "（），")


def usual_clauses(plans: Sequence[Facts], region: str, concepts: Concepts) -> Mapping[str, str]:
    """Return a clause for each type of action that plans at hand set, with the bodies that most of them let lead.

    Who supports differs from place to place, and is left to the drafter. Empty for a region that is not known.
    """
    if region not in concepts.regions:
        return {}
    leads = habits(plans, region, concepts).leads.items()
    return {
        kind: clause_of([each.name for each in named], (), words()).translate(_WIDE) for kind, named in leads if named
    }
