"""Recommendations at the desk, and what becomes of them."""

from recommendations.admin import follow_up, recommendation, vocabulary

__all__ = ["follow_up", "recommendation", "vocabulary"]
