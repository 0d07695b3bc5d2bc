"""Cut a text at its numbered headings: ``segment(text, lexicon) -> Outline``. Knows numbering, not policy."""

from policygraph.segment.outline import segment

__all__ = ["segment"]
