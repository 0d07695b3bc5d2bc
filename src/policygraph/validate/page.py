"""Write a report as one web page that opens from disk: no script, nothing fetched, everything escaped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from policygraph.messages import say
from policygraph.validate.grouping import Group, Repeated, gathered, groups, told
from policygraph.validate.report import SEVERITIES, Report, Result, severity_label

_STYLE = """
body { font: 16px/1.6 system-ui, "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; color: #222; }
body { margin: 2em auto; max-width: 60em; padding: 0 1em; }
header p { margin: .2em 0; } header p:first-child { font-size: 1.4em; font-weight: bold; margin-bottom: .5em; }
h2 { font-size: 1.1em; margin: 0; } h3 { font-size: 1em; margin: .6em 0 .2em; }
input { margin: 0 .3em 0 1em; }
section { border: 1px solid #ccc; padding: .6em 1em; margin: 1em 0; break-inside: avoid; }
blockquote { margin: .3em 0 .6em; color: #555; }
article { border-left: .4em solid; padding: .1em 1em .3em; margin: .5em 0; background: #f7f7f7; break-inside: avoid; }
article.violation { border-color: #b00020; }
article.warning { border-color: #b26a00; }
article.info { border-color: #3367d6; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1em 1em; margin: .3em 0; }
dt { color: #555; } dd { margin: 0; }
@media print {
  body { margin: 0; max-width: none; font-size: 11pt; }
  input, label { display: none; }
  article { background: none; }
}
"""
_HIDE = "#{0}:not(:checked) ~ main article.{0} {{ display: none; }}\n"


def as_html(report: Report, language: str = "zh", by: str = "action") -> str:
    """Return the report as a web page, ``zh`` or ``en``, grouped by ``action`` or ``bureau``.

    Boxes show and hide each severity; they work by style alone, so that no script is needed.
    """
    counts = report.counts()
    single, repeated = gathered(report, by)
    title, style = say("validate.title", language), _STYLE + "".join(_HIDE.format(name) for name in SEVERITIES)
    parts = [
        "<!DOCTYPE html>",
        f'<html lang="{"zh-Hans" if language == "zh" else "en"}"><head><meta charset="utf-8">',
        f"<title>{escape(title)}</title>",
        f"<style>{style}</style></head><body>",
        "<header>",
        *(f"<p>{escape(line)}</p>" for line in report.head(language)),
        "</header>",
        *(_box(name, f"{severity_label(name, language)} ({counts[name]})") for name in SEVERITIES),
        "<main>",
        *(line for group in groups(single, by, language) for line in _group(group, report, language, by)),
        *(line for each in repeated for line in _repeated(each, report, language)),
        "</main></body></html>",
    ]
    return "\n".join(parts) + "\n"


def _box(name: str, label: str) -> str:
    return f'<input type="checkbox" id="{name}" checked><label for="{name}">{escape(label)}</label>'


def _group(group: Group, report: Report, language: str, by: str) -> Iterator[str]:
    several = len(report.about) > 1 and group.document
    yield f"<section><h2>{escape(f'{group.document} {group.title}' if several else group.title)}</h2>"
    if group.quote:
        yield f"<blockquote>{escape(group.quote)}</blockquote>"
    for result in group.results:
        yield from _result(result, language, by)
    yield "</section>"


def _repeated(found: Repeated, report: Report, language: str) -> Iterator[str]:
    yield f'<section><article class="{escape(found.results[0].severity)}"><h2>{escape(found.title(language))}</h2>'
    yield _described(found.common(language))
    yield "<ul>"
    yield from (f"<li>{escape(line)}</li>" for line in found.places(report, language))
    yield "</ul></article></section>"


def _described(texts: Mapping[str, str]) -> str:
    return f"<dl>{''.join(f'<dt>{escape(label)}</dt><dd>{escape(text)}</dd>' for label, text in texts.items())}</dl>"


def _result(result: Result, language: str, by: str) -> Iterator[str]:
    yield f'<article class="{escape(result.severity)}">'
    message = escape(result.message.said(language))
    yield f"<h3>{severity_label(result.severity, language)}: {message}</h3>"
    yield f"{_described(told(result, language, by))}</article>"
