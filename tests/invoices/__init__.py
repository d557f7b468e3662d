"""Invoices measured end to end: captures of pages, layouts drawn on them, the bench."""
