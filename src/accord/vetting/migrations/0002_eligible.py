"""Steps are written once; and the one answer that everybody may have about a subject, given by PostgreSQL itself.

The function runs as the owner of the tables, for readers whose row-level security hides every outcome from them. It
returns yes or no and nothing else: denied, pending, expired and never asked are the same no.
"""

from typing import ClassVar

from django.db import migrations

ONCE = """
CREATE TRIGGER vetting_vettingstep_write_once BEFORE UPDATE OR DELETE ON vetting_vettingstep
    FOR EACH ROW EXECUTE FUNCTION accord_refuse_change();
CREATE TRIGGER vetting_vettingstep_no_truncate BEFORE TRUNCATE ON vetting_vettingstep
    FOR EACH STATEMENT EXECUTE FUNCTION accord_refuse_change();
"""
AGAIN = """
DROP TRIGGER vetting_vettingstep_no_truncate ON vetting_vettingstep;
DROP TRIGGER vetting_vettingstep_write_once ON vetting_vettingstep;
"""

# The last step of a request counts. A person must still serve where he served when he was asked about, and a denial
# recorded later stops every earlier clearance of the same subject, whatever the course.
ELIGIBLE = """
CREATE FUNCTION vetting_eligible(subject uuid, day date, for_course text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM public.vetting_vettingrequest asked
        CROSS JOIN LATERAL (
            SELECT step.target, step.valid_until, step.at, step.id FROM public.vetting_vettingstep step
            WHERE step.request_id = asked.id AND step.effective_on <= day
            ORDER BY step.at DESC, step.id DESC LIMIT 1
        ) last
        WHERE (asked.person_id = subject OR asked.unit_id = subject)
        AND (for_course IS NULL OR asked.course_key = for_course)
        AND last.target IN ('clear', 'conditional') AND day < last.valid_until
        AND (asked.serving_in_id IS NULL OR EXISTS (
            SELECT FROM public.people_tour tour JOIN public.people_position post ON post.id = tour.position_id
            WHERE tour.person_id = asked.person_id AND tour.period @> day AND post.organisation_id = asked.serving_in_id
        ))
        AND NOT EXISTS (
            SELECT FROM public.people_tour tour JOIN public.people_position post ON post.id = tour.position_id
            WHERE tour.person_id = asked.person_id AND tour.period @> day
            AND post.organisation_id IS DISTINCT FROM asked.serving_in_id
            AND (asked.serving_in_id IS NULL OR lower(tour.period) > asked.requested_on)
        )
        AND NOT EXISTS (
            SELECT FROM public.vetting_vettingstep denial
            JOIN public.vetting_vettingrequest other ON other.id = denial.request_id
            WHERE (other.person_id = subject OR other.unit_id = subject)
            AND denial.target = 'denied' AND denial.effective_on <= day AND (denial.at, denial.id) > (last.at, last.id)
        )
    )
$$;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("vetting", "0001_initial"),
        ("audit", "0002_write_once"),
        ("people", "0001_initial"),
    ]

    operations: ClassVar = [
        migrations.RunSQL(ONCE, AGAIN),
        migrations.RunSQL(ELIGIBLE, "DROP FUNCTION vetting_eligible(uuid, date, text)"),
    ]
