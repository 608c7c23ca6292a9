"""The page of a record that somebody has open while a colleague is faster."""

from tests.desk import admin_url, form_of


class Open:
    """The page of a record that somebody has open, and what they send of it later."""

    def __init__(self, desk, record):
        self.desk, self.record = desk, record
        self.url, self.typed = admin_url(record, "change"), admin_url(record, "typed")
        self.values = form_of(desk.client.get(self.url), f"{record._meta.model_name}_form")

    def send(self, **changes):
        return self.desk.client.post(self.url, self.values | {"_save": "Save"} | changes, follow=True)

    def autosave(self, **changes):
        return self.desk.client.post(admin_url(self.record, "autosave"), self.values | changes)


def shown(page):
    """What the page of what somebody typed says: what became of it, where that leads, and their words."""
    fate, words = page.context["fate"], [dict(one.lines) for one in page.context["words"]]
    return fate.said, fate.url, [line.get("Summary") or line.get("Biography") for line in words]
