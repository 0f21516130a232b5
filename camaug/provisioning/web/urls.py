from django.urls import re_path

from camaug.provisioning.web import scim

app_name = "provisioning"

urlpatterns = [
    re_path(r"^scim/v2/(?P<path>.*)$", scim.scim, name="scim"),
]
