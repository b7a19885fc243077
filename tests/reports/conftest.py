"""The store with the fixed cast on both databases, and Alva's talks with Åsa."""

import pytest

from conversation_models.services.access import Desk
from conversation_models.storage.store import Store
from tests.conversation_models.cast import NOW, Cast
from tests.conversation_models.conftest import (  # noqa: F401 - fixtures
    cast,
    desk,
    made,
    postgres_cast,
    sqlite_cast,
    store,
    weak_passwords,
)
from tests.conversation_models.services.talks_made import Talks


@pytest.fixture
def talks(store: Store, cast: Cast) -> Talks:  # noqa: F811
    return Talks(Desk(store, cast.mentor, NOW), cast.student)
