"""What lets a person in. Keys and codes are kept as keyed hashes, seeds sealed: reading them signs nobody in."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from accord.access.models.accounts import Account
from accord.kernel.clock import now
from accord.kernel.keys import new_key
from accord.wall.tables import Guarded


class Session(models.Model):
    """One browser signed in or visiting. ``digest`` is the keyed hash of the key in its cookie.

    ``stepped_up_at`` is when its holder last proved again who he is; ``method`` how he came in.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    data = models.TextField()
    expires_at = models.DateTimeField(db_index=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, null=True, related_name="sessions")
    method = models.CharField(max_length=20, blank=True)
    browser = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=now)
    seen_at = models.DateTimeField(default=now)
    stepped_up_at = models.DateTimeField(null=True)

    objects: ClassVar[Guarded["Session"]] = Guarded()

    def __str__(self) -> str:
        return str(self.pk)


class Passkey(models.Model):
    """A WebAuthn credential: public by nature. ``signatures`` is the authenticator's counter, 0 where it has none."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="passkeys")
    name = models.CharField(max_length=80)
    credential_id = models.BinaryField(unique=True)
    public_key = models.BinaryField()
    signatures = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(default=now)
    used_at = models.DateTimeField(null=True)

    objects: ClassVar[Guarded["Passkey"]] = Guarded()

    def __str__(self) -> str:
        return self.name


class Totp(models.Model):
    """A time-based code (RFC 6238). The seed is sealed with a key outside the database; ``last_step`` stops replays."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, primary_key=True, related_name="totp")
    sealed_seed = models.BinaryField()
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(default=now)

    objects: ClassVar[Guarded["Totp"]] = Guarded()

    def __str__(self) -> str:
        return str(self.account_id)


class RecoveryCode(models.Model):
    """A code for the day the telephone is lost; good once."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    objects: ClassVar[Guarded["RecoveryCode"]] = Guarded()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["account", "digest"], name="recovery_code_once")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Token(models.Model):
    """A personal access token: reads for a program what its owner may read, within ``scopes``, until it expires."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=60), default=list)
    created_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[Guarded["Token"]] = Guarded()

    def __str__(self) -> str:
        return self.name


class ExternalIdentity(models.Model):
    """Who the account is at an identity provider: ``subject`` means something only together with ``issuer``."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="external_identities")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=300)
    linked_at = models.DateTimeField(default=now)
    used_at = models.DateTimeField(null=True)

    objects: ClassVar[Guarded["ExternalIdentity"]] = Guarded()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="external_identity_once")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Attempt(models.Model):
    """A try to come in that failed. ``subject`` and ``network`` are keyed hashes of name and address range."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    subject = models.CharField(max_length=64)
    network = models.CharField(max_length=64)
    at = models.DateTimeField(default=now)

    objects: ClassVar[Guarded["Attempt"]] = Guarded()

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["subject", "network", "at"]),
            models.Index(fields=["network", "at"]),
        ]

    def __str__(self) -> str:
        return str(self.pk)
