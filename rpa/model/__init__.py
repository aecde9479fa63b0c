"""What is filed: the job, its rows, a filing, what the portal said of it. It imports no browser."""
