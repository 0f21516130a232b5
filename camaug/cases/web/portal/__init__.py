"""The citizen's pages of cases: applying, following, supplementing. Every page works as a plain form."""
