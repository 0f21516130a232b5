"""The results of cases as printed sheets: what each says (taken when it is published) and how it is printed.

The places for the signer's picture and the agency's seal stay free (NĐ 30/2020 Appendix I): nothing is drawn there.
"""
