"""One page a screen."""
