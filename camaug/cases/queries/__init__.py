"""Questions about cases; answers are frozen dataclasses, and every one of them asks who wants to know."""

from camaug.cases.queries.batches import BatchView, Candidate, Tried, batch, batches, bulk_moves, candidates
from camaug.cases.queries.case_page import CasePage, OpenMove, PaperView, case_page, is_open, page_of, seen_case
from camaug.cases.queries.consultations import ConsultationView
from camaug.cases.queries.counter import Offer, offers
from camaug.cases.queries.drafts import Draft, draft_of, file_of, unfinished
from camaug.cases.queries.figures import WHOLE, Figures, Scope, by_month, figures, first_month, total
from camaug.cases.queries.files import is_visible
from camaug.cases.queries.follow import Progress, follow, progress_of
from camaug.cases.queries.inbox import TABS, Filters, Inbox, Tab, counts, inbox, listed
from camaug.cases.queries.lists import CaseRow, helped_cases, my_cases, recent
from camaug.cases.queries.parts import PartView
from camaug.cases.queries.readings import ReadingView, readings_of
from camaug.cases.queries.searching import RANKED, search
from camaug.cases.queries.timeline import TimelineEntry
from camaug.cases.queries.told import Told, ToldAbout, told_about
from camaug.cases.queries.totals import Today, most_used, stats, today

__all__ = [
    "RANKED",
    "TABS",
    "WHOLE",
    "BatchView",
    "Candidate",
    "CasePage",
    "CaseRow",
    "ConsultationView",
    "Draft",
    "Figures",
    "Filters",
    "Inbox",
    "Offer",
    "OpenMove",
    "PaperView",
    "PartView",
    "Progress",
    "ReadingView",
    "Scope",
    "Tab",
    "TimelineEntry",
    "Today",
    "Told",
    "ToldAbout",
    "Tried",
    "batch",
    "batches",
    "bulk_moves",
    "by_month",
    "candidates",
    "case_page",
    "counts",
    "draft_of",
    "figures",
    "file_of",
    "first_month",
    "follow",
    "helped_cases",
    "inbox",
    "is_open",
    "is_visible",
    "listed",
    "most_used",
    "my_cases",
    "offers",
    "page_of",
    "progress_of",
    "readings_of",
    "recent",
    "search",
    "seen_case",
    "stats",
    "today",
    "told_about",
    "total",
    "unfinished",
]
