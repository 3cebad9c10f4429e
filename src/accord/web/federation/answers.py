"""What a person reads when signing in by a provider did not work: what to do now, and whom to ask."""

import logging
from http import HTTPStatus

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.kernel.errors import NotFound
from accord.web.federation.errors import Declined, Failure, Unknown, Unreachable
from accord.web.federation.providers import Provider, providers
from accord.web.pages import Visit, render

logger = logging.getLogger(__name__)


def provider_of(code: str) -> Provider:
    found = providers().get(code)
    if found is None:
        raise NotFound(_("There is no such way to sign in here. Go to the sign-in page and choose another."))
    return found


def told(request: Visit, provider: Provider, failure: Failure) -> HttpResponse:
    """The page for a failure; the reason goes to the log."""
    logger.warning("Sign-in by %s refused: %s", provider.code, failure.reason)
    name = {"provider": provider.shown_name}
    if isinstance(failure, Unknown):
        status, heading = HTTPStatus.FORBIDDEN, _("No account here can be entered with this identity")
        lead = _("%(provider)s knows you, but nothing was opened and no account was made.") % name
    elif isinstance(failure, Unreachable):
        status, heading = HTTPStatus.BAD_GATEWAY, _("%(provider)s cannot be reached") % name
        lead = _("Try again in a few minutes, or sign in another way.")
    elif isinstance(failure, Declined):
        status, heading = HTTPStatus.FORBIDDEN, _("%(provider)s did not let you in") % name
        lead = _("You turned back there, or it refused. Try again, or sign in another way.")
    else:
        status, heading = HTTPStatus.BAD_REQUEST, _("This sign-in could not be completed")
        lead = _(
            "The answer did not fit what this browser had asked. It took too long, or was used before. Start again."
        )
    context = {
        "heading": heading,
        "lead": lead,
        "provider": provider,
        "is_unknown": isinstance(failure, Unknown),
        "here": reverse("sign-in"),  # who changes the language does not come back with what the provider sent
    }
    return render(request, "federation/refused.html", context, status=status)
