"""How long ``linewise --help`` takes, beside ``python -c pass`` of the same interpreter."""

from __future__ import annotations

import subprocess
import sys

from bench.timing import best_seconds

HELP = "from linewise.cli import main; main(['--help'])"


def main() -> None:
    """Print the table."""

    def seconds(code: str) -> float:
        call = [sys.executable, "-c", code]
        return best_seconds(lambda: subprocess.run(call, stdout=subprocess.DEVNULL, check=True))

    base = seconds("pass")
    print("startup: whole processes")
    print(f"{'':24}{'ms':>14}{'x python -c pass':>18}")
    for name, code in (("linewise --help", HELP), ("python -c pass", "pass")):
        taken = base if code == "pass" else seconds(code)
        print(f"{name:24}{taken * 1e3:14.1f}{taken / base:18.2f}")


if __name__ == "__main__":
    main()
