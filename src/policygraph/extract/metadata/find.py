"""Find what a document says about itself: title, number, issuer, dates, addressee."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise, zip_longest

from policygraph.extract.grammar.document_numbers import COUNT, MISWRITTEN, NUMBER, REGISTERED, tidy_number
from policygraph.extract.grammar.evidence import evidence
from policygraph.extract.metadata.dates import find_date
from policygraph.extract.metadata.front import DATE, FieldValue, PageLine, addresses, bodies, iso_date, page_of
from policygraph.extract.metadata.region_hints import addressing_word, named_places, names_a_place, own_word
from policygraph.extract.metadata.signatures import find_issuer, joint
from policygraph.extract.metadata.titles import announced, find_title, is_title, of_site_row
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.messages import message
from policygraph.model import Evidence, MetadataRow, Outline
from policygraph.patterns import in_order, word_of
from policygraph.terms import SectionKind

FIELDS = (
    "title",
    "number",
    "issuer",
    "date_issued",
    "date_published",
    "region",
    "level",
    "addressee",
    "status",
    "index_number",
)
_LONGEST_ADDRESSEE = 300  # characters
_LONGEST_LINE = 400  # characters of a line that may hold labels
_VALUE = {"date_issued": DATE, "date_sent": DATE, "date_published": DATE, "number": NUMBER}
_LONGEST_SITE_LINE = 60  # characters of a line with the name of a page, its date and hour, and no label
_TOP = 8  # lines of a page in which a site sets its date
_SITE_DATE = re.compile(r"(20\d\d[-/]\d{1,2}[-/]\d{1,2})(?:\s{1,3}\d{1,2}:\d\d(?::\d\d)?)?(?=\s|$)")
_SITE_TIME = re.compile(r"20\d\d-\d\d-\d\d(?=\s?\d{1,2}:\d\d)")  # 来源:某局2023-04-2817:16浏览量:…
_ORDER, _ORDER_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,20}令"), re.compile(rf"第\s?{COUNT}\s?号")
_NUMBER_BEHIND = re.compile(rf"(?:\(\s?|(?<=\s))({NUMBER.pattern})(?:\s?\))?$")
_GOES_ON = re.compile(r"[^。:《|\d]*[、,][^。:《|\d]*")  # 各省发展改革委、能源局,国家电网有限
_MOST_LINES = 12  # of an addressee that a page broke
_ONLY_NUMBER = re.compile(rf"[\s|]*({NUMBER.pattern})[\s|]*")
_DATES = ("date_issued", "date_sent", "date_published")
_AROUND_VALUE = " :;,.|[]【】-—\"'"
_BEHIND_VALUE = f"{_AROUND_VALUE}-–—*"  # lists of a converted page: 某市人民政府 -
_TWICE = re.compile(r"(.+?)[\s*|]{1,3}\1")  # 有效*有效
_SHORTEST_GLUED = 4  # characters of a label that a page glues to the value before it: 成文日期, not 日期
_CODE = re.compile(r"[\w/—-]*\d[\w/—-]*", re.ASCII)
_EXPECTED = {  # every document has them: where they are not found, the text may still say them
    "title": (Decimal("0.5"), message("extract.no-title")),
    "issuer": (Decimal("0.5"), message("extract.no-issuer")),
    "date_issued": (Decimal("0.8"), message("extract.no-date")),
}
_EMPTY = (Decimal("0.9"), "")


@dataclass(frozen=True, slots=True)
class About:
    """What a document says about itself.

    ``rows`` has one for each field of FIELDS, ``titles`` are its own and those of what stands in it, and its number,
    which are no citations, ``signed`` is the year of the date under the text.
    """

    rows: tuple[MetadataRow, ...]
    titles: tuple[str, ...]
    signed: int | None

    def value(self, field: str) -> str:
        """Return the value of a field, ``""`` where it is not known."""
        return next((row.value for row in self.rows if row.field == field), "")


def find_metadata(doc: str, outline: Outline, lexicon: Lexicon) -> About:
    """Return what a document says about itself; a field is empty where the page does not say.

    ``region`` and ``level`` are no more than hints, for where title, issuer and number name no place: the places that
    the text names most (joined by a bar), and the word by which it calls its own region: 市 of 市政府各部门 in the
    addressee, 县 of 我县.
    """
    page = page_of(outline, lexicon)
    front = page.front
    dated = find_date(page, lexicon)
    found: dict[str, FieldValue | None] = dict(_labelled(front, lexicon))
    row = of_site_row(front, lexicon) or (None, None)
    publisher = found.pop("publisher", None) or row[1]
    title = found["title"] = _whole_title(found.get("title"), front, lexicon) or row[0] or _of_annex(outline, lexicon)
    found.setdefault("number", _number(front, title, lexicon))
    found.setdefault("addressee", _addressee(front, lexicon))
    sent = found.pop("date_sent", None)  # the day on which a page says that it was sent out: who signs dates it before
    found.setdefault("date_issued", dated if dated and dated.rule.startswith("signature-date") else sent or dated)
    below = _below_labels(found)
    published = _published([line for line in front if line.start not in below] if below else front, lexicon)
    signed_then = bool(published and dated and published.start == dated.start)
    found.setdefault("date_published", None if signed_then else published)
    labelled = found.pop("issuer", None)
    if labelled and not names_a_place(labelled.value, lexicon):  # 发文机关:地区行署
        publisher = labelled
    elif labelled:
        found["issuer"] = replace(labelled, value=joint(labelled.value, lexicon))
    found.setdefault("issuer", find_issuer(title, publisher, page, lexicon))
    if not title or not found["issuer"]:
        found |= _announced(front, title, found["issuer"], lexicon)
    rows = tuple(_row(doc, name, found.get(name), outline) for name in FIELDS if name not in ("region", "level"))
    addressee = found["addressee"]
    word = addressing_word(addressee.value) if addressee else ""
    hints = _hints(doc, outline, [value.value for value in (found["title"], found["issuer"]) if value], word, lexicon)
    signed = int(dated.value[:4]) if dated and dated.value else None
    own = _own_titles(found["title"], front, outline, lexicon)
    number = found["number"]
    return About((*rows[:5], *hints, *rows[5:]), (*own, number.value) if number else own, signed)


def _below_labels(found: Mapping[str, FieldValue | None]) -> set[int]:
    """Return where the lines begin that give a date below its label: the site did not set it."""
    dates = [found.get(name) for name in _DATES]
    return {each.start for each in dates if each and each.rule == "label-above"}


def _whole_title(labelled: FieldValue | None, front: Sequence[PageLine], lexicon: Lexicon) -> FieldValue | None:
    """Return the title, that of the head's table where it is whole; one that its cell cut is printed below again."""
    if labelled and is_title(labelled.value, lexicon):
        return labelled
    printed = find_title(front, lexicon)
    return printed if printed and (not labelled or labelled.value in printed.value) else labelled


