"""The checks that come with langcov, a module for each thing looked for."""
