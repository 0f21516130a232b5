from camaug.kernel.events import Event, event


@event
class OwnDataTaken(Event):
    """Somebody took away a copy of all that is kept of him; subject: the account."""
