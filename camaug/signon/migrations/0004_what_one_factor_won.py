from django.db import migrations

ENDS = """UPDATE signon_authorization g SET revoked_at = now()
FROM signon_signon e JOIN access_account a ON a.id = e.account_id
WHERE e.id = g.sign_on_id AND g.revoked_at IS NULL AND a.officer_id IS NOT NULL
  AND g.level NOT IN ('LoA2', 'LoA3') AND g.scopes && ARRAY['mail', 'offline_access']::varchar[]"""


class Migration(migrations.Migration):
    """Officers' tokens for mail and for working in absence that a password alone had won open nothing any more."""

    dependencies = [("signon", "0003_sign_ons_by_age"), ("access", "0017_sessions_seen")]

    operations = [migrations.RunSQL(ENDS, migrations.RunSQL.noop)]
