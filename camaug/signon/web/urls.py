from django.urls import path

from camaug.signon.web import authorize, before, launcher, logout, machines, mine, systems

app_name = "signon"

urlpatterns = [
    path(".well-known/openid-configuration", machines.discovery, name="discovery"),
    path(".well-known/oauth-authorization-server", machines.discovery, name="metadata"),
    path("sso/keys", machines.keys, name="keys"),
    path("sso/authorize", authorize.authorize, name="authorize"),
    path("sso/token", machines.token, name="token"),
    path("sso/userinfo", machines.userinfo, name="userinfo"),
    path("sso/introspect", machines.introspect, name="introspect"),
    path("sso/revoke", machines.revoke, name="revoke"),
    path("sso/logout", logout.logout, name="logout"),
    path("sso/leave/", logout.leave, name="leave"),
    path("sso/onward/", before.onward_page, name="onward"),
    path("sso/ways/", before.ways, name="ways"),
    path("sso/again/", before.again, name="again"),
    path("sso/account/", before.account, name="account"),
    path("sso/second-factor/", before.second_factor, name="second_factor"),
    path("sso/consent/", before.consent, name="consent"),
    path("account/systems/", mine.mine, name="mine"),
    path("desk/systems/", launcher.launcher, name="launcher"),
    path("desk/administration/sign-on/", systems.systems, name="systems"),
    path("desk/administration/sign-on/new/", systems.new, name="new_system"),
    path("desk/administration/sign-on/<uuid:system_id>/", systems.system, name="system"),
    path("desk/administration/sign-on/<uuid:system_id>/change/", systems.change, name="change_system"),
    path("desk/administration/sign-on/<uuid:system_id>/secrets/", systems.secrets, name="secrets"),
    path("desk/administration/sign-on/<uuid:system_id>/closure/", systems.closure, name="closure"),
]
