"""Puts what tests/learn/with_river printed into the tables of pages.

    fill_pages.py FOLDER PAGE…    FOLDER has the outputs “differences” (of learn_against_river) and “accuracy”

A table stands between “[//]: # (NAME)” and “[//]: # (end)”; its head, which is in the language of the page, stays.
"""

import datetime
import pathlib
import platform
import re
import sys
from importlib.metadata import version


def fill(page, name, kept, lines):
    """`kept`: how many lines of the table stay."""
    text = page.read_text(encoding="utf-8")
    found = re.search(rf"\[//\]: # \({name}\)\n\n(.*?)\[//\]: # \(end\)", text, re.DOTALL)
    if not found:
        sys.exit(f"{page} has no place for {name}")
    head = found[1].splitlines()[:kept]
    filled = "\n".join(head + lines) + "\n\n"
    page.write_text(text[: found.start(1)] + filled + text[found.end(1) :], encoding="utf-8")


def short(difference):
    return f"{float(difference):.0e}" if float(difference) else "0"


def differences(text):
    line = re.compile(r"(\S+) +(\d+) rows +greatest difference +(\S+) \(row \d+\) +limit +(\S+) +equal (\d+) of (\d+)")
    for name, rows, greatest, limit, equal, numbers in line.findall(text):
        share = 1000 * int(equal) // int(numbers) / 10
        yield f"| `{name}` | {rows} | {short(greatest)} | {short(limit)} | {share:.1f} |"


def accuracy(text):
    for line in text.splitlines()[1:]:
        data, rows, method, figure, ours, theirs = line.split()
        yield f"| {data} | {rows} | `{method}` | `{figure}` | {ours} | {theirs} |"


def main(folder, pages):
    parts = {name: list(make((folder / name).read_text(encoding="utf-8"))) for name, make in
             (("differences", differences), ("accuracy", accuracy))}
    made = f"{datetime.date.today()}: River {version('river')}, Python {platform.python_version()}"
    for page in pages:
        for name, lines in parts.items():
            if not lines:
                sys.exit(f"there are no figures for {name}")
            fill(page, name, 2, lines)
        fill(page, "made", 0, [made])


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), [pathlib.Path(page) for page in sys.argv[2:]])
