"""Steps of engagements and reports are history: written once."""

from typing import ClassVar

from django.db import migrations

TABLES = ["advising_engagementstep", "advising_reportstep"]


class Migration(migrations.Migration):
    dependencies: ClassVar = [("advising", "0001_initial"), ("audit", "0002_write_once")]

    operations: ClassVar = [
        migrations.RunSQL(
            sql=f"""
                CREATE TRIGGER {table}_write_once BEFORE UPDATE OR DELETE ON {table}
                    FOR EACH ROW EXECUTE FUNCTION accord_refuse_change();
                CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
                    FOR EACH STATEMENT EXECUTE FUNCTION accord_refuse_change();
            """,
            reverse_sql=f"""
                DROP TRIGGER {table}_no_truncate ON {table};
                DROP TRIGGER {table}_write_once ON {table};
            """,
        )
        for table in TABLES
    ]
