"""Use cases, one verb each, on top of the domain and of the ports."""
