"""Scenarios: a workload written down in TOML instead of recorded.

scenario = load_scenario("order_book.toml")
for events in scenario.workload().chunks(): ...
"""

from __future__ import annotations

from linewise.scenario.generate import ScenarioWorkload
from linewise.scenario.load import Scenario, load_scenario

__all__ = ["Scenario", "ScenarioWorkload", "load_scenario"]
