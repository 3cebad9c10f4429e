"""Who may read the trail: each line as its subject is marked."""

from accord.audit.models import Entry, Seal, SealedEntry
from accord.audit.permissions import Permission
from accord.wall.rule import Marked, May, Nobody, StartsWith

RULES = {
    Entry: Marked(is_trail=True)
    & (May(Permission.READ_WHOLE_TRAIL) | (May(Permission.READ_TRAIL) & StartsWith("object_type", "access."))),
    Seal: May(Permission.READ_TRAIL),
    SealedEntry: Nobody(),
}
