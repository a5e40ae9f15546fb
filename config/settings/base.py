"""Settings that hold everywhere; what differs stands in dev, test and production."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from config import addresses, env
from config.settings.content_security import CONTENT_SECURITY_POLICY as CONTENT_SECURITY_POLICY
from config.settings.logs import LOGGING as LOGGING
from config.settings.logs import configure_structlog
from config.settings.mail import mail_settings

BASE_DIR = env.BASE_DIR
HOME = env.home()
FONTS = env.fonts()
DEBUG = False

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "channels",
    "django_htmx",
    "django_prometheus",
    "django_structlog",
    "csp",
    "guardian",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "workflows",
    "casework",
    "enforcement",
    "tips",
    "config",
]
MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.request_log.RequestLogMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "config.staff_second_factor.SecondFactorRequired",
    "django_htmx.middleware.HtmxMiddleware",
    "config.error_pages.RefusalPages",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]
ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "casework.frame.staff_frame",
                "tips.frame.public_frame",
                "config.demo_frame.demo_sign_in",
            ],
        },
    },
]
# Forms look the same everywhere: templates/django/forms.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": addresses.database()}
# The application works under one role and makes its tables under another: workflows/database_roles.py.
DATABASE_APPLICATION = {name: DATABASES["default"][name] for name in addresses.LOGIN}
DATABASE_OWNER = addresses.database_owner()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = addresses.redis_url()
BROKER_URL = addresses.broker_url(REDIS_URL)
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        # In PostgreSQL, so that signing in and its limits work while the broker is down.
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_entry",
    },
    # What lives for minutes and is counted often: limits of the public pages, look-ups of tipsters.
    "short_lived": {
        "BACKEND": "config.caches.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "short",
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 2},
    },
    # What is the same for everybody and dear to make: the blank form of a report.
    "in_process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "in_process"},
}
CHANNEL_LAYERS = addresses.channel_layers(REDIS_URL)
OBJECT_STORE = addresses.object_store()
JOURNAL_EARLIER_KEYS = env.keys32("FUNDGUARD_JOURNAL_EARLIER_KEYS")
ACKNOWLEDGEMENT_EARLIER_KEYS = env.keys32("FUNDGUARD_ACKNOWLEDGEMENT_EARLIER_KEYS")
JOURNAL_WITNESSES = env.words("FUNDGUARD_JOURNAL_WITNESSES")
UNFILED_BYTES = env.integer("FUNDGUARD_UNFILED_GB", least=1, most=1_000_000) * 1024**3
PROOF_COST = env.integer("FUNDGUARD_PROOF_COST", least=1, most=1_000_000)
BPMN_DIR = BASE_DIR / "bpmn"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
# The sources of bundles are not for browsers; static/vendor holds what is built from them.
STATICFILES_IGNORED = ["src"]
SERVE_STATIC = False

AUTH_USER_MODEL = "casework.Account"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
    "guardian.backends.ObjectPermissionBackend",
]
ANONYMOUS_USER_NAME = None
GUARDIAN_RAISE_403 = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "config.accounts.StaffAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
MFA_ADAPTER = "config.accounts.SealedSecretsAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Fundguard"
DEMO_SECOND_FACTOR = False
SECOND_FACTOR_REQUIRED = True

SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

EMAIL = mail_settings()
EMAIL_BACKEND = EMAIL.backend
EMAIL_HOST = EMAIL.host
EMAIL_PORT = EMAIL.port
EMAIL_HOST_USER = EMAIL.user
EMAIL_HOST_PASSWORD = EMAIL.password
EMAIL_USE_TLS = EMAIL.starts_tls
EMAIL_USE_SSL = EMAIL.is_tls
EMAIL_TIMEOUT = 20
BANK_FILE_LAYOUT = env.text("BANK_FILE_LAYOUT")
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL")

# A report of an error may be mailed: nothing of visitors, forms and settings is in it.
DEFAULT_EXCEPTION_REPORTER = "config.error_reports.BareReport"
DEFAULT_EXCEPTION_REPORTER_FILTER = "config.error_reports.BareReports"
LOGGING_CONFIG = "logging.config.dictConfig"
DJANGO_STRUCTLOG_CELERY_ENABLED = True
# No address beside an anonymous tip in any log (data protection, docs/data-protection.md).
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_TRUST_UPSTREAM_REQUEST_ID = True
PROMETHEUS_EXPORT_MIGRATIONS = False
configure_structlog()
