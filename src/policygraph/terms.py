"""Name the closed vocabularies: what a cell of a table, a literal of the graph or a column of an answer may say.

Each value is the very string that stands in files and graphs, and is equal to it. Sets and maps of members take
plain cells too: ``"unchecked" in UNSURE``.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

# ---------------------------------------------------------------- facts


class Status(StrEnum):
    """How far a fact can be trusted."""

    EXTRACTED = "extracted"
    REVIEWED = "reviewed"
    DISPUTED = "disputed"
    UNCHECKED = "unchecked"  # compiled without the text


UNSURE = frozenset({Status.DISPUTED, Status.UNCHECKED})  # marked with «?» wherever a figure is shown
TOUCHED = frozenset({Status.REVIEWED, Status.DISPUTED})  # what a person has looked at is never overwritten


class Role(StrEnum):
    """In which role a clause names a body."""

    LEAD = "lead"  # 牵头
    SUPPORT = "support"  # 配合
    RESPONSIBLE = "responsible"  # 负责, where the clause names no lead
    IMPLEMENT = "implement"  # named under a printed label (责任单位, 落实单位) beside a lead: they carry it out


class RoleWord(StrEnum):
    """What a label, verb or join of a clause says of the bodies beside it, before the whole clause is known."""

    LEAD = "lead"
    SUPPORT = "support"
    RESPONSIBLE = "responsible"
    DIVIDED = "divided"  # 按职责分工负责: support beside a lead, responsible without one
    IMPLEMENT = "implement"  # 责任单位: implement beside a lead that it does not name itself, responsible without one
    MAIN = "main"  # 主要责任单位: lead beside whoever supports or carries out, responsible without one
    OTHER = "other"  # a label of something else


class Parsed(StrEnum):
    """How much of a clause was resolved into bodies; the note says what was left over and why."""

    YES = "yes"
    PART = "part"
    NO = "no"


class Op(StrEnum):
    """What a target asks of its number."""

    AT_LEAST = ">="
    AT_MOST = "<="
    MORE = ">"
    LESS = "<"
    EXACTLY = "="
    RISE = "rise"
    FALL = "fall"
    WORDS = "qual"  # no number


CHANGES = frozenset({Op.RISE, Op.FALL})
STRICT = frozenset({Op.MORE, Op.LESS})  # the number itself is not enough
WANTS: Mapping[str, int] = MappingProxyType(  # 1: more is wanted; -1: less; other comparators want neither
    {Op.AT_LEAST: 1, Op.MORE: 1, Op.RISE: 1, Op.AT_MOST: -1, Op.LESS: -1, Op.FALL: -1}
)


class TargetKind(StrEnum):
    """Whether a target is a number or words."""

    QUANTITATIVE = "quantitative"
    QUALITATIVE = "qualitative"


class SectionKind(StrEnum):
    """What a numbered heading sets."""

    FRONT = "front"  # what stands before the first heading; not in the tables
    PART = "part"
    GROUP = "group"
    ACTION = "action"
    MEASURE = "measure"
    MECHANISM = "mechanism"
    ANNEX = "annex"


class Relation(StrEnum):
    """What a cited document is to the one that cites it."""

    BASIS = "basis"
    MENTIONS = "mentions"


class BodyRelation(StrEnum):
    """What a person or body is to a coordinating body."""

    CHAIR = "chair"
    VICE_CHAIR = "vice_chair"
    SECRETARY_GENERAL = "secretary_general"
    MEMBER = "member"
    MEMBERS_FROM = "members_from"  # the leaders of several bodies
    HOSTED_BY = "hosted_by"
    SUBORDINATE_OF = "subordinate_of"
    APPOINTS = "appoints"
    DRAWS_ON = "draws_on"


POSTS = frozenset(
    {BodyRelation.CHAIR, BodyRelation.VICE_CHAIR, BodyRelation.SECRETARY_GENERAL, BodyRelation.MEMBER}
)  # a person sits in the body


class EventKind(StrEnum):
    """What a dated event is."""

    MONITORING = "monitoring"
    EVALUATION = "evaluation"
    ASSESSMENT = "assessment"
    REPORT = "report"
    MEETING = "meeting"
    OTHER = "other"


class NumberClass(StrEnum):
    """What a quantity of the text is."""

    TARGET = "target"
    BASELINE = "baseline"  # where a target starts from
    PAST = "past"  # what has been reached
    RULE = "rule"  # a threshold, a standard, a term of procedure
    SUBSIDY = "subsidy"  # a sum that is paid, lent or charged
    PROJECT = "project"  # the size of one named project
    DATE = "date"
    AGE = "age"
    ORDINAL = "ordinal"  # of a heading, or how many measures there are
    REFERENCE = "reference"  # the number of a document or an article
    OTHER = "other"
    UNREAD = "unread"  # no rule claims it


class LookKind(StrEnum):
    """What a person should look at after an extraction, the most at stake first."""

    RULING = "ruling"  # a decision of a person whose row is not read any more
    GOAL = "goal"  # a number under a heading of goals that no rule read
    CLAUSE = "clause"  # a responsibility clause that was read in part, or not
    TABLE = "table"  # a table that was not read
    ROSTER = "roster"  # a seat of a coordinating body, read with little confidence
    HEADING = "heading"  # a line that looks like a heading and has no number
    NUMBER = "number"  # any other number that no rule read
    ROW = "row"  # a fact of a rule that is often wrong


# ---------------------------------------------------------------- cascade


class Direction(StrEnum):
    """Which way an indicator is to move."""

    UP = "up"
    DOWN = "down"
    NONE = "none"  # nothing tells


class Movement(StrEnum):
    """Which way the words of a target move what it measures."""

    RISE = "rise"
    FALL = "fall"
    BETTER = "better"
    WORSE = "worse"
    STEADY = "steady"
    UNSAID = ""


class Form(StrEnum):
    """What a target states; a level counts before a change, a change before a trend."""

    LEVEL = "level"
    CHANGE = "change"
    TREND = "trend"


class AtHand(StrEnum):
    """How much of a document's text the facts were read from."""

    FULL = "full"
    BODY = "body"  # it leaves all actions and targets to an annex that is not at hand
    EXCERPT = "excerpt"
    NOTHING = "nothing"


