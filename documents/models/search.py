"""What searches look through: the words of each page, and of each document's name."""

from __future__ import annotations

from django.db import models

from documents.models.files import Document
from documents.querysets import PageTextQuerySet

NAME = 0  # the number of the row that has the words of a document's name


class PageText(models.Model):
    """What a page of a document says, in the words that searches compare.

    The database keeps its full-text index of these rows by itself: on SQLite triggers
    carry them into the table ``documents_pagetext_fts``, on PostgreSQL they have a
    generated column ``vector``. (Whoever alters this model on SQLite makes its
    triggers anew: Django alters a table there by making another one.)
    """

    document = models.ForeignKey(
        Document,
        models.CASCADE,
        related_name="page_texts",
        db_index=False,  # the constraint's index begins with it
    )
    number = models.PositiveIntegerField(help_text="the page's; 0: the document's name")
    text = models.TextField(blank=True, help_text="as it is shown")
    words = models.TextField(blank=True, help_text="all, in order, between blanks")
    forms = models.TextField(blank=True, help_text="other forms of them, in any order")

    objects = PageTextQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"], name="one_text_per_page"
            )
        ]

    def __str__(self) -> str:
        return f"{self.document} p. {self.number}"