def _of_annex(outline: Outline, lexicon: Lexicon) -> FieldValue | None:
    """Return the title of a text that begins with the label of an annex: nothing of its notice is at hand."""
    first = outline.sections[1] if len(outline.sections) > 1 else None
    if not first or first.kind != SectionKind.ANNEX or outline.text.text[: first.head.start].strip():
        return None
    at = outline.text.text.find(first.heading, first.head.start, first.head.end)
    named = at >= 0 and is_title(first.heading, lexicon)
    return FieldValue(first.heading, at, at + len(first.heading), "title-line:annex") if named else None


def _own_titles(
    title: FieldValue | None, front: Sequence[PageLine], outline: Outline, lexicon: Lexicon
) -> tuple[str, ...]:
    lines = [line.text for line in front if is_title(line.text, lexicon)]
    annexes = [section.heading for section in outline.sections if section.kind == "annex"]
    return (*([title.value] if title and title.value else []), *lines, *annexes)


def _announced(
    front: Sequence[PageLine], title: FieldValue | None, issuer: FieldValue | None, lexicon: Lexicon
) -> dict[str, FieldValue | None]:
    """Return title and issuer of the document that a page announces, where it does not say them otherwise."""
    found = announced(front, lexicon)
    if not found or (title and title.value != found[0].value):
        return {}
    who = replace(found[1], value=joint(found[1].value, lexicon)) if found[1] else None
    return {"title": title or found[0], "issuer": issuer or who}


