"""Personal data in a text, stopped before it is searched for, kept or sent anywhere."""

from assistent.personal_data.findings import Finding, PersonalKind
from assistent.personal_data.search import REMOVED, find_personal_data, without_personal_data

__all__ = ["REMOVED", "Finding", "PersonalKind", "find_personal_data", "without_personal_data"]
