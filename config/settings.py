"""Settings, from the environment. No business here.

CAMAUG_MODE      "demo" (default: codes shown, sign-ins printed) or "production"
DATABASE_URL     postgresql://user:password@host:port/name; `camaug` sets it for the embedded server
DATA             folder of the embedded database and of stored files
FILES_MAX_MEGABYTES   largest uploaded file (20)
VIRUS_SCAN       the virus scanner's command, clamscan or clamdscan with its options; empty: nothing is scanned
API_CALLS_A_MINUTE, API_STRANGERS_CALLS_A_MINUTE   calls of the API by an account (600), by an address without (120)
PUBLIC_URL       address of the portal as printed in QR codes (http://localhost:8000)
SMTP_HOST, SMTP_PORT, SMTP_USER, SMTP_PASSWORD, SMTP_TLS ("starttls", "tls" or empty), MAIL_FROM   the mail server
SMS_GATEWAY_URL, SMS_GATEWAY_KEY   the SMS gateway; without it, demo mode shows messages on its tray
SITE_URL         the address that links in mails begin with
SECRET_KEY, ALLOWED_HOSTS, TRUSTED_ORIGINS   production only, and required there
TRUSTED_PROXIES  how many proxies of our own stand before us (0): with too few, everybody seems to sit where they do
CAMAUG_PROFILE   the province: a folder below profiles/ (ca-mau)
NATIONAL_PORTAL_URL, NATIONAL_PORTAL_USER, NATIONAL_PORTAL_PASSWORD, NATIONAL_PORTAL_UNIT   the national public-service
                 portal and our code there; without an address nothing is told
POST_URL, POST_CUSTOMER, POST_SECRET   the post's interface, our customer code there and its secret; without an address
                 nothing is carried, and in demo mode a small post of our own carries
POST_BOOK        where that small post keeps its parcels (DATA/demo-post.json)
NATIONAL_PORTAL_KINDS   how it codes applicants: person,business (1,2)
HISTORY_FOLDER   the sealed history's tree (DATA/history), best on another machine's disk
SEAL_KEY_FILE    file of the key that seals history (DATA/seal-key); it never lies in the database
DATA_KEYS_FILE   file of the keys that encrypt sensitive data (DATA/data-keys); it never lies in the database
SIGNON_KEYS      folder of the keys that sign for systems with our sign-in (DATA/signon-keys), outside the database too
WITNESSES        those who bear witness to its heads: `address key`, separated by commas
INSIDE_NETWORKS  networks from which officers may sign in without a second factor: 10.1.0.0/16,2001:db8::/32
                 (production: private addresses; demo: everywhere)
STEP_UP_MINUTES  how long after a sign-in a decision may be taken without showing again who one is (30)
IDLE_MINUTES, IDLE_MINUTES_CITIZENS   after how many minutes in which nothing is done an officer (60), a citizen (120)
                 shows again who he is
BREACHED_PASSWORDS   file of passwords that nobody may choose: sorted SHA-1, as Have I Been Pwned hands it out
                 (the commonest that are long enough, and those tried here first)
OUTSIDE_ISSUER, OUTSIDE_CLIENT_ID, OUTSIDE_CLIENT_SECRET   the OpenID provider by which citizens may sign in, such as
                 VNeID's, and our client there; without an issuer there is no such button
OUTSIDE_NAME, OUTSIDE_METADATA_URL, OUTSIDE_SCOPE, OUTSIDE_ACR   what people call it (VNeID); where it describes itself
                 (below the issuer); what is asked of it (openid); the level that is asked for (acr_values)
VNEID_STAND_IN   "off": nothing plays VNeID beside a demo (on: only with `camaug up` on this machine, in no production)
OUTSIDE_RETURNS_TO   the address of the portal as the provider knows it (PUBLIC_URL)
OUTSIDE_LEVELS   its levels (acr) that stand for two factors; OUTSIDE_THROUGH: identities (loginIdp) that count (all)
METRICS_TOKEN    whoever knows it may read /metrics; without it there is no such page
DATABASE_URL_FILE, SECRET_KEY_FILE, SMTP_PASSWORD_FILE, SMS_GATEWAY_KEY_FILE, METRICS_TOKEN_FILE,
NATIONAL_PORTAL_PASSWORD_FILE, POST_SECRET_FILE, OUTSIDE_CLIENT_SECRET_FILE   the same, in files
"""

import os
from pathlib import Path

from django.utils.csp import CSP

from camaug.kernel import secret_files
from config import environment

