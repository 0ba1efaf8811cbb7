"""The window: the only home of PySide6; a thin front on the services."""
