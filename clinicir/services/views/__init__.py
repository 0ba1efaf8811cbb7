"""What screens read: frozen models, one module a group of screens, no write."""
