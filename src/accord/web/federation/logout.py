"""A provider says that somebody has signed out there, so that he is signed out here too."""

import logging

from django.http import HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from accord.access.queries import account_behind
from accord.access.services import end_by_provider
from accord.kernel.actor import system
from accord.kernel.errors import Conflict
from accord.web.federation.answers import provider_of
from accord.web.federation.errors import Failure
from accord.web.federation.tokens import logout_in
from accord.web.pages import Visit, public_page

logger = logging.getLogger(__name__)


# The provider's server calls, no browser: what it may do is proved by its signature, not by a form's token.
@csrf_exempt
@require_POST
@public_page
def ordered(request: Visit, code: str) -> HttpResponse:
    """As OpenID Connect Back-Channel Logout wants it: 200 when nobody is signed in any more, else 400."""
    provider = provider_of(code)
    try:
        order = logout_in(provider, request.POST.get("logout_token", ""))
        account = account_behind(order.issuer, order.subject)
        if account is not None:
            end_by_provider(actor=system("sign-out"), account=account, method=provider.method, order=order.order)
    except (Failure, Conflict) as trouble:
        logger.warning("Logout by %s refused: %s", provider.code, trouble)
        return JsonResponse({"error": "invalid_request"}, status=400)
    return HttpResponse(status=200)
