"""The words of pages and names, in a full-text index that the database keeps.

What was read before is indexed bit by bit once the site runs: no start waits for it.
"""

import django.db.models.deletion
from django.db import migrations, models

REMOVE = """
    INSERT INTO documents_pagetext_fts(documents_pagetext_fts, rowid, words, forms)
    VALUES ('delete', old.id, old.words, old.forms); """
ADD = """
    INSERT INTO documents_pagetext_fts(rowid, words, forms)
    VALUES (new.id, new.words, new.forms); """
# Words are cut and folded before they come here: the index parts them at blanks, and
# takes everything else as it is. Where they stand is asked of the rows.
SQLITE = [
    """CREATE VIRTUAL TABLE documents_pagetext_fts USING fts5(
        words, forms, content='documents_pagetext', content_rowid='id',
        tokenize="ascii tokenchars '.'", prefix='1 2 3', detail=none)""",
    "CREATE TRIGGER pagetext_insert AFTER INSERT ON documents_pagetext BEGIN"
    + ADD
    + "END",
    "CREATE TRIGGER pagetext_delete AFTER DELETE ON documents_pagetext BEGIN"
    + REMOVE
    + "END",
    "CREATE TRIGGER pagetext_update AFTER UPDATE OF words, forms ON documents_pagetext "
    "BEGIN" + REMOVE + ADD + "END",
]
POSTGRESQL = [
    """ALTER TABLE documents_pagetext ADD COLUMN vector tsvector
        GENERATED ALWAYS AS (array_to_tsvector(array_remove(
            string_to_array(words || ' ' || forms, ' '), ''))) STORED""",
    "CREATE INDEX pagetext_vector ON documents_pagetext USING gin (vector)",
]


def make_index(apps, schema_editor):
    of_vendor = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
    for statement in of_vendor[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    # What else belongs to the table goes with it.
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE documents_pagetext_fts")


class Migration(migrations.Migration):
    dependencies = [("documents", "0004_texts")]

    operations = [
        migrations.CreateModel(
            name="PageText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "number",
                    models.PositiveIntegerField(
                        help_text="the page's; 0: the document's name"
                    ),
                ),
                ("text", models.TextField(blank=True, help_text="as it is shown")),
                (
                    "words",
                    models.TextField(
                        blank=True, help_text="all, in order, between blanks"
                    ),
                ),
                (
                    "forms",
                    models.TextField(
                        blank=True, help_text="other forms of them, in any order"
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="page_texts",
                        to="documents.document",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("document", "number"), name="one_text_per_page"
                    )
                ],
            },
        ),
        migrations.RunPython(make_index, drop_index),
    ]
