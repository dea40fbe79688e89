"""The rows of each answer, typed: a class per question, its fields the columns in their order.

Written by `python -m tests.test_queries` from queries/*.sql, but for what no column says: where one
is never None, `| None` is taken away by hand, and stays so.
"""

from datetime import date
from typing import NamedTuple

from ringvirkning.texts.certainty import Number


class ActivitiesByProgramme(NamedTuple):
    """One row per programme, activities without one in a row with no programme. Examples count only
    where nothing is published."""

    programme: str | None
    activity_count: Number
    example_count: int
    attended_count: Number | None
    attended_known: int


class ActivitiesByType(NamedTuple):
    """One row per year and activity type; the undated in rows with no year. Examples count only
    where nothing is published; example_count says how many there are."""

    year: int | None
    activity_type: str
    activity_count: Number
    example_count: int


class ActivitiesByYear(NamedTuple):
    """One row per year, the undated in one with no year. Examples count only where nothing is
    published; example_count says how many there are."""

    year: int | None
    activity_count: Number
    example_count: int
    registered_count: Number | None
    registered_known: int
    attended_count: Number | None
    attended_known: int
    employer_count: Number | None
    employer_known: int


class ActivityRecords(NamedTuple):
    """One row per activity, the thousand latest; matching_count is all there are."""

    activity_id: str
    title: str
    activity_type: str
    programme: str | None
    association: str
    start_date: str | None
    end_date: str | None
    date_qualifier: str | None
    begins_on: date | None
    registered_count: int | None
    attended_count: int | None
    employer_count: int | None
    count_qualifier: str | None
    cancelled: bool
    evidence: str
    source: str | None
    matching_count: int


class Attention(NamedTuple):
    """One row per thing that needs attention: of how many how many, and the first three."""

    matter: str
    record_count: int
    of_count: int
    titles: list[str] | None


class Choices(NamedTuple):
    """One row per filter and choice, and whether the other filters leave it data."""

    filter: str
    code: str
    is_left: bool


class Explore(NamedTuple):
    """One row per row and split of a question of one's own, and per total of either: each thing
    counts once in a total, whatever the number of rows it stands in."""

    row: str | None
    is_row_total: bool
    split: str | None
    is_split_total: bool
    record_count: int
    known_count: int
    not_due_count: int
    example_count: int
    value: Number | None
    uncertain_count: int
    start_unknown_count: int
    rated_count: int
    part: Number | None
    whole: Number | None
    evidence: str | None


class ExploreEveryRecord(NamedTuple):
    """One row per thing that a cell of a question of one's own counts, all of them in no order:
    sorting a million needs more memory than a question may use."""

    record: str
    record_id: str | None
    title: str | None
    association: str
    programme: str | None
    from_year: int | None
    to_year: int | None
    start_date: str | None
    activity_type: str | None
    kind: str | None
    evidence: str | None
    value: Number | None
    base_count: Number | None
    is_due: bool
    is_uncertain: bool
    is_start_unknown: bool
    source: str | None
    partner_names: list[str]


class ExploreMeasures(NamedTuple):
    """One row per measure that can be asked for and its measuring point; a target's point is the
    measure it is set for."""

    record: str
    measure: str
    point: str


class ExploreRecords(NamedTuple):
    """One row per thing that a cell of a question of one's own counts, a page of them, the latest
    first. Only what they are ordered by is read of them all."""

    record: str
    record_id: str | None
    association: str
    programme: str | None
    from_year: int | None
    to_year: int | None
    month: date | None
    activity_type: str | None
    kind: str | None
    evidence: str | None
    value: Number | None
    base_count: Number | None
    is_due: bool
    is_uncertain: bool
    is_start_unknown: bool
    title: str | None
    start_date: str | None
    source: str | None
    partner_names: list[str]