secret_files.take_in(os.environ)
BASE_DIR = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("DATA") or BASE_DIR / "data").resolve()
DEMO = environment.mode(os.environ) == "demo"
PROFILE = BASE_DIR / "profiles" / os.environ.get("CAMAUG_PROFILE", "ca-mau")

DEBUG = False
SECRET_KEY = environment.secret_key(os.environ, DATA)
ALLOWED_HOSTS = ["*"] if DEMO else environment.words(os.environ["ALLOWED_HOSTS"])
CSRF_TRUSTED_ORIGINS = environment.words(os.environ.get("TRUSTED_ORIGINS", ""))

INSTALLED_APPS = [
    "camaug.kernel",
    "camaug.ui",
    "camaug.people",
    "camaug.behalf",
    "camaug.access",
    "camaug.signon",
    "camaug.provisioning",
    "camaug.worktime",
    "camaug.audit",
    "camaug.catalogue",
    "camaug.notify",
    "camaug.queue",
    "camaug.postal",
    "camaug.cases",
    "camaug.portal",
    "camaug.desk",
    "camaug.insight",
    "camaug.gateway",
    "camaug.runtime",
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
    "camaug.runtime.web.probes.ProbeMiddleware",
    "camaug.runtime.web.programs.ProgramsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "camaug.runtime.web.compression.CompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "camaug.people.web.directory_once.directory_once",
    "camaug.access.middleware.ActorMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "camaug.cases.web.noting.ReadingMiddleware",
    "camaug.kernel.web.RefusalMiddleware",
]

# The chain for what programs ask without a cookie: the same, less what only a browser needs; `told` does what Django's
# middleware for security, policy, language, host, length and compression do in the other.
PROGRAMS_MIDDLEWARE = [
    "camaug.runtime.web.told.ToldMiddleware",
    "camaug.people.web.directory_once.directory_once",
    "camaug.access.middleware.ProgramMiddleware",
    "camaug.cases.web.noting.ReadingMiddleware",
    "camaug.kernel.web.RefusalMiddleware",
]

# Checks of a token, answered before Django by `runtime.web.doorway`: where the view at that address would answer alike.
CHECKS = {
    "/sso/userinfo": "camaug.signon.web.checks.userinfo",
    "/sso/introspect": "camaug.signon.web.checks.introspection",
    "/api/v1/me": "camaug.gateway.web.checks.me",
}

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "camaug.ui.context.frame",
            ],
        },
    }
]

AUTH_USER_MODEL = "access.Account"
AUTHENTICATION_BACKENDS = ["camaug.access.backend.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
RECOVERY_HASHER = "camaug.access.recovery.AtLeastCost"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_ADAPTER = "camaug.access.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False  # access.actions.count_attempt counts in the database, for all processes at once
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TRUSTED_PROXIES", "0"))
INSIDE_NETWORKS = environment.networks(os.environ.get("INSIDE_NETWORKS", "" if DEMO else environment.PRIVATE))
BREACHED_PASSWORDS = os.environ.get("BREACHED_PASSWORDS") or str(BASE_DIR / "camaug" / "access" / "breached.txt")
STEP_UP_MINUTES = int(os.environ.get("STEP_UP_MINUTES", "30"))
IDLE_MINUTES = int(os.environ.get("IDLE_MINUTES", "60"))
IDLE_MINUTES_CITIZENS = int(os.environ.get("IDLE_MINUTES_CITIZENS", "120"))
CODE_DELIVERY = "camaug.notify.codes.deliver"
SESSION_ENGINE = "camaug.access.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "camaug.kernel.web.form_too_old"
# Without a server, demo mode puts messages on its tray.
SMTP_HOST = os.environ.get("SMTP_HOST", "" if DEMO else "localhost")
SMTP_PORT = int(os.environ.get("SMTP_PORT", "25"))
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": SMTP_HOST,
            "port": SMTP_PORT,
            "username": os.environ.get("SMTP_USER", ""),
            "password": os.environ.get("SMTP_PASSWORD", ""),
            "use_tls": os.environ.get("SMTP_TLS", "") == "starttls",
            "use_ssl": os.environ.get("SMTP_TLS", "") == "tls",
            "timeout": 5,
        },
    }
}
DEFAULT_FROM_EMAIL = os.environ.get("MAIL_FROM", "khong-tra-loi@camau.gov.vn")
SMS_GATEWAY_URL = environment.web_address(os.environ.get("SMS_GATEWAY_URL", ""))
SMS_GATEWAY_KEY = os.environ.get("SMS_GATEWAY_KEY", "")
NATIONAL_PORTAL_URL = environment.web_address(os.environ.get("NATIONAL_PORTAL_URL", ""))
NATIONAL_PORTAL_USER = os.environ.get("NATIONAL_PORTAL_USER", "")
NATIONAL_PORTAL_PASSWORD = os.environ.get("NATIONAL_PORTAL_PASSWORD", "")
NATIONAL_PORTAL_UNIT = os.environ.get("NATIONAL_PORTAL_UNIT", "")
NATIONAL_PORTAL_KINDS = environment.kinds(os.environ.get("NATIONAL_PORTAL_KINDS", "1,2"))
POST_URL = environment.web_address(os.environ.get("POST_URL", "")).rstrip("/")
POST_CUSTOMER = os.environ.get("POST_CUSTOMER", "")
POST_SECRET = os.environ.get("POST_SECRET", "")
POST_BOOK = Path(os.environ.get("POST_BOOK") or DATA / "demo-post.json")
OUTSIDE_ISSUER = environment.exact_address(os.environ.get("OUTSIDE_ISSUER", ""))
OUTSIDE_METADATA_URL = environment.web_address(os.environ.get("OUTSIDE_METADATA_URL", ""))
OUTSIDE_CLIENT_ID = os.environ.get("OUTSIDE_CLIENT_ID", "")
OUTSIDE_CLIENT_SECRET = os.environ.get("OUTSIDE_CLIENT_SECRET", "")
OUTSIDE_NAME = os.environ.get("OUTSIDE_NAME", "VNeID")
OUTSIDE_RETURNS_TO = environment.web_address(os.environ.get("OUTSIDE_RETURNS_TO", ""))
OUTSIDE_SCOPE = os.environ.get("OUTSIDE_SCOPE", "openid")
OUTSIDE_ACR = os.environ.get("OUTSIDE_ACR", "")
OUTSIDE_LEVELS = environment.words(os.environ.get("OUTSIDE_LEVELS", ""))
OUTSIDE_THROUGH = environment.words(os.environ.get("OUTSIDE_THROUGH", ""))
METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "")
SITE_URL = environment.web_address(os.environ.get("SITE_URL", ""))
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"


