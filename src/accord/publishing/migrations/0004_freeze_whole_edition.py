"""A published edition is frozen whole: only its state may move on, to corrected or withdrawn. Its steps are history."""

from typing import ClassVar

from django.db import migrations

FREEZE = """
CREATE OR REPLACE FUNCTION accord_freeze_edition() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    kept publishing_edition;
BEGIN
    IF OLD.state = 'draft' THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        kept := NEW;
        kept.state := OLD.state;
        IF kept IS NOT DISTINCT FROM OLD
                AND (NEW.state = OLD.state OR (OLD.state = 'published' AND NEW.state IN ('corrected', 'withdrawn'))) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'edition % is published and frozen', OLD.number USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER publishing_editionstep_write_once BEFORE UPDATE OR DELETE ON publishing_editionstep
    FOR EACH ROW EXECUTE FUNCTION accord_refuse_change();
"""

THAW = """
DROP TRIGGER publishing_editionstep_write_once ON publishing_editionstep;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("publishing", "0003_claims_and_steps"), ("audit", "0002_write_once")]

    operations: ClassVar = [migrations.RunSQL(FREEZE, THAW)]