class Funnel(NamedTuple):
    """One row per programme and stage of its rounds: what is known, of how many rounds, and of whom
    it is a share."""

    programme: str
    measure: str
    measured_at: str
    evidence: str | None
    round_count: int
    not_due_count: int
    known_count: int
    value: Number | None
    rated_value: Number | None
    base_count: Number | None


class MeasureWords(NamedTuple):
    """One row per measure: its words, unit and how it adds."""

    measure: str
    name_nb: str
    name_en: str
    definition_nb: str
    definition_en: str
    unit: str
    level: str
    adds: str
    counts_people: str
    higher_is_better: str
    definition_source: str | None
    caveat_nb: str | None
    caveat_en: str | None


class Missing(NamedTuple):
    """One row per matter: of how many records of these partners or partnerships what one would want
    to know is missing."""

    matter: str
    record_count: int
    missing_count: int


class Names(NamedTuple):
    """One row per partner, partnership or activity of these ids: its name, of a partner its type,
    and of an activity the day."""

    id: str
    name: str
    partner_type: str | None
    day: str | None


class Neighbours(NamedTuple):
    """One row per other partner that shares agreements or activities with these."""

    partner_id: str
    name: str
    partner_type: str
    activity_count: int
    partnership_count: int


class Partner(NamedTuple):
    """One row per partner that this one follows or is followed by, itself among them, the first of
    them first: one story under several names."""

    partner_id: str
    name: str
    partner_type: str
    organisation_number: str | None
    place: int


class PartnerResults(NamedTuple):
    """One row per programme, measure, measuring point, span of years and evidence of the results
    that partners contributed to, and with whom; shared_value is the part that others contributed to
    as well."""

    programme: str | None
    measure: str
    measured_at: str
    from_year: int | None
    to_year: int | None
    evidence: str
    value: Number
    shared_value: Number | None
    shared_with: list[str] | None


class Partnership(NamedTuple):
    """One row: the partnership with this id, or none."""

    partnership_id: str
    association: str
    title: str
    partnership_type: str
    partner_ids: list[str]
    programme: str | None
    start_date: str | None
    start_qualifier: str | None
    end_date: str | None
    end_qualifier: str | None
    confirmed_date: str | None
    purpose: str | None
    focus_areas: str | None
    source: str | None
    source_date: str | None
    note: str | None
    facet_id: int
    begins_on: date | None
    ends_on: date | None
    confirmed_until: date | None
    start_is_known: bool
    end_is_known: bool
    partner_types: list[str]
    status: str


class PartnershipActivities(NamedTuple):
    """One row per activity of this partnership, the thousand latest, with whom it is shared;
    matching_count is all there are."""

    activity_id: str
    title: str
    activity_type: str
    programme: str | None
    start_date: str | None
    end_date: str | None
    date_qualifier: str | None
    registered_count: int | None
    attended_count: int | None
    count_qualifier: str | None
    cancelled: bool
    evidence: str
    source: str | None
    begins_on: date | None
    shared_with: list[str] | None
    matching_count: int


class PartnershipCoverage(NamedTuple):
    """One row: how many partnerships match, how many have begun, when; of those without a start,
    how many are in force in some year, and by example activities alone."""

    partnership_count: int
    undated_count: int
    future_count: int
    uncertain_count: int
    never_confirmed_count: int
    start_unknown_count: int
    example_count: int


class PartnershipPartners(NamedTuple):
    """One row per partner of this partnership, with how many it has in all."""

    partner_id: str
    name: str
    partner_type: str
    organisation_number: str | None
    succeeded_by_name: str | None
    partnership_count: int


class PartnershipRecords(NamedTuple):
    """One row per partnership, those with the latest known start first; one without a start has the
    first and the last year in which its activities show it in force."""

    partnership_id: str
    partner_ids: list[str]
    association: str
    title: str
    partnership_type: str
    programme: str | None
    start_date: str | None
    start_qualifier: str | None
    end_date: str | None
    end_qualifier: str | None
    begins_on: date | None
    ends_on: date | None
    confirmed_until: date | None
    first_seen: int | None
    last_seen: int | None
    source: str | None
    source_date: str | None
    partner_types: list[str]
    status: str
    partner_names: list[str]


