"""Damage documents and tables: the same number gives the same mutant, whatever came before it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from policygraph import assets

SEED = 20261130
KINDS = ("text", "html", "docx", "pdf", "tables")
_MOST = 512 * 1024  # bytes of a mutant: what is longer only takes longer
_ROOT = Path(__file__).resolve().parent.parent
# What has a meaning to some reader, or broke one elsewhere.
_TOKENS = (
    *("一、", "（一）", "1．", "第三章", "附件", "》", "《", "〔2019〕", "（", "）", "：", "；", "、", "。", "“", "|"),
    *("牵头", "负责", "卫生健康委", "市人民政府", "各县区", "到2022年", "2030年", "分别达到", "30%", "百分之"),
    *("万分之三", "以上", "９９９９９９９９９９９", "零", "亿", "1e999", "-", "Ⅳ", "②", "\u3000", "\ufeff", "\u200b"),
    *("\u202e", "\x00", "\t", "\x85", "\r", "\n", "\r\n", "\n\n", "\U0001f600", "\ud7ff", "é", "𠮷", "&#0;", "&amp;"),
    *("<!--", "]]>", "<table>", "</table>", "<tr><td>", "</td>", "<p", "<script>", 'colspan="99999"', 'rowspan="0"'),
    *("xml:space", "endobj", "stream", "/Length 9999999999", "%%EOF", "w:val", "reviewed", "disputed", "#NAME?"),
    *("=1+1", "2020-13-45", "9" * 40, "/", "..", "\ufffd"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """A damaged input: a file, or the files of a folder of tables."""

    kind: str
    files: dict[str, bytes]


def mutant(number: int, seed: int = SEED) -> Mutant:
    """Return the mutant of a number; the kinds take turns."""
    kind = KINDS[number % len(KINDS)]
    chance = Random(f"{seed} {number}")
    return Mutant(kind, _MAKERS[kind](chance))


def _document(kind: str, change: Callable[[bytes, Random], bytes]) -> Callable[[Random], dict[str, bytes]]:
    def make(chance: Random) -> dict[str, bytes]:
        content = chance.choice(_documents(kind))
        return {f"mutant.{'txt' if kind == 'text' else kind}": change(content, chance)[:_MOST]}

    return make


@cache
def _documents(kind: str) -> Sequence[bytes]:
    suffix = "txt" if kind == "text" else kind
    found = sorted(
        {*assets.path("data", "examples").glob(f"*.{suffix}"), *(_ROOT / "tests/variants").glob(f"*.{suffix}")}
    )
    assert found, kind
    return [path.read_bytes() for path in found]


def _of_text(content: bytes, chance: Random) -> bytes:
    """Change signs, lines and words; at times bytes, and at times the encoding."""
    text = content.decode("utf-8")
    for _ in range(1 + int(chance.expovariate(0.2))):
        text = chance.choice(_TEXT)(text, chance)
    coding = chance.choices(("utf-8", "gb18030", "utf-16", "big5"), (8, 2, 1, 1))[0]
    made = text.encode(coding, "replace")
    return _of_bytes(made, chance) if chance.random() < 0.2 else made


def _of_bytes(content: bytes, chance: Random) -> bytes:
    """Change some bytes anywhere."""
    made = bytearray(content)
    for _ in range(1 + int(chance.expovariate(0.3))):
        start, length = _span(len(made), chance)
        how = chance.randrange(5)
        if how == 0 and made:
            made[start % len(made)] = chance.randrange(256)
        elif how == 1:
            del made[start : start + length]
        elif how == 2:
            made[start:start] = made[start : start + length]
        elif how == 3:
            made[start:start] = chance.choice(_TOKENS).encode("utf-8", "replace")
        elif chance.random() < 0.2:
            del made[start:]
    return bytes(made)


def _of_package(content: bytes, chance: Random) -> bytes:
    """Change what lies in the zip of a Word document; at times the zip itself."""
    if chance.random() < 0.15:
        return _of_bytes(content, chance)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        members = {name: package.read(name) for name in package.namelist()}
    if chance.random() < 0.1:
        del members[chance.choice(sorted(members))]
    for name in chance.sample(sorted(members), min(len(members), 1 + chance.randrange(2))):
        name = "word/document.xml" if chance.random() < 0.6 and "word/document.xml" in members else name
        members[name] = _of_markup(members[name], chance)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, inside in members.items():
            package.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), inside)
    return made.getvalue()


def _of_markup(content: bytes, chance: Random) -> bytes:
    """Change elements, so that what comes of it is often well formed; else bytes."""
    if chance.random() < 0.3:
        return _of_bytes(content, chance)
    parts = content.decode("utf-8", "replace").replace(">", ">\0").replace("<", "\0<").split("\0")
    for _ in range(1 + int(chance.expovariate(0.3))):
        at, other = chance.randrange(len(parts)), chance.randrange(len(parts))
        how = chance.randrange(5)
        if how == 0:
            parts[at], parts[other] = parts[other], parts[at]
        elif how == 1:
            parts[at] = ""
        elif how == 2:
            start, end = sorted((at, other))
            parts[at:at] = parts[start : min(end, start + 60)]
        elif how == 3:
            parts[at] = parts[at].replace(chance.choice(("1", "0", "2", '"', "w:")), chance.choice(_TOKENS))
        elif not parts[at].startswith("<"):
            parts[at] = chance.choice(_TEXT)(parts[at], chance)
    return "".join(parts).encode("utf-8", "replace")


def _span(size: int, chance: Random) -> tuple[int, int]:
    return chance.randrange(size + 1), min(1 + int(chance.expovariate(0.03)), 2000)


def _cut(text: str, chance: Random) -> str:
    start, length = _span(len(text), chance)
    return text[:start] + text[start + length :]


def _doubled(text: str, chance: Random) -> str:
    start, length = _span(len(text), chance)
    return text[: start + length] + text[start:]


def _with_word(text: str, chance: Random) -> str:
    start, _ = _span(len(text), chance)
    return text[:start] + chance.choice(_TOKENS) * chance.choice((1, 1, 1, 2, 50)) + text[start:]


def _moved(text: str, chance: Random) -> str:
    lines = text.splitlines(keepends=True) or [""]
    line = lines.pop(chance.randrange(len(lines)))
    lines.insert(chance.randrange(len(lines) + 1), line)
    return "".join(lines)


def _joined(text: str, chance: Random) -> str:
    """Take line breaks away, as copying from a page does."""
    share = chance.choice((0.05, 0.5, 1.0))
    return "".join("" if sign == "\n" and chance.random() < share else sign for sign in text)


def _swapped(text: str, chance: Random) -> str:
    """Put one word of the text in the place of all others of its kind."""
    old, new = chance.choice(("。", "，", "、", "（", "）", "年", "%", "市", "\n")), chance.choice(_TOKENS)
    return text.replace(old, new, chance.choice((1, 3, 400)))


def _ended(text: str, chance: Random) -> str:
    return text[: _span(len(text), chance)[0]] if chance.random() < 0.3 else text


_TEXT = (_cut, _doubled, _with_word, _with_word, _moved, _joined, _swapped, _ended)


def _tables(chance: Random) -> dict[str, bytes]:
    """Change cells, rows and columns of the tables of a plan; at times their bytes."""
    files = dict(chance.choice(_plans()))
    for name in chance.sample(sorted(files), chance.choice((1, 1, 2))):
        files[name] = _of_table(files[name], chance)
    return files


@cache
def _plans() -> Sequence[dict[str, bytes]]:
    folders = [assets.path("data", "plans", name) for name in ("dalian-2021", "xiangfu-2020", "guofa-2019-13")]
    return [{path.name: path.read_bytes() for path in sorted(each.glob("*.tsv"))} for each in folders]


def _of_table(content: bytes, chance: Random) -> bytes:
    if chance.random() < 0.15:
        return _of_bytes(content, chance)
    rows = [line.split("\t") for line in content.decode("utf-8").split("\n")]
    for _ in range(1 + int(chance.expovariate(1.0))):
        row = chance.choice(rows)
        at = chance.randrange(len(row))
        how = chance.randrange(6)
        if how == 0:
            row[at] = chance.choice(chance.choice(rows))
        elif how == 1:
            row[at] = chance.choice(_TOKENS)
        elif how == 2:
            row[at] = chance.choice(_TEXT)(row[at], chance)
        elif how == 3:
            rows.insert(chance.randrange(1, len(rows) + 1), list(row))
        elif how == 4 and len(rows) > 1:
            rows.remove(row)
        else:
            row.insert(at, "") if chance.random() < 0.5 else row.pop(at)
            row or row.append("")
    return "\n".join("\t".join(row) for row in rows).encode("utf-8", "replace")


_MAKERS: dict[str, Callable[[Random], dict[str, bytes]]] = {
    "text": _document("text", _of_text),
    "html": _document("html", _of_markup),
    "docx": _document("docx", _of_package),
    "pdf": _document("pdf", _of_bytes),
    "tables": _tables,
}
