import os

from django.core.wsgi import get_wsgi_application

from camaug.runtime import serving

if serving.PREPARED in os.environ:
    serving.die_with(os.getppid())  # a killed server must not leave processes behind that hold its port
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
serving.keep_what_is_loaded()
