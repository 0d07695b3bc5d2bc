"""Find the coordinating bodies of a plan, and who sits on them in which post."""
