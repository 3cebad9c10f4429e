from typing import ClassVar

from django.db import migrations, models

import accord.kernel.keys


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar = []

    operations: ClassVar = [
        migrations.CreateModel(
            name="LoadedRecord",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accord.kernel.keys.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=30)),
                ("key", models.CharField(max_length=300)),
                ("object_id", models.UUIDField()),
                ("columns", models.JSONField()),
                ("parts", models.JSONField(default=dict)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("kind", "key"), name="loaded_record_once")],
            },
        ),
    ]
