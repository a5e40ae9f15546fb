"""Addresses of the site: those of the apps, of sign-in and of the language switch."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from config.health import healthz

# The admin has its own sign-in form, which knows no second factor.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

handler500 = "config.error_pages.fault_page"
urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
    path("", include("tips.urls")),
    path("", include("enforcement.urls")),
    path("system/", include("casework.views.system.urls")),
    path("", include("casework.urls")),
]
