"""Reactions to what happens to cases, and to the calendar and the post: one job a file."""

from camaug.cases.subscribers import applicants as applicants
from camaug.cases.subscribers import deadlines as deadlines
from camaug.cases.subscribers import mandates as mandates
from camaug.cases.subscribers import parcels as parcels
from camaug.cases.subscribers import silence as silence
from camaug.cases.subscribers import tallies as tallies
from camaug.cases.subscribers import viruses as viruses
