"""The parts of the workbench: a claim or a line to check with everything that belongs to it."""

from claimtrack.reports import model
from claimtrack.reports.wording import Wording

#: The words that reports use, so that the page and the report say the same.
WORDING = Wording(model.Template())
