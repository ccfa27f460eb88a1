"""What is made: page -> how. `scripts/docs` writes them; `test_docs.py` compares them."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.text import Text
from typer.main import get_command

from trucewatch.benches.gate import load_floors
from trucewatch.cli import app
from trucewatch.coding.event_docs import event_types_page
from trucewatch.exports.docs import record_page, scores_page, settings_page

ROOT = Path(__file__).parents[2]
BEGIN, END = "<!-- sample:begin -->", "<!-- sample:end -->"


def commands_page() -> str:
    """`docs/commands.md`: the help of every command."""
    import click

    command = get_command(app)
    assert isinstance(command, click.Group) or hasattr(command, "commands")
    lines = ["# Commands", ""]
    for name, sub in command.commands.items():
        lines += [f"## trucewatch {name}", "", sub.help or "", ""]
        for parameter in sub.params:
            if parameter.name == "help":
                continue
            text = getattr(parameter, "help", None) or ""
            names = (
                ", ".join(f"`{o}`" for o in parameter.opts)
                if parameter.param_type_name == "option"
                else f"`{(parameter.name or '').upper()}`"
            )
            lines.append(f"- {names}: {text}")
        lines.append("")
    return "\n".join(lines)


def reading() -> list[str]:
    """The lines that the demo prints."""
    run = subprocess.run(
        [sys.executable, "-m", "trucewatch", "read", "examples/aleppo-pause.txt"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [line.rstrip() for line in run.stdout.splitlines()]


def sample() -> str:
    """The beginning of what the demo prints."""
    return "```\n" + "\n".join(reading()[:32]) + "\n...\n```"


def picture() -> str:
    """`docs/reading.svg`: the beginning of the reading as a terminal shows it, without fonts from elsewhere."""
    shown = Console(record=True, width=104, file=io.StringIO(), highlight=False)
    shown.print(Text("\n".join(reading()[:36])))
    svg = shown.export_svg(title="trucewatch read examples/aleppo-pause.txt", unique_id="reading")
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "docs/settings.md": settings_page,
    "docs/record.md": record_page,
    "docs/commands.md": commands_page,
    "docs/event-types.md": event_types_page,
    "docs/reading.svg": picture,
    "docs/scores.md": lambda: scores_page(load_floors()),
}


def readme() -> str:
    """The README with the sample that the demo prints today."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    head, rest = text.split(BEGIN, 1)
    _, tail = rest.split(END, 1)
    return f"{head}{BEGIN}\n{sample()}\n{END}{tail}"


if __name__ == "__main__":
    for name, make in PAGES.items():
        (ROOT / name).write_text(make(), encoding="utf-8")
    (ROOT / "README.md").write_text(readme(), encoding="utf-8")
