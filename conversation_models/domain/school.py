"""A school and its groups."""

from dataclasses import dataclass

from instruments.items import SchoolForm

__all__ = ["Group", "School", "SchoolForm"]


@dataclass(frozen=True)
class School:
    id: str
    name: str
    form: SchoolForm


@dataclass(frozen=True)
class Group:
    """A class, as the students would call it: "IMA 1a"."""

    id: str
    school_id: str
    name: str
