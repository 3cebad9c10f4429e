"""Background entry: what has to be asked again because the day or the ground has changed."""

from datetime import timedelta

from procrastinate.contrib.django import app

from accord.advising.services import review_holds
from accord.kernel.actor import Actor, system
from accord.kernel.clock import today
from accord.mandate.events import GroundShifted
from accord.mandate.queries import mission_shown


def on_ground_shifted(actor: Actor, event: GroundShifted) -> None:
    """Hear of a change on the ground and ask the gate again at once, in the same transaction."""
    reviewer = Actor(name=f"after {actor.name}", side="system", channel=actor.channel)
    review_holds(actor=reviewer, since=min(event.since, today()))


@app.periodic(cron="*/10 * * * *")
@app.task(name="advising.review_holds", queueing_lock="advising.review_holds")
def review_holds_job(timestamp: int) -> int:  # noqa: ARG001 - the scheduler passes the planned second
    """Every ten minutes: keys expire without anybody doing anything, so the gate is asked about all that is planned."""
    if mission_shown() is None:
        return 0  # a worker may be started before a mission is loaded
    return review_holds(actor=system("worker"), since=today() - timedelta(days=1))
