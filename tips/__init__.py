"""Citizens' tips: intake, receipt code, sealed identity, messages, rewards."""
