"""Spread the work on many documents: here one after the other, over processes, or over a cluster.

What is done to a document is the same function everywhere: a :class:`Job` goes to each process once, makes itself ready
there, and does one task after the other. What comes of it is handed on in the order of the tasks, whoever did them.
"""

from policygraph.pipeline.spread.hands import HERE as HERE
from policygraph.pipeline.spread.hands import AtWork as AtWork
from policygraph.pipeline.spread.hands import Done as Done
from policygraph.pipeline.spread.hands import Hands as Hands
from policygraph.pipeline.spread.hands import Held as Held
from policygraph.pipeline.spread.hands import Job as Job