# Without an address (building static files, collecting messages) there is no database to reach.
DATABASES: dict[str, dict[str, object]] = {
    "default": environment.database(os.environ["DATABASE_URL"]) if os.environ.get("DATABASE_URL") else {}
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "build" / "static"
_BUILT = STATIC_ROOT.is_dir()
WHITENOISE_USE_FINDERS = not _BUILT
API_CALLS_A_MINUTE = int(os.environ.get("API_CALLS_A_MINUTE", "600"))
API_STRANGERS_CALLS_A_MINUTE = int(os.environ.get("API_STRANGERS_CALLS_A_MINUTE", "120"))
PUBLIC_URL = os.environ.get("PUBLIC_URL", "http://localhost:8000").rstrip("/")
FILES_ROOT = DATA / "files"
HISTORY_ROOT = Path(os.environ.get("HISTORY_FOLDER") or DATA / "history").resolve()
SEAL_KEY_FILE = os.environ.get("SEAL_KEY_FILE") or str(DATA / "seal-key")
DATA_KEYS_FILE = os.environ.get("DATA_KEYS_FILE") or str(DATA / "data-keys")
SIGNON_KEYS = os.environ.get("SIGNON_KEYS") or str(DATA / "signon-keys")
WITNESSES = environment.words(os.environ.get("WITNESSES", ""))
VIRUS_SCAN = os.environ.get("VIRUS_SCAN", "")
FILES_MAX_MEGABYTES = int(os.environ.get("FILES_MAX_MEGABYTES", "20"))
STORAGES = {
    "default": {
        "BACKEND": "camaug.kernel.files.storage.SealedFolder",
        "OPTIONS": {"location": FILES_ROOT},
    },
    "history": {
        "BACKEND": "camaug.kernel.files.storage.WriteOnceFolder",
        "OPTIONS": {"location": HISTORY_ROOT},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if _BUILT
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "worker-src": [CSP.SELF],
    "frame-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE_SSL_REDIRECT = not DEMO
SECURE_HSTS_SECONDS = 0 if DEMO else 31_536_000
SECURE_PROXY_SSL_HEADER = None if DEMO else ("HTTP_X_FORWARDED_PROTO", "https")
LANGUAGE_COOKIE_AGE = 31_536_000

# The reference for the statement that sends an application; `camaug bench submit` measures both.
READABLE_SUBMIT = bool(os.environ.get("READABLE_SUBMIT"))

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
        "json": {"()": "camaug.kernel.logs.JsonLines"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line" if DEMO else "json"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django.request": {"level": "CRITICAL"},  # kernel.web logs failures, with their reference
        "camaug.requests": {"level": "WARNING" if DEMO else "INFO"},
    },
}
