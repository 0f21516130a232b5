from django.urls import path

from camaug.cases.web.desk import (
    intake,
    intake_done,
    intake_form,
    intake_new,
    mandates,
    refunds,
    register_book,
    representatives,
    serve,
)

app_name = "counter"

urlpatterns = [
    path("desk/intake/", intake.intake, name="intake"),
    path("desk/intake/procedures/", intake.procedures, name="procedures"),
    path("desk/intake/person/", intake_new.person, name="person"),
    path("desk/intake/business/", intake_new.business, name="business"),
    path("desk/intake/done/<str:code>/", intake_done.done, name="done"),
    path("desk/intake/done/<str:code>/receipt/", intake_done.receipt, name="receipt"),
    path("desk/intake/for/<slug:procedure>/", intake_form.form, name="form"),
    path("desk/intake/for/<slug:procedure>/fee/", intake_form.fee, name="fee"),
    path("desk/intake/for/<slug:procedure>/service/", serve.service, name="service"),
    path("desk/mandates/", mandates.mandates, name="mandates"),
    path("desk/mandates/<uuid:mandate>/", mandates.mandate, name="mandate"),
    path("desk/representatives/", representatives.representatives, name="representatives"),
    path("desk/representatives/<uuid:business_id>/", representatives.organisation, name="organisation"),
    path(
        "desk/representatives/<uuid:business_id>/proof/",
        representatives.representation_proof,
        name="representation_proof",
    ),
    path("desk/representations/<uuid:relation_id>/", representatives.representation, name="representation"),
    path(
        "desk/representations/<uuid:relation_id>/scan/", representatives.representation_scan, name="representation_scan"
    ),
    path("desk/refunds/", refunds.refunds, name="refunds"),
    path("desk/register/", register_book.register_book, name="register"),
    path("desk/register/workbook/", register_book.workbook, name="workbook"),
    path("desk/register/plain/", register_book.plain, name="register_csv"),
    path("desk/register/print/", register_book.printed, name="register_pdf"),
]
