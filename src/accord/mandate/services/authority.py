"""Who may sign: a position whose authority for the matter is on record that day, held by the actor."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from accord.kernel.actor import Actor
from accord.kernel.errors import Refused
from accord.mandate.models import SigningAuthority
from accord.people.models import Position


def signing_position(actor: Actor, matter: str, on: date, side: str) -> Position:
    """The actor's position that may sign the matter for this side on this day, or Refused."""
    if actor.side != side:
        raise Refused(_("Each side signs for itself: a post of the other side gives nobody its signature."))
    found = (
        SigningAuthority.objects.filter(
            position__in=actor.position_ids, matter=matter, period__contains=on, position__organisation__side=side
        )
        .select_related("position")
        .first()
    )
    if found is None:
        raise Refused(
            _("None of your posts may sign this on that day. The register of signing authority says who may.")
        )
    return found.position
