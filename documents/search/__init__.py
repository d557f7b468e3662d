"""How texts are searched: what counts as a word, what was asked for, where it stands.

Pure functions: the index is made by them, the database is asked by them, and pages are
lit up by them, so that all three mean the same by a word.
"""
