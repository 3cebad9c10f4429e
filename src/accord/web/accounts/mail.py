"""The one mail about accounts: you are invited, and the link. Mail is read by others on its way, so it says no more."""

from django.conf import settings
from django.core.mail import send_mail
from django.utils import translation
from django.utils.translation import gettext as _


def send_link(email: str, link: str, language: str) -> str:
    """``sent``, ``failed``, or ``none`` where there is no address or no mail is set up. It is sent at once: a queue
    would keep the link where others can read it.
    """
    if not email or settings.EMAIL_BACKEND.endswith("dummy.EmailBackend"):
        return "none"
    with translation.override(language):
        subject = _("You are invited")
    try:
        send_mail(subject, f"{subject}\n\n{link}\n", None, [email])
    except OSError:  # whatever a mail server or the way to it does
        return "failed"
    return "sent"
