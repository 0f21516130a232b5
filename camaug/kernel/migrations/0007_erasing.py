from django.db import migrations

FORWARD = """
CREATE OR REPLACE FUNCTION kernel_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND current_setting('camaug.erasing', true) = OLD.id::text
     AND to_jsonb(NEW) - '{facts,actor_name,origin}'::text[] = to_jsonb(OLD) - '{facts,actor_name,origin}'::text[]
     AND jsonb_strip_nulls(NEW.facts) <@ OLD.facts
     AND NEW.actor_name IN ('', OLD.actor_name) AND NEW.origin IN ('', OLD.origin) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'events are append-only: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
"""
BACKWARD = """
CREATE OR REPLACE FUNCTION kernel_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'events are append-only: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
"""


class Migration(migrations.Migration):
    """A value of an event may be taken out, and nothing else of it be changed, by who says which event it is."""

    dependencies = [("kernel", "0006_troubles")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
