"""`claimtrack watch` in a process of its own: stores what comes, and ends cleanly when it is told to."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

TEXT = "Port news\n\n12 March 2026\n\n“Part {} is done,” said Ada Moss.\n"


@pytest.mark.timeout(120)
@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C can't be sent to one process there")
@pytest.mark.parametrize("database_kind", ["sqlite"])
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_it_stores_what_comes_and_ends_cleanly(database_url, tmp_path, end):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT.format(1), encoding="utf-8")
    command = [sys.executable, "-m", "claimtrack", "watch", str(folder), "--db", database_url, "--as", "Ada",
               "--every", "0.2", "--format", "jsonl", "--story", "Port"]  # fmt: skip
    env = {**os.environ, "XDG_STATE_HOME": str(tmp_path / "state"), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert json.loads(process.stdout.readline())["statements"] == 1
            (folder / "b.txt").write_text(TEXT.format(2), encoding="utf-8")
            assert json.loads(process.stdout.readline())["outcome"] == "new"
            time.sleep(0.3)
            process.send_signal(end)
            out, err = process.communicate(timeout=60)
        finally:
            process.kill()
    assert (out, err.strip(), process.returncode) == ("", "Stopped; 2 stored, 0 not.", 0)
