"""Find what a plan promises: indicators, years, values, and what looks like a target and is none."""
