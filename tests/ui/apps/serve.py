"""Runs one app as the desk is run. Ends when its standard input closes, so that no test leaves a server behind.

`python serve.py SCRIPT PORT`
"""

import os
import sys
import threading
from pathlib import Path

from claimtrack.ui.launch import launch


def _end_with_the_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


threading.Thread(target=_end_with_the_parent, daemon=True).start()
launch(int(sys.argv[2]), script=Path(sys.argv[1]), open_browser=False)
