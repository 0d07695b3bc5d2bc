"""Find dates that cannot be: a term that was over before the document, a day in force before it, another period."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from policygraph.extract.proofs.slip import Draft, Slip
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.patterns import either_of, word_of
from policygraph.terms import SectionKind

OVER, BEYOND, EARLY, PERIOD = "term-over", "term-beyond", "in-force-early", "period-differs"
_RANGE = r"(?P<first>20\d\d)\s?年?\s?(?:[-—–~]+|至|到)\s?(?P<last>20\d\d)\s?年"
_YEAR_BY = re.compile(r"[到至](?<!\d年[到至])(?P<year>20\d\d)年(?=,)")
_FAR = 40
_FIVE = 5
Dated = tuple[int, int, bool]  # where a target stands, its year, and whether it has a number


def times(draft: Draft, dated: Collection[Dated], past: Collection[str]) -> Iterator[Slip]:
    """Yield the slips of time; ``dated`` are the targets that are told themselves.

    ``past`` are the numbers of sections that look back.
    """
    yield from _terms(draft, dated, past)
    yield from _beyond(draft, dated)
    yield from _months(draft)
    yield from _in_force(draft)
    yield from _periods(draft)


def _terms(draft: Draft, dated: Collection[Dated], past: Collection[str]) -> Iterator[Slip]:
    """Yield the terms (到2023年底前) that were over when the document was written, or end after its period."""
    floor, last = draft.years.floor, draft.years.last
    for match in _term(draft.lexicon).finditer(draft.text) if floor else ():
        year, section = int(match["year"]), draft.section_at(match.start())
        place = draft.outline.text.offsets[match.start()]
        near = [has for at, other, has in dated if other == year and abs(place - at) < _FAR]
        if section.kind == SectionKind.FRONT or section.number in past:
            continue
        if year < (floor or 0) and not near:
            yield Slip(OVER, *match.span())
        elif last and year > last and match["after"] is None and not any(near):
            yield Slip(BEYOND, *match.span())


@compiled
def _term(lexicon: Lexicon) -> re.Pattern[str]:
    """Match the end of a time by which something is to be done; not what was built before it (2010年前建成的小区)."""
    by_end, has_been = word_of("term-end", lexicon), rf"[^。;\n]{{0,60}}{word_of('has-been', lexicon)}"
    return re.compile(
        rf"(?P<year>20(?<!\d20)\d\d)年(?:\d{{1,2}}月(?:\d{{1,2}}日)?)?(?:{by_end}|(?<=[到至]20\d\d年)[底末](?!前)(?!{has_been})),?"
        rf"(?![^,。;\n]{{0,14}}的(?:[^,。;\n]|$))(?P<after>(?=[^。;\n]{{0,24}}{word_of('looks-back', lexicon)}))?"
    )


def _beyond(draft: Draft, dated: Collection[Dated]) -> Iterator[Slip]:
    """Yield the years by which something is to be done (到2027年,) that lie after the period of the plan.

    Horizons beyond it are the last years of five-year plans (2030年, 2035年), and have their targets.
    """
    last = draft.years.last
    for match in _YEAR_BY.finditer(draft.text) if last else ():
        year = int(match["year"])
        if year <= (last or 0) or not year % _FIVE:
            continue
        place, section = draft.outline.text.offsets[match.start()], draft.section_at(match.start())
        near = any(other == year and has and abs(place - at) < _FAR for at, other, has in dated)
        if not near and section.kind != SectionKind.FRONT:
            yield Slip(BEYOND, *match.span())


def _months(draft: Draft) -> Iterator[Slip]:
    """Yield the terms that were over in the year of the document: 2021年3月底前 in May of 2021."""
    date = draft.about.value("date_issued")
    for match in _month(draft.lexicon).finditer(draft.text) if len(date) > len("2021") else ():
        due = f"{match['y']}-{int(match['m']):02d}"
        front = draft.section_at(match.start()).kind == SectionKind.FRONT
        if due[:4] == date[:4] and due < date[:7] and not front:
            yield Slip(OVER, *match.span())


@compiled
def _month(lexicon: Lexicon) -> re.Pattern[str]:
    by_end, has_been = word_of("term-end", lexicon), rf"[^。;\n]{{0,60}}{word_of('has-been', lexicon)}"
    month = r"(?P<y>20\d\d)年(?P<m>\d{1,2})月(?:\d{1,2}日)?"
    return re.compile(rf"{month}{by_end}(?![^。;\n]{{0,40}}的)(?!{has_been})")


def _in_force(draft: Draft) -> Iterator[Slip]:
    """Yield a day in force that lies before the date of the document, whose year may be all that is known."""
    date = draft.about.value("date_issued")
    for match in _force(draft.lexicon).finditer(draft.text) if date else ():
        begins = "-".join(f"{int(part):02d}" for part in match.group("y", "m", "d") if part)
        if begins[: len(date)] < date[: len(begins)]:
            yield Slip(EARLY, *match.span())


@compiled
def _force(lexicon: Lexicon) -> re.Pattern[str]:
    day = r"自\s?(?P<y>20\d\d)年(?:(?P<m>\d{1,2})月)?(?:(?P<d>\d{1,2})日)?\s?起"
    return re.compile(rf"{day}{word_of('at-first', lexicon)}?{word_of('in-force', lexicon)}")


def _periods(draft: Draft) -> Iterator[Slip]:
    """Yield a period that the text gives the plan (实施期为2024年至2028年) and that is not the one of its title."""
    years = (draft.years.first, draft.years.last)
    said = [*_period(draft.lexicon).finditer(draft.text), *_titled(draft)] if all(years) else []
    for match in _valid_to(draft.lexicon).finditer(draft.text) if years[1] else ():
        if (draft.years.floor or 0) <= int(match["last"]) < (years[1] or 0):
            yield Slip(PERIOD, *match.span())
    yield from (Slip(PERIOD, *match.span()) for match in said if (int(match["first"]), int(match["last"])) != years)


def _titled(draft: Draft) -> Iterator[re.Match[str]]:
    """Yield where the text gives the name of the plan with years, but for one that was over before it."""
    names = {match["name"] for title in draft.about.titles for match in _name_with_years(draft.lexicon).finditer(title)}
    for name in sorted(names):
        for match in re.finditer(rf"(?<![—-]){re.escape(name)}\({_RANGE}\)", draft.text):
            if int(match["last"]) > (draft.years.first or 0):
                yield match


@compiled
def _name_with_years(lexicon: Lexicon) -> re.Pattern[str]:
    """Match the name of a plan in its title, behind the last word that says what is done with it, and its years."""
    before = f"(?:{word_of('subject', lexicon)}|{either_of(lexicon.documents.document_words, 'issues')})"
    begins = rf"(?:{before}(?!.*{before})|《|^(?!.*{before}))"
    return re.compile(rf"{begins}(?P<name>[\u4e00-\u9fff]{{4,40}})》?\({_RANGE}\)")


@compiled
def _valid_to(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(rf"{word_of('valid', lexicon)}[^,。;\d]{{0,4}}[至到](?P<last>20\d\d)年")


@compiled
def _period(lexicon: Lexicon) -> re.Pattern[str]:
    in_years = r"[用以][\d一二两三四五六七八九十]{1,2}年[^,。;\d()]{0,4}\("
    return re.compile(rf"(?:{word_of('period-of-plan', lexicon)}[^,。;\d《]{{0,6}}|{in_years}){_RANGE}")
