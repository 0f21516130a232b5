from django.urls import URLPattern, URLResolver, include, path

handler400 = "camaug.kernel.web.bad_request"
handler403 = "camaug.kernel.web.permission_denied"
handler404 = "camaug.kernel.web.not_found"
handler500 = "camaug.kernel.web.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("camaug.cases.web.portal.urls")),  # first, since most is asked there
    path("", include("camaug.signon.web.urls")),  # early too: systems ask about tokens all day
    path("", include("camaug.provisioning.web.urls")),
    path("", include("camaug.ui.urls")),
    path("", include("camaug.gateway.web.urls")),
    path("", include("camaug.access.web.urls")),
    path("", include("camaug.worktime.web.urls")),
    path("", include("camaug.audit.web.urls")),
    path("", include("camaug.portal.web.urls")),  # before the catalogue: /procedures/suggestions/ is no procedure
    path("", include("camaug.insight.web.urls")),
    path("", include("camaug.catalogue.web.urls")),
    path("", include("camaug.notify.web.urls")),
    path("", include("camaug.queue.web.urls")),
    path("", include("camaug.desk.web.urls")),
    path("", include("camaug.people.web.urls")),
    path("", include("camaug.gateway.web.national_urls")),
    path("", include("camaug.cases.web.desk.intake_urls")),
    path("", include("camaug.cases.web.desk.urls")),
]
