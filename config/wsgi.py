import os
import signal
from multiprocessing import parent_process

from django.core.wsgi import get_wsgi_application

from camaug.runtime import huge_pages, serving

if serving.PREPARED in os.environ and (server := parent_process()):
    # A killed server must not leave processes behind that hold its port; while a process loads it still has the
    # server's own handling of polite signals, so this one cannot be polite.
    serving.die_with(server.pid or 0, by=signal.SIGKILL)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django = get_wsgi_application()
from camaug.kernel.postgresql.resting import resting  # noqa: E402 (it needs Django set up)
from camaug.runtime.web.doorway import Doorway  # noqa: E402 (likewise)

application = Doorway(django)
if serving.PREPARED in os.environ:
    resting.begin()
    huge_pages.gather_soon()
serving.keep_what_is_loaded()
