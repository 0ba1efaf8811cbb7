"""Pages shown before the vault is open: they know the door, never the incidents."""
