"""What a wording is about, one wording at a time; and the steps of an edition."""

from typing import ClassVar

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

import accord.kernel.clock
import accord.kernel.keys


class Migration(migrations.Migration):
    dependencies: ClassVar = [("publishing", "0002_write_once"), ("people", "0001_initial")]

    operations: ClassVar = [
        migrations.AddField("claimtemplate", "claim", models.SlugField(max_length=60, default=""), preserve_default=False),
        migrations.RunSQL("UPDATE publishing_claimtemplate SET claim = code", migrations.RunSQL.noop),
        migrations.AddConstraint(
            "claimtemplate",
            django.contrib.postgres.constraints.ExclusionConstraint(
                name="claim_one_wording_at_a_time",
                expressions=[("claim", "="), ("period", django.contrib.postgres.fields.ranges.RangeOperators.OVERLAPS)],
            ),
        ),
        migrations.CreateModel(
            name="EditionStep",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=accord.kernel.keys.new_key, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=30)),
                ("origin", models.CharField(max_length=20)),
                ("target", models.CharField(max_length=20)),
                ("at", models.DateTimeField(default=accord.kernel.clock.now)),
                ("actor_name", models.CharField(max_length=200)),
                ("reason", models.JSONField(default=dict)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="publishing.edition"
                    ),
                ),
            ],
            options={"ordering": ["at", "id"]},
        ),
    ]
