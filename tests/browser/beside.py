"""A process beside the running site, on its database: does what happened before, or happens meanwhile, word by word.

One for all words, since it takes longer to start than to do most of them. Each line that it reads is a module of this
package and the words for its `do`; each line that it writes is what was printed.
"""

import json
import subprocess
import sys
from contextlib import redirect_stdout
from importlib import import_module
from io import StringIO

import django


class Beside:
    """Such a process, begun with the first words, and anew after words that it could not do."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._environment = environment
        self._process: subprocess.Popen[str] | None = None

    def do(self, module: str, *words: str) -> str:
        """What it printed; RuntimeError where it failed: why stands in the output for errors."""
        process = self._process or self._begin()
        assert process.stdin
        assert process.stdout
        process.stdin.write(json.dumps([module, *words]) + "\n")
        process.stdin.flush()
        if not (line := process.stdout.readline()):
            self.end()
            raise RuntimeError(f"{module}: {' '.join(words)}")
        return str(json.loads(line))

    def end(self) -> None:
        """Nothing more is to be done."""
        process, self._process = self._process, None
        if process:
            process.communicate(timeout=90)

    def _begin(self) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "tests.browser.beside"]
        self._process = subprocess.Popen(
            command, env=self._environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        return self._process


def main() -> None:
    """Do what each line says."""
    django.setup()
    for line in sys.stdin:
        module, *words = json.loads(line)
        with redirect_stdout(StringIO()) as printed:
            import_module(f"tests.browser.{module}").do(*words)
        print(json.dumps(printed.getvalue().strip()), flush=True)


if __name__ == "__main__":
    main()
