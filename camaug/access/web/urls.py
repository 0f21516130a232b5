from django.urls import path

from camaug.access.web import officer_sign_in, sign_in, sign_out, tokens, who

app_name = "access"

urlpatterns = [
    path("desk/sign-in/", officer_sign_in.officer_sign_in, name="officer_sign_in"),
    path("sign-in/", sign_in.contact, name="sign_in"),
    path("sign-in/code/", sign_in.code, name="code"),
    path("sign-in/who/", who.who, name="who"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("desk/tokens/", tokens.officer_tokens, name="officer_tokens"),
    path("desk/administration/systems/", tokens.clients, name="client_tokens"),
    path("sign-out/", sign_out.sign_out, name="sign_out"),
]
