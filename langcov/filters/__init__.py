"""Published filters of web corpora: their own library applied to clean text, rule by rule."""
