"""The database itself refuses to change or remove a journal entry."""

from django.db import migrations

GUARD = """
CREATE FUNCTION workflows_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% only takes new rows', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER workflows_journalentry_is_append_only BEFORE UPDATE OR DELETE ON workflows_journalentry
FOR EACH ROW EXECUTE FUNCTION workflows_refuse_change();
"""

UNDO = """
DROP TRIGGER workflows_journalentry_is_append_only ON workflows_journalentry;
DROP FUNCTION workflows_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("workflows", "0001_initial")]

    operations = [migrations.RunSQL(GUARD, UNDO)]
