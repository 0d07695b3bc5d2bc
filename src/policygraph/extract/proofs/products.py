"""Find totals that are not so many times so much: 6期,每期30人,全年240人; 8个镇每镇建2处,共建20处."""

from __future__ import annotations

import re
from decimal import Decimal

from policygraph.extract.proofs.rates import times_a_year
from policygraph.extract.proofs.slip import Slip
from policygraph.extract.proofs.tables import SUM
from policygraph.knowledge import compiled
from policygraph.lexicon import Lexicon
from policygraph.messages import message
from policygraph.patterns import either, word_of

_MYRIAD = 10_000
_FAR = 4  # times by which a total may be wrong and still be meant as one
_NUMBER = r"\d+(?:\.\d+)?"


def multiplied(sentence: str, lexicon: Lexicon) -> Slip | None:
    """Return the slip of a total that is not so many times what each has; a sentence has its numerals as figures."""
    for pattern in _patterns(lexicon):
        for said in pattern.finditer(sentence):
            times = said["times"] or times_a_year(lexicon)[said["when"]]
            right = Decimal(times) * _value(said, "each")
            total = _value(said, "total")
            if right != total and right <= _FAR * total and total <= _FAR * right:
                shown = right / (_MYRIAD if said["total_in"] else 1)
                return Slip(SUM, *said.span(), message("extract.adds-up-to", sum=f"{shown.normalize():f}"))
    return None


def _value(said: re.Match[str], name: str) -> Decimal:
    return Decimal(said[name]) * (_MYRIAD if said[f"{name}_in"] else 1)


@compiled
def _patterns(lexicon: Lexicon) -> tuple[re.Pattern[str], ...]:
    """Match 6期,每期30人,全年240人, then 每镇建2处,8个镇共建16处, then 每月2次,全年24次."""
    unit = rf"(?P<unit>{either(form for form in lexicon.quantities.units if form.isalpha() and form[0] not in '万亿')})"
    in_all, gap, small = word_of("in-whole", lexicon), r"[^,。;\d]", r"[^,。;、\d每]"
    floor = rf"{small}{{0,8}}?"
    each = rf"(?P<each>{_NUMBER})(?P<each_in>万)?{unit}"
    total = rf"{in_all}{gap}{{0,10}}?(?P<total>{_NUMBER})(?P<total_in>万)?(?P=unit)(?!/)"
    times, thing = r"(?<![\d.])(?P<times>\d{1,3})(?P<when>)", r"(?P<thing>个?[\u4e00-\u9fff]{1,3}?)"
    apiece, of_year = "(?:每|各)", word_of("in-a-year", lexicon)
    when = rf"(?P<times>)每[个]?(?P<when>{either(times_a_year(lexicon))})"
    return (
        re.compile(
            rf"{times}{thing}{small}{{0,6}}?,?{apiece}(?P=thing){floor}{each}[^。;\d]{{0,14}},{gap}{{0,6}}?{total}"
        ),
        re.compile(
            rf"(?P<when>){apiece}{thing}{floor}{each}{small}{{0,10}},(?P<times>\d{{1,3}})(?P=thing){gap}{{0,4}}?{total}"
        ),
        re.compile(rf"{when}{floor}{each}{small}{{0,10}},{of_year}{total.removeprefix(in_all)}"),
    )
