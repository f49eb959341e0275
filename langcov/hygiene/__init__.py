"""What is wrong with a corpus, place by place: checks, findings, fixes."""
