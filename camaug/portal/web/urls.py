from django.urls import path

from camaug.portal.web import home, machines, procedures, suggestions

app_name = "portal"

urlpatterns = [
    path("", home.home, name="home"),
    path("procedures/", procedures.procedures, name="procedures"),
    path("procedures/suggestions/", suggestions.suggestions, name="suggestions"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
]
