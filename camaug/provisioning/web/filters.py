"""SCIM's filters as SQL. scim2-models reads and checks them; its `match` is the readable twin, a test compares them."""

from dataclasses import dataclass
from typing import Any

from scim2_models import InvalidFilterException, ScimFilter
from scim2_models.path import (
    AttributeBinding,
    AttrPath,
    CompareOperator,
    Comparison,
    FilterVisitor,
    LogicalExpr,
    LogicalOperator,
    Not,
    Present,
    ValuePath,
    coerce_value,
)

from camaug.provisioning.queries import ACTIVE, CREATED, MEMBER, Condition

LONGEST = 1000
type Key = tuple[str, str]
_POSTS = "a.officer_id IN (SELECT f.officer_id FROM filled f CROSS JOIN LATERAL (SELECT {1}) x WHERE {0})"
_EQUAL = (CompareOperator.eq, CompareOperator.ne)
_ORDER = {
    CompareOperator.gt: ">",
    CompareOperator.ge: ">=",
    CompareOperator.lt: "<",
    CompareOperator.le: "<=",
}


@dataclass(frozen=True, slots=True)
class Columns:
    """Where an attribute stands: single ones, and of lists the question whether one of its rows `x` is so."""

    single: dict[Key, str]
    lists: dict[str, str]


_META = {("meta", "last_modified"): "since.changed", ("meta", "version"): "", ("meta", "location"): ""}
ACCOUNT = Columns(
    {
        ("id", ""): "a.id::text",
        ("user_name", ""): "a.email",
        ("name", "formatted"): "o.full_name",
        ("display_name", ""): "o.full_name",
        ("title", ""): "nullif(main.title, '')",
        ("preferred_language", ""): "a.language",
        ("active", ""): ACTIVE,
        ("organization", ""): "main.above",
        ("department", ""): "main.agency",
        ("meta", "resource_type"): "'User'",
        ("meta", "created"): "a.created_at",
        **_META,
    },
    {
        "emails": "EXISTS (SELECT FROM (SELECT a.email AS value, 'work' AS type, true AS primary) x WHERE {0})",
        "groups": _POSTS.replace("{1}", "f.agency_id::text AS value, f.agency AS display, 'direct' AS type"),
        "roles": _POSTS.replace("{1}", "unnest(f.roles) AS value"),
        "posts": _POSTS.replace(
            "{1}",
            "f.id::text AS value, nullif(f.title, '') AS title, f.code AS agency, f.agency AS display, f.acting,"
            " nullif(f.roles, '{}') AS roles",
        ),
    },
)
AGENCY = Columns(
    {
        ("id", ""): "g.id::text",
        ("display_name", ""): "n.name",
        ("code", ""): "g.code",
        ("short_name", ""): "nullif(n.short_name, '')",
        ("kind", ""): "n.kind_id",
        ("level", ""): "n.level_id",
        ("active", ""): "(g.valid_until IS NULL OR g.valid_until > %(day)s::date)",
        ("valid_from", ""): "to_char(g.valid_from, 'YYYY-MM-DD')",
        ("valid_until", ""): "to_char(g.valid_until, 'YYYY-MM-DD')",
        ("parent", "value"): "n.parent_id::text",
        ("parent", "code"): "h.code",
        ("parent", "display"): "m.name",
        ("meta", "resource_type"): "'Group'",
        ("meta", "created"): f"({CREATED})",
        **_META,
    },
    {"members": MEMBER},
)


def condition(wanted: ScimFilter[Any] | None, columns: Columns) -> Condition:
    """The filter as SQL. InvalidFilterException where it asks for what is not told, or is too long to be meant."""
    if wanted is None:
        return Condition()
    if len(wanted) > LONGEST:
        raise InvalidFilterException(detail=f"A filter has at most {LONGEST} characters")
    written = _Written(wanted, columns)
    return Condition(written.visit(wanted.ast), written.values)


