"""Post-mortems as documents: facts in, HTML, PDF, Markdown, JSON and drawings out. No database,
no clock; the only package that knows Jinja2 and WeasyPrint."""
