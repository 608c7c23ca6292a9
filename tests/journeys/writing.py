"""The field for longer texts, as a person at the keyboard has it."""


def written(page, text, chosen=None, name="summary"):
    """Fills the field and chooses some of its words."""
    page.fill(f"#id_{name}", text)
    start = text.index(chosen) if chosen else len(text)
    select = "(area, [start, end]) => { area.focus(); area.setSelectionRange(start, end); }"
    page.eval_on_selector(f"#id_{name}", select, [start, start + len(chosen or "")])


def value(page, name="summary"):
    return page.input_value(f"#id_{name}")
