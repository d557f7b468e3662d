"""The kit that trains the readers of digits: fonts, strings, wear, networks.

Nothing of it is loaded when pages are read.
"""
