"""The province as data, read and filled up: settings, agencies, officers, places, cast. Pure: no database."""
