"""What a tipster finds on coming back: where the report stands, messages, requests, rights."""
