"""The post: papers fetched from an applicant, results brought to them, each way a leg that is tracked.

order     one leg: COLLECT to the one-stop unit, or DELIVER from it; knows what it is about by an id only
number    by which the carrier knows our order: placed again under it, it is the same order
scan      what the carrier says happened to the parcel, when and where; `lifecycle` says where a scan brings the order
carrier   who carries (`carriers/`): over HTTP, or a small counterpart of our own in tests and in the demonstration
"""
