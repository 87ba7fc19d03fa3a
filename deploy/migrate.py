"""`python -m deploy.migrate SERVICE`: prepare a service's database, then end.

Makes collections and indexes and runs the migrations that are not done, as the service does at
its start, so that a Job can do it before the first new replica. Safe to run again, and beside
running replicas. Exits 1, and says why, when a migration failed or the data are too new.
"""

from __future__ import annotations

import inspect
import sys
import warnings

from pymongo.errors import PyMongoError

from shared.logging import configure
from shared.persistence.migrations import COLLECTION, DONE, DataTooNew

warnings.filterwarnings("ignore", message="(?s).*Eventlet is deprecated")
warnings.filterwarnings("ignore", message="pkg_resources is deprecated")


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    from shared.messaging import platform, runner
    from shared.messaging.client import RpcClient
    from shared.messaging.service import Provide

    [given] = arguments
    module = given if "." in given else f"services.{given}.service"
    try:
        service = runner.service_class(module)
    except ModuleNotFoundError:
        service = None
    if service is None:
        print(f"there is no service {given}", file=sys.stderr)
        return 1
    name = module.split(".")[-2]
    configure(name)
    made = platform.make(name, RpcClient())
    providers = [found for _, found in inspect.getmembers(service) if isinstance(found, Provide)]
    try:
        for provider in providers:
            provider.build(made)
        done = made.database.collection(COLLECTION).count_documents({"state": DONE})
    except (DataTooNew, PyMongoError) as error:
        print(f"{name} is not migrated: {error}", file=sys.stderr)
        return 1
    finally:
        made.database.client.close()
    print(f"{name}: {done} migrations are done")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
