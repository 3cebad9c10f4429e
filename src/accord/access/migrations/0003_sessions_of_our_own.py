"""Sessions are kept in a table of our own; what the former engine kept is dropped: everybody signs in once more."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("access", "0002_credentials_and_need_to_know")]

    operations: ClassVar = [
        migrations.RunSQL("DROP TABLE IF EXISTS django_session", migrations.RunSQL.noop),
    ]
