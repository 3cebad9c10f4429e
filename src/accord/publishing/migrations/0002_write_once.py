"""A published edition is frozen: only its state may move on, never its content."""

from typing import ClassVar

from django.db import migrations

FREEZE = """
CREATE FUNCTION accord_freeze_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'draft' AND (TG_OP = 'DELETE' OR (NEW.content, NEW.digest, NEW.as_of, NEW.number)
            IS DISTINCT FROM (OLD.content, OLD.digest, OLD.as_of, OLD.number)) THEN
        RAISE EXCEPTION 'edition % is published and frozen', OLD.number USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER publishing_edition_frozen BEFORE UPDATE OR DELETE ON publishing_edition
    FOR EACH ROW EXECUTE FUNCTION accord_freeze_edition();
"""

THAW = """
DROP TRIGGER publishing_edition_frozen ON publishing_edition;
DROP FUNCTION accord_freeze_edition();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("publishing", "0001_initial")]

    operations: ClassVar = [migrations.RunSQL(FREEZE, THAW)]
