"""The design system: how every page of CaMau-G looks, sounds and is walked through. It knows no domain word.

templates/ui       layouts: base, portal (the citizen's site), desk (the officer's workplace), print, error
templates/cotton   components over GOV.UK Frontend markup, shown on /gallery/
styles, static     Sass sources and small plain modules; `npm run build` compiles them
navigation         the items that apps put into the portal's and the desk's frame
site               the province's name and addresses, from its profile
vietnamese         dates, sums and numbers in words
reading            what a person typed, as values
"""
