from django.urls import path

from camaug.cases.web.desk import (
    approval,
    assignment,
    case,
    denial,
    hand_over,
    handing_out,
    joining,
    notices,
    paper,
    payment,
    payment_request,
    printed,
    proposal,
    reception,
    refusal,
    result,
    rework,
    supplement,
    supplement_request,
)

app_name = "cases"
CASE = "desk/cases/<str:code>/"

urlpatterns = [
    path(CASE, case.case, name="case"),
    path(f"{CASE}reception/", reception.reception, name="reception"),
    path(f"{CASE}refusal/", refusal.refusal, name="refusal"),
    path(f"{CASE}supplement-request/", supplement_request.supplement_request, name="supplement_request"),
    path(f"{CASE}supplement/", supplement.supplement, name="supplement"),
    path(f"{CASE}assignment/", assignment.assignment, name="assignment"),
    path(f"{CASE}hand-over/", hand_over.hand_over, name="hand_over"),
    path(f"{CASE}proposal/", proposal.proposal, name="proposal"),
    path(f"{CASE}approval/", approval.approval, name="approval"),
    path(f"{CASE}approval/preview/", approval.preview, name="preview"),
    path(f"{CASE}denial/", denial.denial, name="denial"),
    path(f"{CASE}rework/", rework.rework, name="rework"),
    path(f"{CASE}payment-request/", payment_request.payment_request, name="payment_request"),
    path(f"{CASE}payment/", payment.payment, name="payment"),
    path(f"{CASE}result/", result.result, name="result"),
    path(f"{CASE}handing-out/", handing_out.handing_out, name="handing_out"),
    path(f"{CASE}notices/", notices.notices, name="notices"),
    path(f"{CASE}papers/<slug:paper>/", paper.paper, name="paper"),
    path(f"{CASE}papers/<slug:paper>/files/", paper.paper_files, name="paper_files"),
    path(f"{CASE}papers/<slug:paper>/pages/", joining.joining, name="joining"),
    path(f"{CASE}files/<uuid:file>/", printed.file, name="file"),
    path(f"{CASE}slips/<uuid:slip>/", printed.slip, name="slip"),
    path(f"{CASE}results/<uuid:result>/", printed.result_sheet, name="result_sheet"),
    path(f"{CASE}control-sheet/", printed.control_sheet, name="control_sheet"),
    path(f"{CASE}declaration/", printed.declaration, name="declaration"),
]
