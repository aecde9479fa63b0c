"""The screens, one file per area or procedure; app.py finds them by looking."""
