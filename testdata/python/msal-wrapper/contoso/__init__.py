"""Synchronises customers between Partner Center and Microsoft Graph."""
