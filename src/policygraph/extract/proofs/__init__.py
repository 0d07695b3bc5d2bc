"""Find what a proof reader would mark in running text and tables: figures, blanks, counts, dates."""
