"""Say labels in both languages, for pictures and workbooks that readers of either open."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from policygraph.messages import say
from policygraph.terms import Role

ROLES: Mapping[str, str] = MappingProxyType(  # role of a tie -> the key of what it is called
    {
        Role.LEAD: "export.role-lead",
        Role.SUPPORT: "export.role-support",
        Role.RESPONSIBLE: "export.role-responsible",
        Role.IMPLEMENT: "export.role-implement",
    }
)


def both(key: str, between: str = " ", **values: object) -> str:
    """Return the sentence of a key in Chinese and English.

    >>> both("export.nodes")
    '节点 nodes'
    """
    return between.join(say(key, language, **values) for language in ("zh", "en"))
