"""Make what a store holds document by document, and keep it: only what changed, and what depends on it, is made again.

``index`` says what others need to know of a document, ``corpus`` works out from the indexes what each depends on and
``reach`` what of the concepts it sees, ``making`` makes the part of one document, ``joining`` what the parts have in
common. ``kept`` keeps all of it on disk, and ``keys`` names it by its inputs.
"""
