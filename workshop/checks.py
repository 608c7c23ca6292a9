"""Mistakes in code that the start should name."""

from django.apps import apps
from django.core.checks import Error, register

from workshop.common.text import Translated


@register()
def twins_exist(app_configs, **kwargs):
    """Every field declared as translated has its Korean twin."""
    errors = []
    for model in apps.get_models():
        if issubclass(model, Translated):
            fields = {field.name for field in model._meta.get_fields()}
            for name in model.translated:
                if not {name, f"{name}_ko"} <= fields:
                    errors.append(
                        Error(
                            f"{model.__name__}.{name} is declared as translated and has no twin.",
                            hint=f"Add {name}_ko = korean({name}).",
                            obj=model,
                            id="rapporteur.E001",
                        )
                    )
    return errors
