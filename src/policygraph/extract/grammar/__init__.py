"""Read language, whatever it is about: brackets, sentences, lists of bodies, years, numerals, units."""
