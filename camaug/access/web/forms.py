"""What the sign-in pages read from a person, and how they show it back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from camaug.access.codes import LENGTH


class ContactForm(forms.Form):
    contact = forms.CharField(
        max_length=254, error_messages={"required": _("Enter your phone number or e-mail address.")}
    )


class IdentifierForm(forms.Form):
    identifier = forms.CharField(
        max_length=254,
        error_messages={"required": _("Enter your phone number, e-mail address or personal number.")},
    )
    password = forms.CharField(strip=False, max_length=200, error_messages={"required": _("Enter your password.")})


class CodeForm(forms.Form):
    code = forms.RegexField(
        rf"^(\d\s?){{{LENGTH}}}$",
        max_length=20,
        strip=True,
        error_messages={"required": _("Enter the code."), "invalid": _("The code has six digits.")},
    )


class FactorForm(forms.Form):
    code = forms.CharField(max_length=40, error_messages={"required": _("Enter the code.")})


class WhoForm(forms.Form):
    full_name = forms.CharField(max_length=120, error_messages={"required": _("Enter your full name.")})
    personal_number = forms.CharField(max_length=30, error_messages={"required": _("Enter your personal number.")})


class OfficerForm(forms.Form):
    email = forms.EmailField(
        error_messages={
            "required": _("Enter your official e-mail address."),
            "invalid": _("Enter your official e-mail address, such as an@camau.gov.vn."),
        }
    )
    password = forms.CharField(strip=False, max_length=200, error_messages={"required": _("Enter your password.")})


def shown(form: forms.Form) -> dict[str, dict[str, str]]:
    """For the template: what was `typed`, the `errors` by field, and all `sentences` for the summary above."""
    errors = {name: str(form.errors[name][0]) if name in form.errors else "" for name in form.fields}
    whole = {"": " ".join(map(str, form.non_field_errors()))} if form.non_field_errors() else {}
    return {
        "typed": {name: str(form[name].value() or "") for name in form.fields},
        "errors": errors,
        "sentences": whole | {name: sentence for name, sentence in errors.items() if sentence},
    }
