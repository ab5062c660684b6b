"""The one-time notice (一次性告知单): a chain as a document, in HTML, PDF and docx."""
