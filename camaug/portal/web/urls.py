from django.urls import path

from camaug.portal.web import home, machines, own_data, procedures, suggestions

app_name = "portal"

urlpatterns = [
    path("", home.home, name="home"),
    path("procedures/", procedures.procedures, name="procedures"),
    path("procedures/suggestions/", suggestions.suggestions, name="suggestions"),
    path("my-data/", own_data.own_data, name="own_data"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
]
