"""Published editions are for everybody; what is in preparation is the desk's."""

from accord.publishing.choices import EditionState
from accord.publishing.models import ClaimTemplate, Edition, EditionStep
from accord.publishing.permissions import Permission
from accord.wall.rule import Anybody, Is, Marked, May, Through

DESK = Marked() & May(Permission.READ_DESK)
RELEASED = Anybody() & Is("state", tuple(state for state in EditionState.values if state != EditionState.DRAFT))

RULES = {
    ClaimTemplate: DESK,
    Edition: RELEASED | DESK,
    EditionStep: Through("edition"),
}
