"""Whatever is logged can be read in words."""

import re
from pathlib import Path

from conversation_models.services.access import Right
from ui.log_lines import ACTIONS, KINDS

ROOT = Path(__file__).parents[2]
SERVICES = "\n".join(path.read_text() for path in (ROOT / "conversation_models" / "services").glob("*.py"))
NOTED = re.compile(
    r'(?:desk\.entry\(|desk_talks\.note\(desk, unit, |_log\(desk, unit, |note\(desk, unit, )"([a-z_]+)"'
    r'|LogEntry\(\w+, (?:"[a-z]+", [\w.]+|\*actor), "([a-z_]+)"'
)


def test_every_action_that_a_service_logs_has_words() -> None:
    logged = {name for pair in NOTED.findall(SERVICES) for name in pair if name}
    assert {"prepare", "open", "close", "amend", "sign_out", "reset_password"} <= logged
    assert logged - set(ACTIONS) == set()


def test_every_right_that_may_be_refused_has_words() -> None:
    assert {right.value for right in Right} - set(ACTIONS) == set()


def test_every_kind_has_words() -> None:
    assert {"staff", "student", "talk", "group", "school"} <= set(KINDS)
