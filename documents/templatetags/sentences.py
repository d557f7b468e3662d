"""Reasons that a worker wrote down, in the reader's language."""

from django import template

from documents.services.sentences import told

register = template.Library()
register.filter("told", told)
