"""探测。What conformance tools and monitors use."""
