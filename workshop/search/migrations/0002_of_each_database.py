"""What Django's models cannot say: postings and FTS5 in SQLite, an array and a tsvector in PostgreSQL."""

from django.db import migrations

SQLITE = [
    "ALTER TABLE search_entry ADD COLUMN terms blob NOT NULL DEFAULT x''",
    "ALTER TABLE search_entry ADD COLUMN joints blob NOT NULL DEFAULT x''",
    "CREATE TABLE search_posting (term integer NOT NULL, ord integer NOT NULL, PRIMARY KEY (term, ord)) WITHOUT ROWID",
    "CREATE VIRTUAL TABLE search_fts USING fts5(title, names, body, tokenize='ascii')",
]
SQLITE_BACK = [
    "DROP TABLE search_fts",
    "DROP TABLE search_posting",
    "ALTER TABLE search_entry DROP COLUMN joints",
    "ALTER TABLE search_entry DROP COLUMN terms",
]
POSTGRESQL = [
    "ALTER TABLE search_entry ADD COLUMN terms integer[] NOT NULL DEFAULT '{}'",
    "ALTER TABLE search_entry ADD COLUMN joints integer[] NOT NULL DEFAULT '{}'",
    "ALTER TABLE search_text ADD COLUMN tokens tsvector NOT NULL DEFAULT ''::tsvector",
    # Inline, even where a row is long: a walk through the newest reads them by the thousand.
    "ALTER TABLE search_text ALTER COLUMN tokens SET STORAGE MAIN",
    "ALTER TABLE search_entry ALTER COLUMN terms SET STATISTICS 1000",
    "ALTER TABLE search_text ALTER COLUMN tokens SET STATISTICS 1000",
    # Without a pending list: a reader never pays for what a writer left undone.
    "CREATE INDEX search_entry_terms ON search_entry USING gin (terms) WITH (fastupdate = off)",
    "CREATE INDEX search_entry_joints ON search_entry USING gin (joints) WITH (fastupdate = off)",
    "CREATE INDEX search_text_tokens ON search_text USING gin (tokens) WITH (fastupdate = off)",
]
POSTGRESQL_BACK = [
    "ALTER TABLE search_text DROP COLUMN tokens",
    "ALTER TABLE search_entry DROP COLUMN joints",
    "ALTER TABLE search_entry DROP COLUMN terms",
]


def forwards(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def backwards(apps, schema_editor):
    for statement in POSTGRESQL_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(forwards, backwards)]
