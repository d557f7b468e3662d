"""Layouts: their list, the editor, trying one out, and what all of them share."""
