"""Grapheme-to-phoneme model for English words that the pronunciation dictionary does not list.

A small letter transformer with a CTC output, trained on CMUdict.
`python -m euphone_train.g2p --help` lists the steps.
"""
