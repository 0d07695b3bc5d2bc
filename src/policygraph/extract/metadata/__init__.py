"""Find what a document says about itself: its title, number, date, issuer, level and region."""
