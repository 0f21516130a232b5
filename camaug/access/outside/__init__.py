"""Identity from outside: people show who they are at another OpenID provider, such as VNeID, and we take its word.

provider  what is set about the one provider: its issuer, our client there, what its levels are worth
asking    we send a browser there, and understand what it brings back (OpenID Connect Core 3.1, RFC 7636, RFC 9207)
shown     who somebody is by the provider's word, in the claim names of the national portal
ended     the provider says that somebody's session over there has ended (Back-Channel Logout)
"""
