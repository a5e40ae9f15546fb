"""What a tipster takes home: the receipt code and the signed acknowledgement."""
