from django.db import migrations

FORWARD = """
CREATE FUNCTION kernel_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'events are append-only: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE ON kernel_eventrecord
  FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER event_no_truncate BEFORE TRUNCATE ON kernel_eventrecord
  FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();
"""
BACKWARD = """
DROP TRIGGER event_append_only ON kernel_eventrecord;
DROP TRIGGER event_no_truncate ON kernel_eventrecord;
DROP FUNCTION kernel_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0002_records")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
