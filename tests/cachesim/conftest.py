"""Adds the tests' own policy to the table."""

import pytest


@pytest.fixture(autouse=True, scope="session")
def _toy_policy():
    from cachesim.policies import POLICIES

    POLICIES["toy-fifo"] = "tests.cachesim.toy_fifo"
    yield
    del POLICIES["toy-fifo"]
