"""A run of requests with the CPU that it took, of the web server and of PostgreSQL."""

from collections.abc import Sequence
from dataclasses import dataclass

from camaug.runtime.bench import clients, cpu
from camaug.runtime.bench.figures import median, milliseconds, percentile
from camaug.runtime.bench.site import Site


@dataclass(frozen=True, slots=True)
class Measured:
    """A run, and the seconds of CPU that web server and PostgreSQL used for it; None: it is on another machine."""

    run: clients.Run
    web: float
    database: float | None

    def figures(self) -> dict[str, float | None]:
        """As they are printed; CPU by the request."""
        times = self.run.times
        return {
            "requests_per_second": round(self.run.rate, 1),
            "p50_ms": milliseconds(median(times)),
            "p95_ms": milliseconds(percentile(times, 0.95)),
            "web_cpu_ms": self.web_ms,
            "database_cpu_ms": self.database_ms,
        }

    @property
    def web_ms(self) -> float:
        """Of the web server, by the request."""
        return milliseconds(self.web / len(self.run.answers))

    @property
    def database_ms(self) -> float | None:
        """Of PostgreSQL, by the request."""
        return None if self.database is None else milliseconds(self.database / len(self.run.answers))


def measured(here: Site, address: str, requests: Sequence[clients.Request], *, number: int) -> Measured:
    """Everything asked by so many clients."""
    web, database = cpu.of_session(here.process), cpu.of_database(address)
    run = clients.run(here.port, requests, clients=number)
    after = cpu.of_database(address)
    used = None if database is None or after is None else after - database
    return Measured(run, cpu.of_session(here.process) - web, used)
