"""The browser: launch, session, tab, finding things, waiting for the overlay."""
