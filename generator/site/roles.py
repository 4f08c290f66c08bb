"""The pages by role, and the entry page that leads to them."""

from __future__ import annotations

from collections.abc import Iterator

from generator.definitions.layers import NATIONAL
from generator.definitions.model import Procedure
from generator.definitions.roles import load_roles
from generator.site.library import Library, versions
from generator.site.pages import PageSet
from generator.views.roles import RolePage, RoleSource

ROLES = "按角色"


def role_pages(library: Library) -> tuple[RolePage, ...]:
    """One for each role that has something to do."""
    source = RoleSource(
        procedure=library.procedure,
        materials=library.general.materials,
        platforms=tuple(library.definitions.platforms.values()),
        views=library.views,
        words=library.words(),
        rule_sets=tuple(_rule_sets(library)),
        duties=library.definitions.recurring.duties,
        link_step=library.step_page,
        link_rule=library.rule_book.link,
    )
    made = (source.page(role) for role in load_roles(library.shelf, library.definitions))
    return tuple(page for page in made if page.stages)


def add_roles(roles: tuple[RolePage, ...], pages: PageSet) -> None:
    own = [page for page in roles if page.role.own]
    for page in roles:
        pages.add(page.path, "public/role.md.j2", ROLES, page.role.title, page=page, own=own)


def _rule_sets(library: Library) -> Iterator[tuple[str, Procedure]]:
    """The national rules, each platform, and the local rules that branches here go by."""
    definitions = library.definitions
    yield "全国规定", library.procedure
    for platform in definitions.platforms.values():
        yield platform.title, versions(definitions.rules_of(platform.id, NATIONAL), library.as_of)[0]
    for profile in dict.fromkeys(rules.profile.id for rules in library.rules.values() if rules.profile.id != NATIONAL):
        rules = definitions.rules_of(None, profile)
        yield rules.profile.title, versions(rules, library.as_of)[0]
