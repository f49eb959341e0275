"""The pages and their parts, as HTML; everything from outside is escaped here."""
