"""The light page for phones: server-rendered, a few kB of script, and usable without any."""
