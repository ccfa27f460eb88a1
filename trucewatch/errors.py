"""Every error that trucewatch raises.

    TrucewatchError            anything that a user can mend: the command line prints it in one line, exit 1
    |-- SourceError            a source that cannot be opened or read
    |-- SettingError           a setting or option that makes no sense
    |-- StoreError             a record file that cannot be used
    `-- DataError              shipped or user data (tables, gazetteer, model) that is missing or broken

A message tells what happened, the value, where, the likely cause and the next step.
Layer: lowest. Imports nothing from the package.
"""


class TrucewatchError(Exception):
    """Root of all errors that a user can mend."""


class SourceError(TrucewatchError):
    """A source that cannot be opened or read."""


class SettingError(TrucewatchError):
    """A setting or option that makes no sense."""


class StoreError(TrucewatchError):
    """A record file that cannot be used."""


class DataError(TrucewatchError):
    """Shipped or user data that is missing or broken."""
