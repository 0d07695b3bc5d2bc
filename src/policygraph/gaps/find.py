"""Find the gaps: each rule reads the records and yields what it found, with the reason in both languages."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median

from policygraph.gaps.records import Duty, Goal, Heading, Plan, Records
from policygraph.terms import UNSURE

DEVIATIONS = 3  # a load is outlying above the median and this many median absolute deviations


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that a person should look at; ``subject`` is the body or the indicator it is about."""

    kind: str
    document: str
    section: str
    action: str
    subject: str
    quote: str
    zh: str
    en: str


def find(records: Records) -> Iterator[Gap]:
    """Yield all gaps, kind by kind, in document order."""
    for rule in RULES:
        yield from rule(records)


# ---------------------------------------------------------------- who leads


def no_lead(records: Records) -> Iterator[Gap]:
    """Actions whose clauses name no lead, and actions without a clause (in documents whose text is at hand)."""
    whole = {plan.slug for plan in records.plans if plan.whole}
    named = {duty.document for duty in records.duties}
    for action in records.actions:
        own = [duty for duty in records.duties if _inside(duty, action)]
        if any(duty.role == "lead" for duty in own) or action.document not in whole & named:
            continue
        if own:
            zh, en = "有责任单位，没有牵头单位", "bodies are named, and none leads"
        else:
            zh, en = "行动没有责任单位", "the action names no body"
        yield _at(action, "no-lead", own[0].quote if own else action.heading, zh, en)


def several_leads(records: Records) -> Iterator[Gap]:
    """Clauses in which more than one body leads."""
    for duties in _clauses(records).values():
        leads = list(dict.fromkeys(duty.agency for duty in duties if duty.role == "lead"))
        if len(leads) > 1:
            zh = f"一个条款有 {len(leads)} 个牵头单位"
            yield _on(duties[0], "several-leads", "、".join(leads), zh, f"{len(leads)} bodies lead in one clause")


def both_roles(records: Records) -> Iterator[Gap]:
    """Bodies that one clause names as lead and as support."""
    for duties in _clauses(records).values():
        leads = {duty.agency_id for duty in duties if duty.role == "lead"}
        for duty in duties:
            if duty.role == "support" and duty.agency_id in leads:
                zh, en = "同一条款中既牵头又配合", "leads and supports in one clause"
                yield _on(duty, "lead-and-support", duty.agency, zh, en)


def no_counterpart(records: Records) -> Iterator[Gap]:
    """Functions that lead in a document above, and that no body of a document below it has."""
    for plan in records.plans:
        own = {name for duty in records.duties if duty.document == plan.slug for name in duty.functions}
        told: set[str] = set()
        for duty in _above(plan, records) if own and plan.whole else ():
            if duty.role == "lead" and duty.functions and not own & set(duty.functions) and duty.agency_id not in told:
                told.add(duty.agency_id)
                zh = f"在上级文件 {duty.document} 中牵头，本文件没有同一职能的单位"
                en = f"leads in {duty.document} above; no body of that function here"
                yield Gap("no-counterpart", plan.slug, "", duty.action, duty.agency, duty.quote, zh, en)


def outlying_load(records: Records) -> Iterator[Gap]:
    """Bodies with far more roles in a document than the others: above the median + 3 MAD (a MAD of at least 1)."""
    for plan in records.plans:
        own = [duty for duty in records.duties if duty.document == plan.slug]
        loads = Counter(duty.agency_id for duty in own)
        if len(loads) < DEVIATIONS:
            continue
        middle = median(loads.values())
        spread = max(median(abs(load - middle) for load in loads.values()), 1)
        limit = middle + DEVIATIONS * spread
        for agency, load in sorted(loads.items(), key=lambda pair: (-pair[1], pair[0])):
            if load > limit:
                first = next(duty for duty in own if duty.agency_id == agency)
                leads = sum(duty.role == "lead" for duty in own if duty.agency_id == agency)
                rule = f"{middle:g} + {DEVIATIONS} × {spread:g} = {limit:g}"
                zh = f"{load} 项责任（牵头 {leads} 项），超过中位数 + {DEVIATIONS} MAD = {rule}"
                en = f"{load} roles ({leads} leads), above median + {DEVIATIONS} MAD = {rule}"
                yield Gap("outlying-load", plan.slug, "", "", first.agency, first.quote, zh, en)


# ---------------------------------------------------------------- targets


