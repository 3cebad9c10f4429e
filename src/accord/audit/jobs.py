"""Background entry: sealing, so that at most a minute of the trail stands unsealed."""

from procrastinate.contrib.django import app

from accord.audit.services import seal_waiting


@app.periodic(cron="* * * * *")
@app.task(name="audit.seal", queueing_lock="audit.seal")
def seal_job(timestamp: int) -> int:  # noqa: ARG001 - the scheduler passes the planned second
    return seal_waiting()