class Scope(StrEnum):
    """Which documents a comparison is with."""

    PARENT = "parent"  # the nearest above that has it
    NATIONAL = "national"  # the nearest national one that has it
    PEERS = "peers"  # most of the documents; leads only


class Verdict(StrEnum):
    """How a target compares with an ancestor's."""

    EQUAL = "equal"
    TIGHTER = "tighter"
    LOOSER = "looser"
    LATER = "later"
    ADDED = "added"
    DROPPED = "dropped"
    CHANGED_FORM = "changed-form"
    NOT_COMPARED = "not-compared"  # wordings without a common direction, totals of different places
    MERGED = "merged"  # not stated, where the action went into another one
    NO_DATA = "no-data"
    NOT_COVERED = "not-covered"


class ActionVerdict(StrEnum):
    """How a kind of action compares with an ancestor's."""

    KEPT = "kept"
    RENAMED = "renamed"
    MERGED = "merged"
    SPLIT = "split"
    ADDED = "added"
    MISSING = "missing"
    NO_ACTIONS = "no-actions"
    NO_DATA = "no-data"


class LeadVerdict(StrEnum):
    """How the functions that lead a kind of action compare with others'."""

    SAME = "same"
    CHANGED = "changed"
    WIDENED = "widened"
    NARROWED = "narrowed"
    OVERLAPPING = "overlapping"
    NO_LEAD = "no-lead"
    NO_DATA = "no-data"


# ---------------------------------------------------------------- validation


class Severity(StrEnum):
    """How bad a result of a check is, worst first."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"


class Outcome(StrEnum):
    """How a check ends, worst first."""

    UNCHECKED = "unchecked"  # nothing was recognised, or nothing looked at
    FAILS = "not-conforms"  # with violations
    CONFORMS = "conforms"


class Stage(StrEnum):
    """How far a document is: what it need not have yet depends on it."""

    DRAFT = "draft"  # neither number nor date
    ISSUED = "issued"