class _Written(FilterVisitor[str]):
    """Every term is true or false, never unknown, so that `not` is what it says."""

    def __init__(self, wanted: ScimFilter[Any], columns: Columns) -> None:
        self.wanted, self.columns = wanted, columns
        self.values: dict[str, Any] = {}
        self.within: AttrPath | None = None

    def visit_not(self, node: Not) -> str:
        return f"NOT {self.visit(node.expr)}"

    def visit_logical_expr(self, node: LogicalExpr) -> str:
        word = " AND " if node.op == LogicalOperator.and_ else " OR "
        return f"({word.join(self.visit(term) for term in node.terms)})"

    def visit_value_path(self, node: ValuePath) -> str:
        found = self._bound(node.attr_path, compared=False)
        self.within = node.attr_path
        inside = self.visit(node.val_filter)
        self.within = None
        return self._any(found, inside)

    def visit_present(self, node: Present) -> str:
        found = self._bound(node.attr_path, compared=False)
        field, sub = found.field_name, found.sub_field_name or ""
        if self.within or field not in self.columns.lists:
            parts = [self._column(found)] if (field, sub) in self.columns.single or self.within else self._parts(field)
            return f"({' OR '.join(f"coalesce({part}::text, '') <> ''" for part in parts)})"
        return self._any(found, f"coalesce(x.{sub}::text, '') <> ''" if sub else "true")

    def visit_comparison(self, node: Comparison) -> str:
        found = self._bound(node.attr_path, compared=True)
        value = coerce_value(found, node.value, node.op)
        if found.field_name not in self.columns.lists:
            return self._compared(self._column(found), node.op, value, found)
        if self.within:
            return self._within_row(node.op, value, found)
        if value is None:
            raise InvalidFilterException(detail=f"'{node.attr_path}' is a list; ask with pr")
        if node.op == CompareOperator.ne:  # of a list: none of its values is that one
            return f"NOT {self._any(found, self._within_row(CompareOperator.eq, value, found))}"
        return self._any(found, self._within_row(node.op, value, found))

    def _within_row(self, op: CompareOperator, value: Any, found: AttributeBinding) -> str:
        """Of a row `x` of a list; the roles of a post are a list once more."""
        if (found.field_name, found.sub_field_name) != ("posts", "roles"):
            return self._compared(f"x.{found.sub_field_name}", op, value, found)
        if value is None:
            raise InvalidFilterException(detail="'roles' is a list; ask with pr")
        no = op == CompareOperator.ne
        one = self._compared("r.value", CompareOperator.eq if no else op, value, found)
        return f"{'NOT ' if no else ''}EXISTS (SELECT FROM unnest(x.roles) AS r(value) WHERE {one})"

    def _bound(self, path: AttrPath, *, compared: bool) -> AttributeBinding:
        if self.within:
            path = AttrPath(self.within.attr, path.attr, self.within.uri)
        ask = self.wanted.resolve_comparison if compared else self.wanted.resolve
        found = ask(path, strict=True)
        if found is None:
            raise InvalidFilterException(detail=f"'{path}' is not told")
        if found.sub_field_name == "ref":
            raise InvalidFilterException(detail=f"'{path}' cannot be asked for; ask for its value")
        return found

    def _column(self, found: AttributeBinding) -> str:
        if self.within:
            return f"x.{found.sub_field_name}"
        column = self.columns.single.get((found.field_name, found.sub_field_name or ""), "")
        if not column:
            raise InvalidFilterException(detail=f"'{found.urn}' cannot be asked for")
        return column

    def _parts(self, field: str) -> list[str]:
        parts = [column for (name, _sub), column in self.columns.single.items() if name == field and column]
        if not parts:
            raise InvalidFilterException(detail=f"'{field}' cannot be asked for")
        return parts

    def _any(self, found: AttributeBinding, inside: str) -> str:
        if found.field_name not in self.columns.lists:
            raise InvalidFilterException(detail=f"'{found.urn}' cannot be asked for")
        return self.columns.lists[found.field_name].replace("{0}", inside)

    def _compared(self, column: str, op: CompareOperator, value: Any, found: AttributeBinding) -> str:
        if value is None:
            if op not in _EQUAL:
                raise InvalidFilterException(detail="null is only equal or not equal")
            return f"({column} IS {'' if op == CompareOperator.eq else 'NOT '}NULL)"
        text = isinstance(value, str)
        if text and "\x00" in value:
            raise InvalidFilterException(detail="A value has a character that no text has")
        place = f"%(f{len(self.values)})s"
        self.values[f"f{len(self.values)}"] = found.comparable(value)
        left = f"lower({column})" if text and not found.case_exact and column != "a.email" else column
        return _said(left, op, place, text=text)


def _said(left: str, op: CompareOperator, place: str, *, text: bool) -> str:
    right = f"{place}::text" if text else place
    if op == CompareOperator.eq:
        return f"coalesce({left} = {right}, false)"
    if op == CompareOperator.ne:
        return f"({left} IS DISTINCT FROM {right})"
    if op in _ORDER:
        order = ' COLLATE "C"' if text else ""
        return f"coalesce(({left}){order} {_ORDER[op]} {right}, false)"
    if op == CompareOperator.co:
        return f"coalesce(strpos({left}, {right}) > 0, false)"
    if op == CompareOperator.sw:
        return f"coalesce(starts_with({left}, {right}), false)"
    return f"coalesce(right({left}, length({right})) = {right}, false)"
