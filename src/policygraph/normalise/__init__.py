"""Make characters, scripts and lines uniform: ``normalise(source, lexicon) -> Text``. Knows nothing of clauses."""

from policygraph.normalise.text import is_traditional, normalise

__all__ = ["is_traditional", "normalise"]
