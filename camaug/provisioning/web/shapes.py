"""What is told, in SCIM's words: of the standard's attributes those that we know, and extensions of our own."""

from typing import Annotated, Any, ClassVar

from pydantic import Field
from scim2_models import (
    URN,
    CaseExact,
    ComplexAttribute,
    Extension,
    Mutability,
    Reference,
    Required,
    Resource,
    ResourceType,
    Uniqueness,
)

READ = Mutability.read_only


class Name(ComplexAttribute):
    formatted: Annotated[str | None, READ] = None
    """The whole name; Vietnamese names are not taken apart."""


class Email(ComplexAttribute):
    value: Annotated[str | None, READ] = None
    """The official mail address."""

    type: Annotated[str | None, READ] = None
    """Always "work"."""

    primary: Annotated[bool | None, READ] = None
    """Always true: there is one."""


class Membership(ComplexAttribute):
    value: Annotated[str | None, READ, CaseExact.true] = None
    """The id of the agency."""

    ref: Annotated[Reference["Group"] | None, READ] = Field(None, serialization_alias="$ref", validation_alias="$ref")
    """Where the agency is found."""

    display: Annotated[str | None, READ] = None
    """The agency's name."""

    type: Annotated[str | None, READ] = None
    """Always "direct"."""


class Role(ComplexAttribute):
    value: Annotated[str | None, READ, CaseExact.true] = None
    """The role's code in the province's role book."""


class User(Resource[Any]):
    """An officer's account."""

    __schema__ = URN("urn:ietf:params:scim:schemas:core:2.0:User")

    user_name: Annotated[str | None, READ, Required.true, Uniqueness.server] = None
    """The official mail address, with which he signs in."""

    name: Annotated[Name | None, READ] = None
    """The officer's name."""

    Name: ClassVar[type[ComplexAttribute]] = Name

    display_name: Annotated[str | None, READ] = None
    """The officer's name."""

    title: Annotated[str | None, READ] = None
    """The title of his main post."""

    preferred_language: Annotated[str | None, READ] = None
    """The language in which he wants to be written to."""

    active: Annotated[bool | None, READ] = None
    """Whether the account is open and he may enter the system that asks."""

    emails: Annotated[list[Email] | None, READ] = None
    """His official mail address."""

    Emails: ClassVar[type[ComplexAttribute]] = Email

    groups: Annotated[list[Membership] | None, READ] = None
    """The agencies in which he fills a post now."""

    Groups: ClassVar[type[ComplexAttribute]] = Membership

    roles: Annotated[list[Role] | None, READ] = None
    """The roles that he has now, in whichever post."""

    Roles: ClassVar[type[ComplexAttribute]] = Role


class Enterprise(Extension):
    __schema__ = URN("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User")

    organization: Annotated[str | None, READ] = None
    """The agency above that of his main post, or itself where none is."""

    department: Annotated[str | None, READ] = None
    """The agency of his main post."""


class Post(ComplexAttribute):
    value: Annotated[str | None, READ, CaseExact.true] = None
    """The post's id."""

    title: Annotated[str | None, READ] = None
    """What it is called."""

    agency: Annotated[str | None, READ, CaseExact.true] = None
    """The agency's identity code."""

    display: Annotated[str | None, READ] = None
    """The agency's name."""

    roles: Annotated[list[str] | None, READ, CaseExact.true] = None
    """The roles that it carries."""

    acting: Annotated[bool | None, READ] = None
    """Whether he stands in for its holder, who is away."""


class Posts(Extension):
    __schema__ = URN("urn:camau:params:scim:schemas:extension:2.0:User")

    posts: Annotated[list[Post] | None, READ] = None
    """All posts that he fills now, his main one first."""

    Posts: ClassVar[type[ComplexAttribute]] = Post


class Member(ComplexAttribute):
    value: Annotated[str | None, READ, CaseExact.true] = None
    """The id of the account."""

    ref: Annotated[Reference["User"] | None, READ] = Field(None, serialization_alias="$ref", validation_alias="$ref")
    """Where the account is found."""

    type: Annotated[str | None, READ] = None
    """Always "User"."""

    display: Annotated[str | None, READ] = None
    """The officer's name."""


class Group(Resource[Any]):
    """An agency."""

    __schema__ = URN("urn:ietf:params:scim:schemas:core:2.0:Group")

    display_name: Annotated[str | None, READ, Required.true] = None
    """The agency's name."""

    members: Annotated[list[Member] | None, READ] = None
    """Those who fill a post in it now."""

    Members: ClassVar[type[ComplexAttribute]] = Member


class Parent(ComplexAttribute):
    value: Annotated[str | None, READ, CaseExact.true] = None
    """The id of the agency above."""

    ref: Annotated[Reference["Group"] | None, READ] = Field(None, serialization_alias="$ref", validation_alias="$ref")
    """Where that agency is found."""

    code: Annotated[str | None, READ, CaseExact.true] = None
    """Its identity code."""

    display: Annotated[str | None, READ] = None
    """Its name."""


class Body(Extension):
    __schema__ = URN("urn:camau:params:scim:schemas:extension:2.0:Group")

    code: Annotated[str | None, READ, CaseExact.true, Uniqueness.server] = None
    """The identity code (decision 20/2020/QĐ-TTg)."""

    short_name: Annotated[str | None, READ] = None
    """The short name."""

    kind: Annotated[str | None, READ, CaseExact.true] = None
    """What sort of body it is: COMMITTEE, DEPARTMENT, ..."""

    level: Annotated[str | None, READ, CaseExact.true] = None
    """PROVINCE, COMMUNE, ..."""

    active: Annotated[bool | None, READ] = None
    """Whether it exists today."""

    valid_from: Annotated[str | None, READ, CaseExact.true] = None
    """Its first day, as YYYY-MM-DD."""

    valid_until: Annotated[str | None, READ, CaseExact.true] = None
    """The first day on which it is no more, as YYYY-MM-DD."""

    parent: Annotated[Parent | None, READ] = None
    """The agency above."""


MODELS = (User, Enterprise, Posts, Group, Body)
Account = User[Enterprise | Posts]  # type: ignore[type-arg]
Agency = Group[Body]  # type: ignore[type-arg]
RESOURCE_TYPES = (ResourceType.from_resource(Account), ResourceType.from_resource(Agency))
