"""Which addresses are ours."""

import pytest

from front_door.settings import UnusableAddress, read_settings


def test_on_its_own_machine_a_server_answers_to_each_of_its_names():
    here = read_settings({"PUBLIC_URL": "http://localhost:8501"})
    assert here.hosts == {"localhost:8501", "127.0.0.1:8501", "[::1]:8501"}
    assert (here.secure, here.staff_cookie) == (False, "samtal")


def test_a_public_name_is_the_only_one():
    there = read_settings({"PUBLIC_URL": "https://Samtal.Example.se/"})
    assert there.hosts == {"samtal.example.se"}
    assert (there.secure, there.staff_cookie, there.scheme) == (True, "__Host-samtal", "https")


@pytest.mark.parametrize(
    "url", ["samtal.example.se", "ftp://x", "https://x/path", "https://", "https://u:p@x", "https://x?q"]
)
def test_an_address_that_cannot_be_one_is_refused_with_a_remedy(url):
    with pytest.raises(UnusableAddress, match="please write"):
        read_settings({"PUBLIC_URL": url})