def _hints(doc: str, outline: Outline, names: list[str], word: str, lexicon: Lexicon) -> Iterator[MetadataRow]:
    """Yield the rows of region and level, as the addressee (``word``) or else the text hints at them."""
    placed = any(names_a_place(name, lexicon) for name in names)
    text = "" if placed else outline.text.text
    word = "" if placed else word or own_word(text)
    for name, value, rule in (
        ("region", "|".join(named_places(text, word, lexicon)), "named-places"),
        ("level", word, "own-word"),
    ):
        yield MetadataRow(doc, name, value, evidence=Evidence(rule=rule if value else ""))


def _row(doc: str, name: str, found: FieldValue | None, outline: Outline) -> MetadataRow:
    if found is None or not found.value:
        confidence, note = _EXPECTED.get(name, _EMPTY)
        return MetadataRow(doc, name, "", evidence=Evidence(confidence=confidence, note=note))
    proof = evidence(outline.text, found.start, found.end, note=found.note, rule=found.rule)
    return MetadataRow(doc, name, found.value, evidence=proof)


def _labelled(front: Sequence[PageLine], lexicon: Lexicon) -> dict[str, FieldValue]:
    """Read the table at a page's head: «发文字号 示政发〔2021〕7号», «公开日期:2022-01-05»; a value may stand below."""
    found: dict[str, FieldValue] = {}
    for line, below in zip_longest(front, front[1:]):
        spots = _labels(line.text, lexicon) if len(line.text) <= _LONGEST_LINE else []
        ends = [*(start for _, start, _ in spots[1:]), len(line.text)] if spots else []
        for (name, _, left), right in zip(spots, ends, strict=True):
            value = _value(name, line, left, right, lexicon)
            if not value and below and not line.text[left:].strip(_AROUND_VALUE) and not _labels(below.text, lexicon):
                value = _value(name, below, 0, len(below.text), lexicon) if _fits(name, below.text, lexicon) else None
                value = replace(value, rule="label-above") if value else None
            if value and name != "other" and name not in found:
                found[name] = value
            behind = _number_behind(line, left, right) if name in _DATES and value else None
            if behind:
                found.setdefault("number", behind)
        found = _in_columns(line, below, lexicon) | found if below and "|" in below.text else found
    return found


def _in_columns(head: PageLine, row: PageLine, lexicon: Lexicon) -> dict[str, FieldValue]:
    """Return what a row gives below one of nothing but labels: 发文机关 | 成文日期, 示范市人民政府 | 2021-04-06."""
    fields, words = _label_fields(lexicon), ["".join(cell.split()) for cell in head.text.split("|")]
    ends = [at for at, sign in enumerate(row.text) if sign == "|"]
    cells = list(pairwise([-1, *ends, len(row.text)]))
    if len(cells) != len(words) or not all(word in fields for word in words if word) or not any(words):
        return {}
    given = (
        (fields[word], _value(fields[word], row, left + 1, right, lexicon))
        for word, (left, right) in zip(words, cells, strict=True)
        if word
    )
    return {name: value for name, value in given if value and name != "other"}


def _number_behind(line: PageLine, left: int, right: int) -> FieldValue | None:
    """Return the number that stands behind a date without a label: 发布日期:2025-04-23  示发改〔2025〕61号."""
    date = DATE.search(line.text, left, right)
    number = _ONLY_NUMBER.fullmatch(line.text, date.end(), right) if date else None
    if not number:
        return None
    start = line.start + number.start(1)
    return FieldValue(tidy_number(number[1]), start, start + len(number[1]), "number-line")


