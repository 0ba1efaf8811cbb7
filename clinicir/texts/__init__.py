"""French of the interface: plain Python, no Qt."""
