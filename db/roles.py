"""What people are said to be, and between which days: « présidente de l’AdCF », 2017 to 2019."""

from __future__ import annotations

import sqlite3
from collections.abc import Set as AbstractSet
from typing import Final

from recoupe.records import Extraction

#: (person_id, role, organisation or "")
Role = tuple[int, str, str]

_ROLES_OF_VERSION: Final = """
SELECT DISTINCT person_id, role, coalesce(organisation, '') FROM person_mentions
WHERE version_id = ? AND role IS NOT NULL
"""
_WIDEN: Final = """
INSERT INTO roles (person_id, role, organisation, first_seen, last_seen)
VALUES (:person, :role, :organisation, :day, :day)
ON CONFLICT (person_id, role, organisation) DO UPDATE SET
  first_seen = min(coalesce(first_seen, :day), :day),
  last_seen = max(coalesce(last_seen, :day), :day)
WHERE :day NOT NULL AND (first_seen IS NULL OR :day < first_seen OR :day > last_seen)
"""
_DELETE: Final = "DELETE FROM roles WHERE person_id = ? AND role = ? AND organisation = ?"
_COUNT_AGAIN: Final = """
INSERT INTO roles (person_id, role, organisation, first_seen, last_seen)
SELECT person_id, role, coalesce(organisation, ''), min(published_on), max(published_on)
FROM person_mentions
JOIN document_versions ON document_versions.id = version_id
JOIN documents ON documents.id = document_id
WHERE person_id = ? AND role = ? AND coalesce(organisation, '') = ?
GROUP BY person_id, role
"""


def roles_in(conn: sqlite3.Connection, version_id: int) -> set[Role]:
    """The roles that one version of a document gives to people."""
    return {(row[0], row[1], row[2]) for row in conn.execute(_ROLES_OF_VERSION, (version_id,))}


def write_roles(
    conn: sqlite3.Connection, extraction: Extraction, version_id: int, *, before: AbstractSet[Role]
) -> None:
    """Widen each role to the day of this text; count again those it no longer gives.

    Only what was taken back needs the other texts, so that a text costs the same in a large base.
    """
    after = roles_in(conn, version_id)
    for person, role, organisation in sorted(before - after):
        conn.execute(_DELETE, (person, role, organisation))
        conn.execute(_COUNT_AGAIN, (person, role, organisation))
    day = extraction.article.published_on
    conn.executemany(
        _WIDEN,
        [
            {"person": person, "role": role, "organisation": organisation, "day": day}
            for person, role, organisation in sorted(after)
        ],
    )
