"""时间。The time that the platform lives in."""
