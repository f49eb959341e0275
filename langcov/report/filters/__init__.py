"""What a recipe of filters did, for a reader and for programs."""
