"""Raw bytes to an article: read, extract (text, HTML, Markdown), clean, describe. What is guessed is guessed here."""
