"""The SQL function behind the search: all pairs of neighbouring characters of a text."""

from django.db import migrations

CREATE = """
CREATE FUNCTION bigrams(words text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$
    SELECT coalesce(array_agg(DISTINCT substr(words, place, 2)), '{}'::text[])
    FROM generate_series(1, char_length(words) - 1) AS place
$$
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial")]

    operations = [migrations.RunSQL(CREATE, "DROP FUNCTION bigrams(text)")]
