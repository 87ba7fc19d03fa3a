"""GraphiQL for development: a page and its assets from npm packages on this disk, no CDN."""

from __future__ import annotations

from pathlib import Path

from gateway.responses import HTML, TEXT, Response

FOLDER = Path(__file__).parent / "graphiql"
PREFIX = "/graphiql/"
SCRIPT, STYLE = "text/javascript; charset=utf-8", "text/css; charset=utf-8"

# Every file that may be fetched, by name: nothing else of the disk can be reached.
ASSETS = {
    "page.js": (FOLDER / "page.js", SCRIPT),
    "page.css": (FOLDER / "page.css", STYLE),
    "graphiql.min.js": (FOLDER / "node_modules/graphiql/graphiql.min.js", SCRIPT),
    "graphiql.min.css": (FOLDER / "node_modules/graphiql/graphiql.min.css", STYLE),
    "react.production.min.js": (
        FOLDER / "node_modules/react/umd/react.production.min.js",
        SCRIPT,
    ),
    "react-dom.production.min.js": (
        FOLDER / "node_modules/react-dom/umd/react-dom.production.min.js",
        SCRIPT,
    ),
}

POLICY = (
    b"default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    b"font-src 'self' data:; worker-src 'self' blob:; frame-ancestors 'none'"
)


def graphiql() -> Response:
    """The page; one line that tells how to get it where the packages are not installed."""
    if not installed():
        return Response(404, b"GraphiQL is not installed: npm ci in gateway/graphiql\n", TEXT)
    page = (FOLDER / "index.html").read_bytes()
    return Response(200, page, HTML, ((b"content-security-policy", POLICY),))


def asset(name: str) -> Response:
    found = ASSETS.get(name)
    if found is None or not found[0].exists():
        return Response(404, b"not found\n", TEXT)
    path, kind = found
    return Response(200, path.read_bytes(), kind)


def installed() -> bool:
    return all(path.exists() for path, _ in ASSETS.values())
