"""The checks of all lines of a file that come with langcov, a class for each reading of them."""
