"""Cut a text at its numbered headings: ``segment(text, lexicon) -> Outline``. Knows numbering, not policy."""

from policygraph.segment.outline import segment
from policygraph.segment.unnumbered import unnumbered_headings

__all__ = ["segment", "unnumbered_headings"]
