"""What an audit of vocabularies says, for a reader and for programs."""
