"""One-stop cases: from the application to the result in the applicant's hands.

Case        one application for one procedure, with its code, state, step, holder and due time
Paper       the state of one component of its dossier; CaseFile the files given for it
Stop        a time that does not count, with its ground; Supplement what was asked for in addition
Payment, Delivery   money owed and the result's way back, each with its own small lifecycle
Slip        a statutory form that was issued (TT 03/2025/TT-VPCP, Appendix I)
Result      what was decided, as a numbered document
"""
