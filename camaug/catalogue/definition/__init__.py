"""The content of one version of a procedure, as frozen types parsed from YAML. Nothing here touches a database."""
