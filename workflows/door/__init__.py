"""The one door: every act on a run is one transaction that reads and writes its rows in few statements."""
