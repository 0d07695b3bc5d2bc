"""Say the menus of AG Grid in the language of a page: the wheel brings English alone."""

from __future__ import annotations

from policygraph.desk.visit import Visit

# What AG Grid calls its words, and the keys of ours.
WORDS = {
    "contains": "desk.grid-contains",
    "notContains": "desk.grid-not-contains",
    "equals": "desk.grid-equals",
    "notEqual": "desk.grid-not-equal",
    "startsWith": "desk.grid-starts-with",
    "endsWith": "desk.grid-ends-with",
    "blank": "desk.grid-blank",
    "notBlank": "desk.grid-not-blank",
    "lessThan": "desk.grid-less-than",
    "greaterThan": "desk.grid-greater-than",
    "lessThanOrEqual": "desk.grid-less-than-or-equal",
    "greaterThanOrEqual": "desk.grid-greater-than-or-equal",
    "inRange": "desk.grid-in-range",
    "inRangeStart": "desk.grid-in-range-start",
    "inRangeEnd": "desk.grid-in-range-end",
    "filterOoo": "desk.grid-filter-ooo",
    "empty": "desk.grid-empty",
    "andCondition": "desk.grid-and-condition",
    "orCondition": "desk.grid-or-condition",
    "noRowsToShow": "desk.grid-no-rows-to-show",
    "loadingOoo": "desk.grid-loading-ooo",
    "ariaSortableColumn": "desk.grid-aria-sortable-column",
    "ariaFilterColumn": "desk.grid-aria-filter-column",
    "ariaColumnFiltered": "desk.grid-aria-column-filtered",
    "ariaFilterMenuOpen": "desk.grid-aria-filter-menu-open",
    "ariaFilterInput": "desk.grid-aria-filter-input",
    "ariaFilterValue": "desk.grid-aria-filter-value",
    "ariaFilterFromValue": "desk.grid-aria-filter-from-value",
    "ariaFilterToValue": "desk.grid-aria-filter-to-value",
    "ariaFilteringOperator": "desk.grid-aria-filtering-operator",
    "ariaLabelColumnFilter": "desk.grid-aria-label-column-filter",
    "ariaRowSelectAll": "desk.grid-aria-row-select-all",
    "ariaHeaderSelection": "desk.grid-aria-header-selection",
    "ariaRowToggleSelection": "desk.grid-aria-row-toggle-selection",
    "ariaChecked": "desk.grid-aria-checked",
    "ariaUnchecked": "desk.grid-aria-unchecked",
    "ariaIndeterminate": "desk.grid-aria-indeterminate",
    "ariaInputEditor": "desk.grid-aria-input-editor",
}


def words(visit: Visit) -> dict[str, str]:
    """Return the words of menus, filters and rows for the option ``localeText``."""
    return {name: visit.said(key) for name, key in WORDS.items()}
