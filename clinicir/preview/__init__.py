"""Looking at what came from elsewhere: decoded in another process, never in this one."""
