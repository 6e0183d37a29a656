"""Cells that no spreadsheet runs, and the way back.

A spreadsheet takes a cell for a formula when it begins with = + - @ (or their full-width forms). An apostrophe before
that character makes it text; a cell that begins with an apostrophe of its own gets one more, so that the way back is
exact. White space and quotation marks before it do not hide it. A program that splits our comma-separated file at
semicolons or tabs, or loses count of the quotation marks, would start a cell in the middle of ours: after a
semicolon, tab or line break inside a cell the same rule holds. (OWASP, "CSV Injection".)
"""

import re

#: What begins a formula in Excel, LibreOffice and Google Sheets, and the apostrophe that guards against it.
_RISKY = "'=+\\-@＝＋－＠"
_STARTS = "\\A|[;\t\r\n]"
_PADDING = '[ "\u00a0\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85]*'
# Linear: padding never holds a start, so no character is looked at from two starts.
_NEUTRALISE = re.compile(f"({_STARTS})({_PADDING})(?=[{_RISKY}])")
_RESTORE = re.compile(f"({_STARTS})({_PADDING})'")


def neutralise(text: str) -> str:
    """The text with an apostrophe wherever a spreadsheet would begin a formula; most texts come back as they are.

    >>> neutralise("=1+1"), neutralise("'=1+1"), neutralise("rose; -3 %"), neutralise("up by 3 - 4 %")
    ("'=1+1", "''=1+1", "rose; '-3 %", 'up by 3 - 4 %')
    """
    return _NEUTRALISE.sub(r"\1\2'", text)


def restore(cell: str) -> str:
    """What `neutralise` was given.

    >>> restore("'=1+1"), restore("''=1+1"), restore("=typed by hand")
    ('=1+1', "'=1+1", '=typed by hand')
    """
    return _RESTORE.sub(r"\1\2", cell)
