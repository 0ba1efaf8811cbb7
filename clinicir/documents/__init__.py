"""What each paper says; rendering lives in documents.pdf."""
