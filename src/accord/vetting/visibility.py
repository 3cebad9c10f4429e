"""Who was asked about is known to the mission; what came of it, in the compartment alone."""

from accord.vetting.choices import COMPARTMENT
from accord.vetting.models import VettingRequest, VettingStep
from accord.vetting.permissions import Permission
from accord.wall.rule import Inside, Marked, May, Own

RULES = {
    VettingRequest: Marked() & ((May(Permission.REQUEST_VETTING) & Own("requested_by")) | Inside(COMPARTMENT)),
    VettingStep: Marked() & Inside(COMPARTMENT),
}