def _value(name: str, line: PageLine, left: int, right: int, lexicon: Lexicon) -> FieldValue | None:
    """Return the value that a stretch of a line gives to a field, None where it gives none."""
    raw = line.text[left:right].strip(_AROUND_VALUE).partition("|")[0]
    raw = raw.rstrip(_BEHIND_VALUE) if raw[-1:] in _BEHIND_VALUE else raw
    pattern = _VALUE.get(name)
    match = pattern.search(raw) if pattern else None
    twice = _TWICE.fullmatch(raw) if name == "status" else None
    value = (match[0] if match else "") if pattern else twice[1] if twice else raw
    if not value or (name == "status" and not _status(lexicon).fullmatch(value)):  # 政策是否有效未知,请慎用
        return None
    at = line.start + line.text.index(value, left)
    return FieldValue(_typed(name, value), at, at + len(value), "label-line")


def _fits(name: str, text: str, lexicon: Lexicon) -> bool:
    """Say whether a line below an empty label may be its value: a date, a number, a code, a title, a body, 有效."""
    if name in ("issuer", "publisher"):
        return text.endswith(bodies(lexicon)) and names_a_place(text, lexicon)
    if name == "title":
        return is_title(text, lexicon)
    if name == "addressee":
        return addresses(text.rstrip(":"), lexicon)
    known = {"index_number": _CODE, "status": _status(lexicon)}.get(name)
    return name in _VALUE or (known is not None and known.fullmatch(text) is not None)


def _labels(line: str, lexicon: Lexicon) -> list[tuple[str, int, int]]:
    """Return (field, start, end) of the labels of a line; letters may be spread (索  引  号).

    Behind one that stands by itself others may be glued to a value: 发文机关:示范市人民政府成文日期:2022-01-05.
    """
    fields, (alone, glued) = _label_fields(lexicon), _label_patterns(lexicon)
    found = [(fields["".join(m[1].split())], m.start(), m.end()) for m in alone.finditer(line)]
    if not found or line.count(":") <= len(found):
        return found
    taken = [start for _, start, _ in found]
    more = [(fields[m[0][:-1].strip()], m.start(), m.end()) for m in glued.finditer(line, found[0][2])]
    return sorted([*found, *(each for each in more if not any(each[1] <= at < each[2] for at in taken))], key=_place)


def _place(found: tuple[str, int, int]) -> int:
    return found[1]


@compiled
def _status(lexicon: Lexicon) -> re.Pattern[str]:
    """Match what a page says of the force of a document: 现行有效, 已废止, 部分失效, 是."""
    return re.compile(rf"[^,。;:?!\s]{{0,8}}(?:{word_of('status', lexicon)}|[是否])[^,。;:?!\s]{{0,4}}")


@compiled
def _label_fields(lexicon: Lexicon) -> dict[str, str]:
    return {"".join(label.split()): name for label, name in lexicon.documents.metadata_labels.items()}


