from django.urls import path

from camaug.access.web import (
    confirm,
    counter,
    invitation,
    new_codes,
    officer_sign_in,
    own_number,
    passkey,
    password,
    password_sign_in,
    reviews,
    second_factor,
    security,
    sign_in,
    sign_out,
    tokens,
    who,
)
from camaug.access.web.admin import account as officer_account
from camaug.access.web.admin import invitations, machines

app_name = "access"

urlpatterns = [
    path("desk/sign-in/", officer_sign_in.officer_sign_in, name="officer_sign_in"),
    path("invitation/<str:token>/", invitation.invitation, name="invitation"),
    path("sign-in/", sign_in.contact, name="sign_in"),
    path("sign-in/password/", password_sign_in.password_sign_in, name="password_sign_in"),
    path("sign-in/code/", sign_in.code, name="code"),
    path("sign-in/who/", who.who, name="who"),
    path("sign-in/second-factor/", second_factor.second_factor, name="second_factor"),
    path("sign-in/passkey/", passkey.sign_in_by_passkey, name="sign_in_by_passkey"),
    path("account/security/passkeys/new/", passkey.new_passkey, name="new_passkey"),
    path("account/confirm/", confirm.confirm, name="confirm"),
    path("account/security/", security.security, name="security"),
    path("account/security/password/", password.password, name="password"),
    path("account/security/sessions/ending/", security.session_ending, name="session_ending"),
    path("account/security/application/", security.application, name="application"),
    path("account/security/recovery-codes/", security.recovery_codes, name="recovery_codes"),
    path("account/security/recovery-codes/new/", new_codes.new_codes, name="new_codes"),
    path("account/security/factors/<uuid:factor_id>/removal/", security.removal, name="factor_removal"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("desk/own-number/", own_number.own_number, name="own_number"),
    path("desk/tokens/", tokens.officer_tokens, name="officer_tokens"),
    path("desk/administration/accounts/", invitations.invitations, name="invitations"),
    path(
        "desk/administration/accounts/rounds/<uuid:round_id>/",
        invitations.invitation_round_page,
        name="invitation_round",
    ),
    path(
        "desk/administration/accounts/rounds/<uuid:round_id>/withdrawal/",
        invitations.round_withdrawal,
        name="round_withdrawal",
    ),
    path("desk/administration/officers/<uuid:officer_id>/account/", officer_account.account, name="account"),
    path(
        "desk/administration/officers/<uuid:officer_id>/account/reopening/", officer_account.reopening, name="reopening"
    ),
    path(
        "desk/administration/officers/<uuid:officer_id>/account/factors/",
        officer_account.factors_reset,
        name="factors_reset",
    ),
    path("desk/reviews/", reviews.own_reviews, name="own_reviews"),
    path("desk/reviews/<uuid:review_id>/", reviews.review, name="review"),
    path("desk/reviews/<uuid:review_id>/<slug:ending>/", reviews.review_file, name="review_file"),
    path("desk/administration/reviews/", reviews.all_reviews, name="all_reviews"),
    path("desk/factors/", counter.counter, name="counter_factors"),
    path("desk/administration/officers/<uuid:officer_id>/account/letter/", officer_account.letter, name="letter"),
    path("desk/administration/programs/", machines.registry, name="machines"),
    path("desk/administration/systems/", tokens.clients, name="client_tokens"),
    path("sign-out/", sign_out.sign_out, name="sign_out"),
]
