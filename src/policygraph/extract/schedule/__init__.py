"""Find what a plan dates: monitoring, evaluation, reports and meetings."""
