"""What failed or stands still, why, and how it goes on."""
