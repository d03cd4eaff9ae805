from .session import PartnerSession, open_session

__all__ = ["PartnerSession", "open_session"]
