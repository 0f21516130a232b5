"""The seven statutory forms (TT 03/2025/TT-VPCP Appendix I): what each says, and how it is printed.

Facts: what a form says, taken once when it is issued. 01 receipt, 02 request to supplement, 03 refusal, 04 apology and
extension, 05 notice of stop, 06 control sheet, 07 register.
"""
