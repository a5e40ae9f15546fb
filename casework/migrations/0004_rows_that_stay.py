"""Custody and bookings are added, never altered; a booking balances inside its own ledger."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION casework_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% only takes new rows', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
"""

GUARD = """
CREATE TRIGGER {table}_is_append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION casework_refuse_change();
"""

TABLES = ("casework_custodyentry", "casework_ledgerentry", "casework_ledgerline")

BALANCE = """
CREATE FUNCTION casework_check_balance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    checked bigint;
    total numeric;
    line_count integer;
    stray_count integer;
BEGIN
    checked := CASE TG_TABLE_NAME WHEN 'casework_ledgerline' THEN (to_jsonb(NEW) ->> 'entry_id')::bigint ELSE NEW.id END;
    SELECT coalesce(sum(line.amount), 0), count(line.id),
           count(*) FILTER (WHERE account.ledger <> entry.ledger)
      INTO total, line_count, stray_count
      FROM casework_ledgerentry entry
      LEFT JOIN casework_ledgerline line ON line.entry_id = entry.id
      LEFT JOIN casework_ledgeraccount account ON account.id = line.account_id
     WHERE entry.id = checked;
    IF line_count < 2 OR total <> 0 THEN
        RAISE EXCEPTION 'ledger entry % is not balanced: % lines, sum %', checked, line_count, total
            USING ERRCODE = 'check_violation';
    END IF;
    IF stray_count > 0 THEN
        RAISE EXCEPTION 'ledger entry % touches another ledger', checked USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER ledger_entry_balances AFTER INSERT ON casework_ledgerentry
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION casework_check_balance();
CREATE CONSTRAINT TRIGGER ledger_lines_balance AFTER INSERT ON casework_ledgerline
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION casework_check_balance();
"""

UNDO_BALANCE = """
DROP TRIGGER ledger_lines_balance ON casework_ledgerline;
DROP TRIGGER ledger_entry_balances ON casework_ledgerentry;
DROP FUNCTION casework_check_balance();
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0003_links")]

    operations = [
        migrations.RunSQL(REFUSE, "DROP FUNCTION casework_refuse_change()"),
        *(
            migrations.RunSQL(
                GUARD.format(table=table), f"DROP TRIGGER {table}_is_append_only ON {table}"
            )
            for table in TABLES
        ),
        migrations.RunSQL(BALANCE, UNDO_BALANCE),
    ]