class PartnershipResults(NamedTuple):
    """One row per programme, measure, measuring point, span of years, evidence and source of the
    results this partnership contributed to; shared_value is the part that other partnerships
    contributed to as well."""

    programme: str | None
    measure: str
    measured_at: str
    from_year: int | None
    to_year: int | None
    evidence: str
    quote: str | None
    value_qualifier: str | None
    source: str | None
    value: Number | None
    followed_up_count: Number | None
    shared_value: Number | None


class PartnershipsBegunAndEnded(NamedTuple):
    """One row per year and event (started, ended), where known to the year."""

    year: int
    event: str
    partnership_count: int


class PartnershipsByPartnerType(NamedTuple):
    """One row per partner type: those in force in the year, each under every type it has, so the
    parts overlap."""

    partner_type: str
    confirmed_count: int
    unconfirmed_count: int
    start_unknown_count: int


class PartnershipsByType(NamedTuple):
    """One row per partnership type: those in force in the year."""

    partnership_type: str
    confirmed_count: int
    unconfirmed_count: int
    start_unknown_count: int


class PartnershipsByYear(NamedTuple):
    """One row per year, part of the stack, whether it is confirmed and whether its start is known
    at all, with how many of them may have begun in an earlier year and how many only example
    activities show."""

    year: int
    part: str
    is_confirmed: bool
    has_start: bool
    partnership_count: int
    uncertain_start_count: int
    example_count: int


class PlacementsByYear(NamedTuple):
    """One row per span of years and kind of placement, and one for all kinds together, with the
    programmes that they are of."""

    from_year: int | None
    to_year: int | None
    measure: str
    evidence: str
    programmes: list[str]
    value: Number
    known_count: int
    figure_count: int


class Quotes(NamedTuple):
    """One row per published statement in words: of a result, or of what was aimed at."""

    programme: str | None
    measure: str
    is_target: bool
    quote: str
    from_year: int | None
    to_year: int | None
    evidence: str
    source: str | None
    source_date: str | None
    association: str


class ResultsByProgramme(NamedTuple):
    """One row per programme, measure, measuring point and span of years of all results; examples
    only where nothing is published."""

    programme: str | None
    measure: str
    measured_at: str
    from_year: int | None
    to_year: int | None
    evidence: str
    value: Number
    figure_count: int
    source: str | None
    source_date: str | None


class Rounds(NamedTuple):
    """One row per round of the programme and stage, the twelve latest rounds."""

    activity_id: str
    title: str
    begins_on: date | None
    measure: str
    measured_at: str
    evidence: str
    value: Number | None
    base_count: Number | None
    is_due: bool
    counts_on: date | None
    is_shared: bool
    source: str | None
    source_date: str | None


class Sources(NamedTuple):
    """One row per kind of record, programme, measure, evidence and source, the most used first: of
    all records there are or, where measures are asked for, of those that by as_of are in their
    numbers."""

    record: str
    programme: str | None
    measure: str | None
    evidence: str | None
    source: str | None
    record_count: int
    source_date: str | None


class Span(NamedTuple):
    """One row: the first year of anything that has begun by as_of, and that of as_of."""

    first_year: int
    last_year: int


class TargetsMet(NamedTuple):
    """One row per target of a programme, with the whole programme's result: actual counts what lies
    within the target's years, whatever the partners chosen."""

    association: str
    programme: str | None
    measure: str
    from_year: int
    to_year: int
    target: float | None
    baseline: float | None
    higher_is_better: bool
    quote: str | None
    is_illustrative: bool
    source: str | None
    actual: Number | None
    evidence: str | None
    is_over: bool
    actual_from: int | None
    actual_to: int | None
