"""Generate plans of cities and counties below 国发〔2019〕13号: the same seed gives the same plans.

    python benchmarks/generate.py N FOLDER [--seed SEED]      (writes fact tables, a folder a plan)

Each plan is data/examples/sample-plan.txt moved to another region, with values that differ a little and, in about
one plan of three, a slip: a looser value, a missing clause, a body listed twice, a year that is past.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random

from policygraph import assets, concepts, facts, pipeline
from policygraph.model import Facts, MetadataRow, TargetRow

SEED = 20190624
_SLIPS = 0.35  # share of plans with a slip


def plans(count: int, seed: int = SEED) -> Iterator[Facts]:
    """Yield so many plans; the first ones are the same whatever the count."""
    chance = Random(seed)
    regions = [code for code, each in concepts.bundled().regions.items() if each.level in ("prefecture", "county")]
    for number in range(count):
        plan = _moved(_pattern(), regions[number % len(regions)], number)
        plan = replace(plan, targets=tuple(_varied(row, chance) for row in plan.targets))
        yield chance.choice(_FAULTS)(plan, chance) if chance.random() < _SLIPS else plan


@cache
def parents() -> tuple[Facts, ...]:
    """Return the documents above the generated plans."""
    loaded, _ = pipeline.load_plans(assets.bundled_plans())
    return tuple(each for each in loaded if each.doc in ("guofa-2019-13", "zhongfa-2016-23"))


@cache
def _pattern() -> Facts:
    return pipeline.extract_document(assets.path("data", "examples", "sample-plan.txt"))


def _moved(plan: Facts, region: str, number: int) -> Facts:
    """Return the plan as that of another region, under its own number."""
    own, doc = plan.resolved("region"), f"generated-{number}"
    place = concepts.bundled().regions[region]
    values = {
        "document_id": (doc, doc),
        "number": (f"沐泽政发〔2022〕{number + 1}号", ""),
        "region": (place.name, region),
        "level": (place.level, place.level),
    }

    def moved(identifier: str) -> str:
        return identifier.replace(f"{own}/", f"{region}/", 1)

    def metadata(row: MetadataRow) -> MetadataRow:
        value, identifier = values.get(row.field, (row.value, moved(row.id)))
        return replace(row, value=value, id=identifier)

    return replace(
        plan,
        doc=doc,
        metadata=tuple(metadata(row) for row in plan.metadata),
        responsibilities=tuple(replace(row, agency_id=moved(row.agency_id)) for row in plan.responsibilities),
        bodies=(),
        schedule=(),
    )


def _varied(row: TargetRow, chance: Random) -> TargetRow:
    """Ask for a little more: by up to 2 % of the value, in the direction that the comparator points."""
    if not row.value or row.op not in (">=", "<="):
        return row
    step = Decimal(chance.randrange(0, 20)) / 1000 * (1 if row.op == ">=" else -1)
    return replace(row, value=str((Decimal(row.value) * (1 + step)).quantize(Decimal("0.01"))))


def _looser(plan: Facts, chance: Random) -> Facts:
    at = chance.choice([place for place, row in enumerate(plan.targets) if row.op in (">=", "<=")])
    row = plan.targets[at]
    value = Decimal(row.value) * (Decimal("0.8") if row.op == ">=" else Decimal("1.3"))
    changed = replace(row, value=str(value.quantize(Decimal("0.01"))))
    return replace(plan, targets=(*plan.targets[:at], changed, *plan.targets[at + 1 :]))


def _clauseless(plan: Facts, chance: Random) -> Facts:
    section = chance.choice(plan.clauses).section
    return replace(
        plan,
        clauses=tuple(row for row in plan.clauses if row.section != section),
        responsibilities=tuple(row for row in plan.responsibilities if row.section != section),
    )


def _twice(plan: Facts, chance: Random) -> Facts:
    row = chance.choice(plan.responsibilities)
    return replace(plan, responsibilities=(*plan.responsibilities, replace(row, order=row.order + 20)))


def _past(plan: Facts, chance: Random) -> Facts:
    at = chance.choice([place for place, row in enumerate(plan.targets) if row.year == 2022])
    return replace(plan, targets=(*plan.targets[:at], replace(plan.targets[at], year=2020), *plan.targets[at + 1 :]))


_FAULTS: tuple[Callable[[Facts, Random], Facts], ...] = (_looser, _clauseless, _twice, _past)


def main() -> None:
    """Write plans to a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    for plan in plans(options.count, options.seed):
        facts.save(plan, options.folder / plan.doc)


if __name__ == "__main__":
    main()