def unowned(records: Records) -> Iterator[Gap]:
    """Targets that stand where no body is named, and whose indicator stands nowhere else where one is."""
    whole = {plan.slug for plan in records.plans if plan.whole} & {duty.document for duty in records.duties}
    sections = defaultdict(set)
    for duty in records.duties:
        sections[duty.document].add(duty.section)
    owned = {(goal.document, goal.indicator) for goal in records.goals if _owned(goal, sections[goal.document])}
    for goal in records.goals:
        if goal.document in whole and goal.section and (goal.document, goal.indicator) not in owned:
            zh, en = "目标所在之处没有责任单位", "no body is named where the target stands"
            yield _of(goal, "unowned-target", zh, en)


def odd_baseline(records: Records) -> Iterator[Gap]:
    """Baselines that lie after the target's year, or between two milestones without being one of them."""
    years: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for goal in records.goals:
        if goal.year is not None:
            years[goal.document, goal.indicator].add(goal.year)
    for goal in records.goals:
        if goal.year is None or len(goal.baseline) != 4 or not goal.baseline.isdecimal():
            continue
        base, stated = int(goal.baseline), sorted(years[goal.document, goal.indicator])
        if base >= goal.year:
            zh, en = f"基期 {base} 不早于目标年份 {goal.year}", f"the baseline {base} is not before {goal.year}"
            yield _of(goal, "odd-baseline", zh, en)
        elif any(year < base for year in stated) and not any(base <= year < goal.year for year in stated):
            told = "/".join(map(str, stated))
            zh, en = f"目标年份 {told}，基期却为 {base}", f"the target years are {told}, yet the baseline is {base}"
            yield _of(goal, "odd-baseline", zh, en)


def past_year(records: Records) -> Iterator[Gap]:
    """Targets for a year before the document was issued."""
    issued = {plan.slug: plan.issued for plan in records.plans}
    for goal in records.goals:
        written = issued.get(goal.document)
        if goal.year is not None and written is not None and goal.year < written:
            zh = f"目标年份 {goal.year} 早于成文的 {written} 年"
            yield _of(goal, "past-year", zh, f"the target year {goal.year} is before {written}, the document's own")


RULES: tuple[Callable[[Records], Iterator[Gap]], ...] = (
    no_lead,
    several_leads,
    unowned,
    no_counterpart,
    outlying_load,
    both_roles,
    odd_baseline,
    past_year,
)


# ---------------------------------------------------------------- helpers


def _inside(duty: Duty, action: Heading) -> bool:
    return duty.document == action.document and _within(duty.section, action.section)


def _within(section: str, outer: str) -> bool:
    """Tell whether a section is another or stands below it, by number: 二1 is not above 二10."""
    rest = section.removeprefix(outer)
    return section == outer or (rest != section and not rest[0].isdecimal())


def _owned(goal: Goal, sections: set[str]) -> bool:
    return any(_within(section, goal.section) or _within(goal.section, section) for section in sections)


def _clauses(records: Records) -> dict[tuple[str, str], list[Duty]]:
    found: dict[tuple[str, str], list[Duty]] = {}
    for duty in records.duties:
        found.setdefault((duty.document, duty.clause), []).append(duty)
    return found


def _above(plan: Plan, records: Records) -> Iterator[Duty]:
    """Yield the duties of all documents above a plan."""
    parents = {each.slug: each.parents for each in records.plans}
    slugs, waiting = set[str](), [*plan.parents]
    while waiting:
        slug = waiting.pop()
        if slug not in slugs and slug != plan.slug:
            slugs.add(slug)
            waiting.extend(parents.get(slug, ()))
    return (duty for duty in records.duties if duty.document in slugs)


def _at(action: Heading, kind: str, quote: str, zh: str, en: str) -> Gap:
    return Gap(kind, action.document, action.section, action.heading, "", quote, zh, en)


def _on(duty: Duty, kind: str, subject: str, zh: str, en: str) -> Gap:
    return Gap(kind, duty.document, duty.section, duty.action, subject, duty.quote, zh, en)


def _of(goal: Goal, kind: str, zh: str, en: str) -> Gap:
    """Return a gap of a target; a figure that nobody has compared with its source is marked."""
    if goal.status in UNSURE:
        zh, en = f"{zh}（数字尚未核对: {goal.status}）", f"{en} (figure {goal.status})"
    return Gap(kind, goal.document, goal.section, goal.action, goal.name, goal.quote, zh, en)
