"""Browser tests. A package, so that Chromium and its event loop end with the folder and not with the run."""
