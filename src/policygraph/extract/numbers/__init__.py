"""List every quantity of a text once, with what kind of number it is and which rule says so."""
