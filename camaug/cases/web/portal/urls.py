from django.urls import path

from camaug.cases.web.portal import (
    apply,
    check,
    delete,
    delivery,
    follow,
    go_on,
    joining,
    my_case,
    my_cases,
    office,
    page,
    papers,
    printed,
    rating,
    receipt,
    supplement,
)

app_name = "citizen"

urlpatterns = [
    path("apply/<slug:procedure>/", apply.apply, name="apply"),
    path("applications/<uuid:case>/", go_on.go_on, name="go_on"),
    path("applications/<uuid:case>/pages/<slug:page>/", page.page, name="page"),
    path("applications/<uuid:case>/office/", office.office, name="office"),
    path("applications/<uuid:case>/papers/", papers.papers, name="papers"),
    path("applications/<uuid:case>/papers/<slug:paper>/pages/", joining.joining, name="joining"),
    path("applications/<uuid:case>/delivery/", delivery.delivery, name="delivery"),
    path("applications/<uuid:case>/check/", check.check, name="check"),
    path("applications/<uuid:case>/delete/", delete.delete, name="delete"),
    path("my-cases/", my_cases.my_cases, name="my_cases"),
    path("my-cases/<uuid:case>/", my_case.my_case, name="my_case"),
    path("my-cases/<uuid:case>/receipt/", receipt.receipt, name="receipt"),
    path("my-cases/<uuid:case>/supplement/", supplement.supplement, name="supplement"),
    path("my-cases/<uuid:case>/supplement/pages/<slug:page>/", supplement.page, name="supplement_page"),
    path("my-cases/<uuid:case>/declaration/", printed.declaration, name="declaration"),
    path("my-cases/<uuid:case>/files/<uuid:file>/", printed.file, name="file"),
    path("my-cases/<uuid:case>/slips/<uuid:slip>/", printed.slip, name="slip"),
    path("my-cases/<uuid:case>/results/<uuid:result>/", printed.result, name="result"),
    path("my-cases/<uuid:case>/rating/", rating.rating, name="rating"),
    path("follow/", follow.follow, name="follow"),
    path("follow/case/", follow.followed, name="followed"),
    path("follow/case/rating/", rating.followed_rating, name="followed_rating"),
]
