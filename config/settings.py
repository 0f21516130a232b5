"""Settings, from the environment. No business here.

CAMAUG_MODE   "demo" (default: codes shown, sign-ins printed) or "production"
DATABASE_URL  postgres://user:password@host:port/name; `camaug` sets it for the embedded server
DATA          folder of the embedded database and of stored files
SECRET_KEY    required in production; kept in DATA otherwise
"""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("DATA", BASE_DIR / "data")).resolve()
MODE = os.environ.get("CAMAUG_MODE", "demo")
DEMO = MODE == "demo"
PROFILE = BASE_DIR / "profiles" / os.environ.get("CAMAUG_PROFILE", "ca-mau")

DEBUG = False
SECRET_KEY = os.environ.get("SECRET_KEY", "demo-only-key-that-production-refuses" if DEMO else "")
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "*" if DEMO else "").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("TRUSTED_ORIGINS", "").split(",") if o]

INSTALLED_APPS = [
    "camaug.kernel",
    "camaug.ui",
    "camaug.people",
    "camaug.access",
    "camaug.worktime",
    "camaug.catalogue",
    "camaug.notify",
    "camaug.cases",
    "camaug.portal",
    "camaug.desk",
    "django_cotton",
    "allauth",
    "allauth.account",
    "procrastinate.contrib.django",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

AUTH_USER_MODEL = "access.Account"
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"


def _database() -> dict[str, object]:
    url = urlsplit(os.environ.get("DATABASE_URL", ""))
    if url.scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured("DATABASE_URL is not set; run commands through `camaug`, which starts the database.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": url.path.lstrip("/"),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": unquote(url.hostname or ""),
        "PORT": str(url.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"server_side_binding": True},
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "build" / "static"
