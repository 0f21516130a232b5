from camaug.kernel.events import Event, event


@event
class OwnDataTaken(Event):
    """Somebody in office took away a copy of what is kept of him; subject: the account."""
