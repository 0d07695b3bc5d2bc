"""Measure how reading a file of each kind grows with its size: four sizes, each twice the one before.

Run ``python benchmarks/growth.py``. Times are processor times of this process, the best of three rounds; the ratio of
each time to the one before is about 2 where work grows with the length of the file, 4 where it grows with its square.
What happens inside libxml2, trafilatura and PDFium cannot be counted in steps; patterns are, in tests/test_growth.py.
The files are made by the helpers of the tests.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from tiny_files import ofd, paragraph, pdf, run, word

from policygraph.read import read

ROUNDS = 3
SENTENCE = "到2030年，健康生活方式基本普及，居民健康素养水平大幅提升。"


def _page(body: str) -> bytes:
    return f"<html><body><p>{SENTENCE * 9}</p>{body}</body></html>".encode()


def _html_cells(size: int) -> bytes:
    row = "".join(f"<td>{SENTENCE[:9]}{n}</td>" for n in range(10))
    return _page(f"<table>{f'<tr>{row}</tr>' * (size // 10)}</table>")


def _html_paragraphs(size: int) -> bytes:
    return _page("".join(f"<p>{n}. {SENTENCE}</p>" for n in range(size)))


def _word_paragraphs(size: int) -> bytes:
    return word("".join(paragraph(f"{n}. {SENTENCE}") for n in range(size)))


def _word_runs(size: int) -> bytes:
    return word(f"<w:p>{''.join(run(f'{n}{SENTENCE}') for n in range(size))}</w:p>")


def _word_cells(size: int) -> bytes:
    row = "".join(f"<w:tc>{paragraph(f'{SENTENCE[:9]}{n}')}</w:tc>" for n in range(10))
    return word(f"<w:tbl>{f'<w:tr>{row}</w:tr>' * (size // 10)}</w:tbl>")


def _word_spans(size: int) -> bytes:
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="99999"/></w:tcPr>{paragraph("1")}</w:tc>'
    return word(f"<w:tbl>{f'<w:tr>{wide * 10}</w:tr>' * (size // 10)}</w:tbl>")


def _pdf_pages(size: int) -> bytes:
    return pdf(
        [[(80, 80 + 24 * line, 16, f"{page}.{line}{SENTENCE[:22]}") for line in range(28)] for page in range(size)]
    )


def _pdf_cells(size: int) -> bytes:
    """One page with a table of so many rows."""
    step = 700 / size
    level = "".join(f"80 {742 - at * step} m 400 {742 - at * step} l S\n" for at in range(size + 1))
    upright = "".join(f"{x} 42 m {x} 742 l S\n" for x in (80, 240, 400))
    cells = [(x + 4.0, 100 + at * step, step * 0.8, str(at)) for at in range(size) for x in (80, 240)]
    return pdf([cells], level + upright)


def _pdf_boxes(size: int) -> bytes:
    """One page with so many small boxes, each a drawing of its own, and as many words in each as fit."""
    places = [(40 + 26 * (at % 20), 40 + 26 * (at // 20)) for at in range(size)]
    boxes = "".join(
        f"{x} {842 - y - 20} 20 20 re S\n{x + 10} {842 - y - 20} m {x + 10} {842 - y} l S\n" for x, y in places
    )
    return pdf([[(x + 2.0, y + 2.0, 3, SENTENCE[:6]) for x, y in places]], boxes)


KINDS: dict[str, tuple[str, int, Callable[[int], bytes]]] = {
    "txt, one line": ("a.txt", 50_000, lambda size: ("年" * size).encode()),
    "txt, lines": ("a.txt", 5_000, lambda size: (SENTENCE + "\n").encode() * size),
    "txt, rows with tabs": ("a.txt", 5_000, lambda size: "指标\t单位\t2025年\n".encode() * size),
    "txt, GB 18030": ("a.txt", 2_000, lambda size: (SENTENCE + "\n").encode("gb18030") * size),
    "html, paragraphs": ("a.html", 1_000, _html_paragraphs),
    "html, one paragraph": ("a.html", 1_000, lambda size: _page(f"<p>{SENTENCE * size}</p>")),
    "html, one word": ("a.html", 20_000, lambda size: _page(f"<p>{'年' * size}</p>")),
    "html, spans": ("a.html", 1_000, lambda size: _page(f"<p>{f'<span>{SENTENCE}</span>' * size}</p>")),
    "html, cells": ("a.html", 5_000, _html_cells),
    "docx, paragraphs": ("a.docx", 1_000, _word_paragraphs),
    "docx, runs of one paragraph": ("a.docx", 2_000, _word_runs),
    "docx, cells": ("a.docx", 2_000, _word_cells),
    "docx, cells that span 99,999 columns": ("a.docx", 1_000, _word_spans),
    "pdf, pages": ("a.pdf", 5, _pdf_pages),
    "pdf, rows of a table on one page": ("a.pdf", 20, _pdf_cells),
    "pdf, boxes on one page": ("a.pdf", 10, _pdf_boxes),
    "ofd, lines": ("a.ofd", 100, lambda size: ofd([(40, 40 + 6 * at, 5, SENTENCE) for at in range(size)])),
}


def _seconds(path: Path) -> float:
    best = float("inf")
    for _ in range(ROUNDS):
        begun = time.process_time()
        read(path)
        best = min(best, time.process_time() - begun)
    return best


def main() -> None:
    """Print a row for each kind of file."""
    print(f"{'kind':38}{'smallest':>10}{'seconds, and how many times the one before':>50}")
    with tempfile.TemporaryDirectory() as folder:
        for kind, (name, size, content) in KINDS.items():
            path = Path(folder) / name
            told, before = "", 0.0
            for doubled in range(4):
                path.write_bytes(content(size << doubled))
                seconds = _seconds(path)
                told += f"{seconds:8.3f}" + (f" ({seconds / before:.1f})" if before else "      ")
                before = seconds
            print(f"{kind:38}{size:10,}{told}", flush=True)


if __name__ == "__main__":
    main()
