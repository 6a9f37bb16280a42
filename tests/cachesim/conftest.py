"""Adds the tests' own policy to the table."""

import pytest


@pytest.fixture(autouse=True, scope="session")
def _toy_policy():
    from cachesim.policies import POLICIES, Row

    POLICIES["toy-fifo"] = Row("tests.cachesim.toy_fifo", "a policy that only the tests have")
    yield
    del POLICIES["toy-fifo"]
