"""What MkDocs stumbled over is told with its place, not with what Python says on the way."""

from __future__ import annotations

from generator.site.mkdocs import _broken_off

TEMPLATE = """\
Traceback (most recent call last):
  File "/usr/lib/python3/jinja2/environment.py", line 942, in handle_exception
    raise rewrite_traceback_stack(source=source)
  File "/srv/records/build/public/theme/404.html", line 3, in template
    {% bad %}
jinja2.exceptions.TemplateSyntaxError: Encountered unknown tag 'bad'.
"""


def test_a_faulty_template_of_the_theme_has_its_place() -> None:
    assert _broken_off(TEMPLATE) == ["templates/theme/404.html 第 3 行：Encountered unknown tag 'bad'."]


def test_anything_else_is_told_by_its_last_lines() -> None:
    assert _broken_off("a\nb\nc\nd\ne\nf\n") == ["b", "c", "d", "e", "f"]
    assert _broken_off("") == []
