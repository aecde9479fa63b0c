"""First contact with a portal: what of its screens is as the profile has it, and what is not."""
