"""What ``tools/build_site.py`` builds: the book, and the browser edition."""
