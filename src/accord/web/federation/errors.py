"""How signing in by a provider can fail. The page tells the person what to do; only the log knows the reason."""


class Failure(Exception):
    """``reason`` is ours and short, and never what somebody else sent."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Unfit(Failure):
    """What came back does not fit what was asked, or is not what the provider signed."""


class Unreachable(Failure):
    """The provider did not answer, or not as OpenID Connect demands."""


class Declined(Failure):
    """The provider said no, or the person turned back there."""


class Unknown(Failure):
    """The provider knows the person; no account here may be entered by it. Why not looks always the same."""
