"""The register (举报台账): where each tip stands, where it goes, what it resembles."""
