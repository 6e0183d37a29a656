"""Check that a wheel holds what it should, and nothing else.

python .ci/check_wheel.py dist/claimtrack-0.1.0-py3-none-any.whl
"""

import sys
import zipfile
from pathlib import Path, PurePosixPath

#: Files that the package can't run without; a pattern a line would hide that one of them is gone.
NEEDED = {
    "claimtrack/__init__.py",
    "claimtrack/cli.py",
    "claimtrack/py.typed",
    "claimtrack/db/__init__.py",
    "claimtrack/ui/__init__.py",
    "claimtrack/ui/app.py",
    "claimtrack/ui/server.py",
    "claimtrack/ui/.streamlit/config.toml",
    "claimtrack/samples/index.json",
}
ENDINGS = {
    ".py",
    ".typ",
    ".typed",
    ".toml",
    ".json",
    ".txt",
    ".html",
    ".css",
    ".js",
    ".mako",
    ".vtt",
    ".png",
    ".j2",
    ".ini",
    ".md",
}


def problems(names: list[str]) -> list[str]:
    """What is wrong with the list of files of a wheel, a sentence each."""
    found = [f"{name} is missing" for name in sorted(NEEDED - set(names))]
    for name in names:
        path = PurePosixPath(name)
        if path.parts[0].endswith(".dist-info"):
            continue
        if path.parts[0] != "claimtrack":
            found.append(f"{name} stands outside the package")
        elif "__pycache__" in path.parts or path.suffix not in ENDINGS:
            found.append(f"{name} does not belong in a wheel")
    doubled = {name for name in names if names.count(name) > 1}
    return found + [f"{name} is there twice" for name in sorted(doubled)]


if __name__ == "__main__":
    listed = zipfile.ZipFile(Path(sys.argv[1])).namelist()
    wrong = problems(listed)
    print("\n".join(wrong) or f"{len(listed)} files, all of them expected")
    sys.exit(bool(wrong))
