"""Coming in: password, second step or passkey; and showing again who one is before a dangerous act."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate, login
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from accord.access.limits import ENTRY_HOLDS, TooManyTries, browser_of
from accord.access.permissions import Permission
from accord.access.queries import credential_ids, has_second_step, holder, passkey_holder, signed_in
from accord.access.services import Assertion, Code, Password, Proof, enter, prove
from accord.access.sessions import prove as remember_proof
from accord.access.webauthn import ask_to_prove, named_by, not_proven
from accord.kernel.clock import now, today
from accord.kernel.errors import AccordError, Invalid
from accord.people.queries import actor_for, enters
from accord.wall.standing import house
from accord.web.cookies import keep
from accord.web.pages import Visit, back, page, public_page, render, without_role
from accord.web.signing_in import (
    CODE,
    PASSKEY,
    PASSWORD,
    SignIn,
    carried_context,
    party_of,
    proof_context,
    sign_in_context,
    why_not,
)

ENTERING, CHALLENGE = "entering", "challenge"  # what a session holds while somebody comes in


@public_page
def sign_in(request: Visit) -> HttpResponse:
    """The door. Wrong name and wrong password get the same answer."""
    form = SignIn(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account = signed_in(authenticate(request, **form.cleaned_data))
        except TooManyTries as error:
            return _at_the_door(request, form, error)
        if account is None:
            problem = Invalid(_("User name and password do not match. Check both and try again."))
            return _at_the_door(request, form, problem)
        if not enters(account, today()):
            return _at_the_door(request, form, Invalid(why_not(account)))
        if has_second_step(account.pk):
            return _ask_for_second_step(request, account)
        return _let_in(request, account, Password())
    return _at_the_door(request, form)


@public_page
def second_step(request: Visit) -> HttpResponse:
    """After the password: the passkey, a code of the app or a recovery code."""
    account = _entering(request)
    if account is None or request.method != "POST":
        return HttpResponseRedirect(reverse("sign-in"))
    try:
        return _let_in(request, account, _shown(request, account))
    except (Invalid, TooManyTries) as error:
        actor = actor_for(account, today())
        resume = request.POST.get("resume", "")
        context = proof_context(request, actor, again=False, resume=resume, problem=str(error))
        return render(request, "home/prove.html", context, status=_status(error))


@public_page
def passkey(request: Visit) -> HttpResponse:
    """In with a passkey alone: it is two factors in one."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("sign-in"))
    try:
        account = passkey_holder(named_by(request.POST.get(PASSKEY, "")))
        if account is None or not enters(account, today()):
            raise not_proven()
        return _let_in(request, account, _assertion(request))
    except Invalid as error:
        return _at_the_door(request, SignIn(), error)


@public_page
def challenge(request: Visit) -> HttpResponse:
    """What the browser needs to ask for a passkey: the account's own once it is known, else any for this host."""
    party = party_of(request)
    if request.method != "POST" or party is None:
        return JsonResponse({}, status=HTTPStatus.CONFLICT)
    account = signed_in(request.user) or _entering(request)
    options, state = ask_to_prove(party, known=credential_ids(account) if account else ())
    request.session[CHALLENGE] = state
    return JsonResponse(options)


@page(Permission.SIGN_IN)
def prove_again(request: Visit) -> HttpResponse:
    """Before a dangerous act: who is it? Then on with what was typed."""
    account, resume = signed_in(request.user), request.POST.get("resume", "")
    if request.method != "POST" or account is None or not url_has_allowed_host_and_scheme(resume, None):
        return HttpResponseRedirect(reverse("home"))
    try:
        prove(actor=request.actor, proof=_shown(request, account))
    except (Invalid, TooManyTries) as error:
        context = proof_context(request, request.actor, again=True, resume=resume, problem=str(error))
        return render(request, "home/prove.html", context, status=_status(error))
    remember_proof(request.session)
    return _resumed(request, resume, again=True)


def _at_the_door(request: Visit, form: SignIn, problem: AccordError | None = None) -> HttpResponse:
    context = sign_in_context(request, form, resume=request.POST.get("resume", ""))
    context["problem"] = str(problem) if problem else ""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return render(request, "home/sign_in.html", context, status=_status(problem) if problem else status)


def _status(error: AccordError) -> int:
    return HTTPStatus.TOO_MANY_REQUESTS if isinstance(error, TooManyTries) else HTTPStatus.UNPROCESSABLE_ENTITY


def _ask_for_second_step(request: Visit, account: Any) -> HttpResponse:
    request.session.flush()
    request.session[ENTERING] = {"account": str(account.pk), "until": (now() + ENTRY_HOLDS).isoformat()}
    actor = actor_for(account, today())
    context = proof_context(request, actor, again=False, resume=request.POST.get("resume", ""))
    return render(request, "home/prove.html", context)


def _entering(request: Visit) -> Any:
    """Whose password was right within the last minutes."""
    found = request.session.get(ENTERING)
    return holder(found["account"]) if found and now() < datetime.fromisoformat(found["until"]) else None


def _shown(request: Visit, account: Any) -> Proof:
    """What somebody shows; a password only counts where the account has nothing stronger."""
    if request.POST.get(PASSKEY):
        return _assertion(request)
    if PASSWORD in request.POST:
        typed = request.POST[PASSWORD][:200]
        if authenticate(request, username=account.username, password=typed) != account:
            raise Invalid(_("The password does not fit. Check it and try again."))
        return Password()
    return Code(request.POST.get(CODE, "")[:40])


def _assertion(request: Visit) -> Assertion:
    party = party_of(request)
    if party is None:
        raise not_proven()
    return Assertion(party, request.session.pop(CHALLENGE, None), request.POST.get(PASSKEY, ""))


def _let_in(request: Visit, account: Any, proof: Proof) -> HttpResponse:
    actor = actor_for(account, today())
    if not actor.may(Permission.SIGN_IN):
        return without_role(request)
    method = enter(actor=actor, proof=proof)
    open_session(request, account, method)
    request.actor = actor
    resume = request.POST.get("resume", "")
    may_resume = url_has_allowed_host_and_scheme(resume, None)
    response = _resumed(request, resume, again=False) if may_resume else back(request)
    if account.language:
        keep(response, settings.LANGUAGE_COOKIE_NAME, account.language)
    return response


def open_session(request: Visit, account: Any, method: str) -> None:
    """Sign in; nothing of the session before is kept, its key least of all."""
    request.session.flush()
    with house("sign-in", writes=True):
        login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session["method"] = method
    request.session["browser"] = "/".join(browser_of(request.headers.get("User-Agent", "")))


def _resumed(request: Visit, resume: str, *, again: bool) -> HttpResponse:
    context: dict[str, Any] = carried_context(request, resume=resume)
    return render(request, "home/resume.html", {**context, "again": again})
