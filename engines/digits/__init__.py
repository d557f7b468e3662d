"""Numbers, Arabic-Indic, Persian and Western, read from the crop of a line."""
