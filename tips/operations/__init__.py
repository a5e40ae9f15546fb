"""What the processes of tips and rewards may call."""