@compiled
def _label_patterns(lexicon: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Match labels that stand by themselves, and long ones before a colon wherever they stand."""
    spread = (
        r"\s{0,12}".join(map(re.escape, label))
        for label in sorted(lexicon.documents.metadata_labels, key=len, reverse=True)
    )
    begin, close, end = (
        r"(?:^|(?<=[\s|【:_]))[\[【_]?\s{0,3}",  # 来源:发布日期:… where the source is left out
        r"\s{0,3}[\]】]?",
        r"(?:\s{0,6}[:|]\s{0,6}|\s{1,6}|(?<=[\]】])|$)",
    )
    labels = sorted(lexicon.documents.metadata_labels, key=len, reverse=True)
    long = in_order(re.escape(label) for label in labels if len(label) >= _SHORTEST_GLUED)
    return re.compile(rf"{begin}({in_order(spread)}){close}{end}"), re.compile(rf"(?:{long})\s{{0,3}}:")


def _typed(name: str, value: str) -> str:
    if name.startswith("date"):
        return iso_date(value)
    return tidy_number(value) if name == "number" else re.sub(r"\s+", " ", value)


def _number(front: Sequence[PageLine], title: FieldValue | None, lexicon: Lexicon) -> FieldValue | None:
    """Return a number that stands on a line of its own, or beside the title; in brackets, or with who signs behind.

    That of an order may stand below (示范市人民政府令 / 第12号).

    A page without one may give the number under which the document is registered, or one that is not written as
    numbers are, which is kept as it is.
    """
    for line in front:
        for match in filter(None, (NUMBER.match(line.text), _NUMBER_BEHIND.search(line.text))):
            rest = f"{line.text[: match.start()]}{line.text[match.end() :]}".strip()
            if (
                not rest
                or (title and (title.value in line.text or title.value.endswith(rest)))
                or _labels(rest, lexicon)
            ):
                start = line.start + match.start(match.lastindex or 0)
                number = match[match.lastindex or 0]
                return FieldValue(tidy_number(number), start, start + len(number), "number-line")
    for line, below in pairwise(front):
        if _ORDER.fullmatch(line.text) and _ORDER_NUMBER.fullmatch(below.text):
            return FieldValue(tidy_number(f"{line.text}{below.text}"), line.start, below.end, "number-over-lines")
    others = ((REGISTERED, "registered-number"), (MISWRITTEN, "number-line:miswritten"))
    for form, rule in others:
        for line in front:
            if form.fullmatch(line.text):
                return FieldValue(line.text, line.start, line.end, rule)
    return None


def _published(front: Sequence[PageLine], lexicon: Lexicon) -> FieldValue | None:
    """Return the date at the top of a page, in figures with strokes, as sites set it.

    It opens a line, or has the time of day behind it (示范人才2023-01-2818:31发表于某地), beside a label in a long line
    too (来源:某局2023-04-2817:16); beside a label it may be in words.
    """
    for line in front[:_TOP]:
        match = _SITE_DATE.match(line.text)
        if match:
            return FieldValue(iso_date(match[1]), line.start, line.start + match.end(1), "site-date")
        timed = _SITE_TIME.search(line.text, 0, _LONGEST_SITE_LINE) if "。" not in line.text else None
        if timed and len(line.text) <= _LONGEST_SITE_LINE and not _labels(line.text, lexicon):
            return FieldValue(timed[0], line.start + timed.start(), line.start + timed.end(), "site-date:in-line")
        beside = _SITE_TIME.search(line.text) or DATE.match(line.text) if len(line.text) <= _LONGEST_LINE else None
        if beside and (_labels(line.text, lexicon) or _labels(line.text[beside.end() :], lexicon)):
            return FieldValue(
                iso_date(beside[0]), line.start + beside.start(), line.start + beside.end(), "site-date:beside-label"
            )
    return None


def _whole(front: Sequence[PageLine]) -> Iterator[PageLine]:
    """Yield the lines that end in a colon, and those that go on in such a one: 各省发展改革委,某某设计 / 研究院:."""
    for at, line in enumerate(front):
        if line.text.endswith(":"):
            yield line
        elif _GOES_ON.fullmatch(line.text):
            yield from _going_on(front[at : at + _MOST_LINES])


def _going_on(lines: Sequence[PageLine]) -> Iterator[PageLine]:
    whole = lines[0]
    for line in lines[1:]:
        gap = "\n" * (line.start - whole.start - len(whole.text))
        whole = PageLine(f"{whole.text}{gap}{line.text}", whole.start, line.end)
        if whole.text.endswith(":"):
            yield whole
        if len(whole.text) >= _LONGEST_ADDRESSEE or not _GOES_ON.fullmatch(whole.text):
            return


def _addressee(front: Sequence[PageLine], lexicon: Lexicon) -> FieldValue | None:
    """Return the line, or its last cell, that ends in a colon and names bodies (主送机关)."""
    for line in _whole(front):
        bare = line.text[line.text.rfind("|") + 1 :].strip()
        value = bare[:-1].replace("\n", "")
        if len(bare) < _LONGEST_ADDRESSEE and addresses(value, lexicon):
            start = line.start + line.text.rindex(bare)
            return FieldValue(value, start, start + len(bare) - 1, "addressee-line")
    return None
