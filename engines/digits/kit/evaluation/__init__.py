"""How well numbers are read: on held-out designs, on scans, on blank paper."""
