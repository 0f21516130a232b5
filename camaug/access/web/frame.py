from camaug.kernel.actors import ActorKind
from camaug.kernel.pages import Request


def frame_of(request: Request) -> str:
    """The layout in which a page about one's own account stands: the desk's for officers, the portal's for others."""
    return "ui/desk.html" if request.actor.kind == ActorKind.STAFF else "ui/portal.html"
