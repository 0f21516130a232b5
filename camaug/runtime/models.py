from django.db import models


class LoadedStep(models.Model):
    """A step of loading that has been finished; a step that was killed leaves no row and is done again."""

    name = models.CharField(primary_key=True, max_length=40)
    loaded_at = models.DateTimeField()
