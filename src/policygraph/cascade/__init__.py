"""Compare the targets of documents along the chain of documents they carry out (DESIGN section 6).

``align`` is the verb. Its rules:

* Parents are the documents cited as ``basis``; ancestors are their closure. Nearest is by number of steps, then
  the lower level of administration, then the later date. A cycle is a DataError.
* For each indicator, scope ``parent`` compares with the nearest ancestor that states it, scope ``national`` with
  the nearest national one that does.
* Nothing is concluded from a text that is not at hand. A document with neither targets nor headings is no text;
  one without headings, or whose ``review_status`` is ``unchecked`` (compiled without the text), is an excerpt:
  what it lacks is ``no-data``, never ``dropped``.
* ``dropped``: the document has the action and not the target; ``not-covered``: it does not have the action.
* ``added``: no ancestor at hand states the indicator (or: this is a milestone before the ancestor's first).

How two statements compare is in :mod:`compare`, which milestones meet is in :mod:`milestones`.
"""

from policygraph.cascade.align import align
from policygraph.cascade.units import Unit, load_units

__all__ = ["Unit", "align", "load_units"]
