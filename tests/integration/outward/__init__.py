"""Messages that leave the platform: real services, local servers in the place of providers."""
