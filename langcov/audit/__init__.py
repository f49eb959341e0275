"""What is in a vocabulary: pieces that no text reaches, whose language uses which, what letters lack."""
