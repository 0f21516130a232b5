from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from camaug.access.actions.count_attempt import TooManyAttempts
from camaug.access.actions.say_own_number import say_own_number
from camaug.access.web.forms import shown
from camaug.access.web.session import safe_next
from camaug.kernel.errors import DomainError
from camaug.kernel.pages import Request, fresh, staff
from camaug.people.queries.staff import own_number as number_of


class NumberForm(forms.Form):
    number = forms.CharField(max_length=30, error_messages={"required": gettext_lazy("Enter your personal number.")})


@fresh
@staff
def own_number(request: Request) -> HttpResponseBase:
    """An officer says who he is as a citizen, so that he is kept out of his own cases, and goes on to `next`."""
    known = number_of(request.actor)
    form = NumberForm(request.POST or None)
    if request.method != "POST" or known:
        return _page(request, form, known, 200)
    if not form.is_valid():
        return _page(request, form, known, 422)
    try:
        say_own_number(form.cleaned_data["number"], by=request.actor, at=request.at)
    except DomainError as no:
        form.add_error("number", str(no))
        return _page(request, form, known, 429 if isinstance(no, TooManyAttempts) else 422)
    messages.success(request, _("Your personal number is entered. Your own cases go to colleagues from now on."))
    return redirect(safe_next(request, otherwise=reverse("access:security")))


def _page(request: Request, form: NumberForm, known: str, status: int) -> HttpResponse:
    return render(request, "access/own_number.html", {"known": known} | shown(form), status=status)
