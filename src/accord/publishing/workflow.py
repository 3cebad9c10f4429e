"""The states of an edition, as a table. A published edition can only be replaced or withdrawn, never reopened."""

from django.utils.translation import gettext_lazy as _

from accord.kernel.workflow import Step, Workflow
from accord.publishing.choices import EditionState as E
from accord.publishing.permissions import Permission

PUBLISH = Step("publish", frozenset({E.DRAFT}), E.PUBLISHED, Permission.PUBLISH_EDITION, _("Publish"))
CORRECT = Step("correct", frozenset({E.PUBLISHED}), E.CORRECTED, Permission.PUBLISH_EDITION, _("Correct"))
WITHDRAW = Step("withdraw", frozenset({E.PUBLISHED}), E.WITHDRAWN, Permission.PUBLISH_EDITION, _("Withdraw"))
EDITION_WORKFLOW = Workflow("edition", (PUBLISH, CORRECT, WITHDRAW))
