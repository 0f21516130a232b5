"""Signing in by an identity from outside: there, back again, and what is asked where it does not simply open."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from camaug.access.actions.confirm_identity import note_confirmation
from camaug.access.actions.enter_from_outside import HeldByWord, enter_from_outside
from camaug.access.actions.link_outside import link_outside
from camaug.access.actions.release_person import release_person
from camaug.access.actions.unlink_outside import unlink_outside
from camaug.access.authentication import methods_of, note_proof
from camaug.access.demands import is_fresh
from camaug.access.models import Account, AccountKind
from camaug.access.outside.asking import Begun, NotConfirmed, begin, redeem
from camaug.access.outside.provider import Provider, provider
from camaug.access.outside.shown import Shown, from_session
from camaug.access.queries import Standing, actor_of, holder_of, identities_of, nobody
from camaug.access.web.confirm import ask_again
from camaug.access.web.forgotten import note_forgotten
from camaug.access.web.frame import frame_of
from camaug.access.web.joining import ticket
from camaug.access.web.kept_outside import ASKED, CONFIRM, ENTER, LINK, ONWARD, PURPOSE, SHOWN, TOKEN, forget_shown
from camaug.access.web.session import begin_session, close_session, how_shown, owner_of, renew_key, safe_next
from camaug.kernel.actors import ActorKind
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.pages import Request, fresh, fresh_to_read, public, signed_in

HOME = "/"


@public
def to_outside(request: Request) -> HttpResponseBase:
    """A link on the sign-in page: the browser is sent to the provider."""
    onward = safe_next(request, otherwise=HOME)
    if request.actor.kind == ActorKind.PUBLIC:
        return redirect(onward)
    if provider() is None:
        return redirect("access:sign_in")
    return _sent(request, ENTER, onward)


@fresh_to_read
@signed_in
def linking(request: Request) -> HttpResponseBase:
    """The same, for somebody signed in who wants to sign in so from now on."""
    if provider() is None or _citizen(request) is None:
        return redirect("access:security")
    return _sent(request, LINK, reverse("access:security"))


@signed_in
def confirming(request: Request) -> HttpResponseBase:
    """The same, before something weighty: to be shown there this very moment."""
    account, onward = _citizen(request), safe_next(request, otherwise=HOME)
    if provider() is None or account is None or not identities_of(account.id):
        return redirect(f"{reverse('access:confirm')}?{urlencode({'next': onward})}")
    return _sent(request, CONFIRM, onward, anew=True)


@public
def back_from_outside(request: Request) -> HttpResponseBase:
    """Where the provider sends the browser back to."""
    begun = Begun.from_session(request.session.pop(ASKED, None), at=request.at)
    if not request.GET:
        return redirect("access:sign_in")
    try:
        if begun is None:
            raise NotConfirmed
        shown, id_token = redeem(_provider(), begun, request.GET, at=request.at)
        if begun.purpose == CONFIRM:
            return _confirmed(request, shown, begun.onward)
        if (begun.purpose == LINK) != request.user.is_authenticated:
            raise NotConfirmed  # somebody has signed in, or out, meanwhile
        request.session[SHOWN], request.session[ONWARD] = shown.to_session(), begun.onward
        request.session[PURPOSE], request.session[TOKEN] = begun.purpose, id_token
        return redirect("access:outside_claim") if begun.purpose == LINK else _entered(request, shown)
    except DomainError as no:
        forget_shown(request.session)
        return _no(request, no, begun.onward if begun else HOME)


@public
def outside_claim(request: Request) -> HttpResponseBase:
    """What is asked of somebody who is vouched for and is not simply let in. POST `link`, or `release`."""
    shown = from_session(request.session.get(SHOWN), at=request.at)
    if shown is None or (request.user.is_authenticated and request.actor.kind != ActorKind.PUBLIC):
        return redirect("access:sign_in")
    holder, inside = holder_of(shown), request.user.is_authenticated
    if inside and request.session.get(PURPOSE) != LINK and holder.account != request.user:
        forget_shown(request.session)  # shown before this one signed in, and not to him
        return redirect("access:security")
    sentence = ""
    if request.method == "POST":
        if inside and not is_fresh(methods_of(request), at=request.at):
            return ask_again(request)
        try:
            return _answered(request, shown)
        except DomainError as no:
            sentence = str(no)
    told = {
        "shown": shown,
        "name": called(),
        "inside": inside,
        "mine": holder.account is not None and holder.account == request.user,
        "held": holder.standing == Standing.HELD,
        "opens_another": holder.standing == Standing.KNOWN and holder.account != request.user,
        "errors": {"": sentence} if sentence else {},
        "sign_in": f"{reverse('access:sign_in')}?{urlencode({'next': reverse('access:outside_claim')})}",
    }
    return render(request, "access/outside_claim.html", told, status=422 if sentence else 200)


@fresh
@signed_in
def unlinking(request: Request) -> HttpResponseBase:
    """GET asks; POST takes the identity away."""
    account = _citizen(request)
    found = next(iter(identities_of(account.id)), None) if account else None
    if found is None:
        return redirect("access:security")
    sentence = ""
    if request.method == "POST":
        try:
            unlink_outside(found.id, by=request.actor, at=request.at)
        except DomainError as no:
            sentence = str(no)
        else:
            messages.success(request, _("The identity opens your account no longer."))
            return redirect("access:security")
    told = {"layout": frame_of(request), "errors": {"": sentence} if sentence else {}, "name": called()}
    return render(request, "access/outside_unlinking.html", told, status=422 if sentence else 200)


def _answered(request: Request, shown: Shown) -> HttpResponseBase:
    if "release" in request.POST and not request.user.is_authenticated:
        release_person(shown, by=request.actor, at=request.at)
        return _entered(request, shown)
    account = request.user
    if "join" in request.POST and isinstance(account, Account):
        return _join(request, shown, account)
    if not isinstance(account, Account) or "link" not in request.POST:
        raise NotFound
    link_outside(account.id, shown, by=request.actor, at=request.at)
    forget_shown(request.session)
    renew_key(request)
    note_proof(request, account, how_shown(shown.sure), at=shown.shown_at)
    messages.success(request, _("From now on {name} opens this account.").format(name=called()))
    return redirect("access:security")


def _join(request: Request, shown: Shown, account: Account) -> HttpResponseBase:
    """In to the account that the identity opens, by its own second factor, with a word that the other was proved."""
    found = enter_from_outside(shown, by=nobody(origin=request.actor.origin), at=request.at)
    if found == account:
        return redirect("access:security")
    onward = f"{reverse('access:joining')}?{urlencode({'with': ticket(account, found)})}"
    close_session(request)
    return begin_session(request, found, how=how_shown(shown.sure), shown_at=shown.shown_at, onward=onward)


def _entered(request: Request, shown: Shown) -> HttpResponseBase:
    onward = request.session.get(ONWARD, HOME)
    try:
        account = enter_from_outside(shown, by=request.actor, at=request.at)
    except HeldByWord:
        renew_key(request)
        return redirect("access:outside_claim")
    token = request.session.get(TOKEN, "")
    forget_shown(request.session)
    request.session[TOKEN] = token
    return begin_session(request, account, how=how_shown(shown.sure), shown_at=shown.shown_at, onward=onward)


def _confirmed(request: Request, shown: Shown, onward: str) -> HttpResponseBase:
    """Only the identity that opens this very account confirms."""
    account, holder = owner_of(request), holder_of(shown)
    if account is None or not holder.linked or holder.account != account:
        raise NotConfirmed
    renew_key(request)
    note_proof(request, account, how_shown(shown.sure), at=shown.shown_at)
    by = actor_of(account, at=request.at, origin=request.actor.origin)
    note_confirmation(account.id, how=how_shown(shown.sure), by=by, at=request.at)
    note_forgotten(request, account, onward=onward, shown_at=shown.shown_at)
    return redirect(onward)


def _sent(request: Request, purpose: str, onward: str, *, anew: bool = False) -> HttpResponseBase:
    try:
        begun, address = begin(
            _provider(), purpose=purpose, onward=onward, anew=anew, language=get_language() or "vi", at=request.at
        )
    except DomainError as no:
        return _no(request, no, onward)
    request.session[ASKED] = begun.to_session()
    return redirect(address)


def _no(request: Request, no: DomainError, onward: str) -> HttpResponseBase:
    told = {"sentence": str(no), "next": urlencode({"next": onward}), "name": called()}
    return render(request, "access/outside_no.html", told, status=422)


def _provider() -> Provider:
    known = provider()
    if known is None:
        raise NotFound
    return known


def called() -> str:
    """What people call the provider; "" where there is none."""
    known = provider()
    return known.name if known else ""


def _citizen(request: Request) -> Account | None:
    account = request.user
    return account if isinstance(account, Account) and account.kind == AccountKind.CITIZEN else None
