"""claimtrack: who said exactly what, when, where was it printed, and is it right?

The domain is plain Python in this package; `claimtrack.db` is storage, `claimtrack.ui` the dashboard,
`claimtrack.services` the verbs that both the dashboard and the command line call.
"""

from importlib.metadata import version

__version__ = version("claimtrack")
