"""The rows of each answer, typed: a class per question, its fields the columns in their order. What
a row is of, the first line of the question says.

Written by `python -m tests.test_queries` from queries/*.sql, but for what no column says: where one
is never None, `| None` is taken away by hand, and stays so.
"""

from datetime import date
from typing import NamedTuple

from ringvirkning.texts.certainty import Number


class ActivitiesByProgramme(NamedTuple):
    programme: str | None
    activity_count: Number
    example_count: int
    attended_count: Number | None
    attended_known: int


class ActivitiesByType(NamedTuple):
    year: int | None
    activity_type: str
    activity_count: Number
    example_count: int


class ActivitiesByYear(NamedTuple):
    year: int | None
    activity_count: Number
    example_count: int
    registered_count: Number | None
    registered_known: int
    attended_count: Number | None
    attended_known: int
    employer_count: Number | None
    employer_known: int
    with_examples: bool


class ActivityRecords(NamedTuple):
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


class AgreementNames(NamedTuple):
    partnership_id: str
    association: str | None
    title: str
    start_date: str | None
    start_qualifier: str | None
    end_date: str | None
    end_qualifier: str | None
    partner_names: list[str] | None


class AssociationWords(NamedTuple):
    association: str
    short_name: str | None
    organisation_number: str | None
    area: str | None
    site: str | None
    title_colour: str | None
    band_colour: str | None
    logo: str | None
    flagship_programme: str | None
    key_figures: list[str] | None
    target_measure: str | None


class Associations(NamedTuple):
    association: str
    confirmed_count: int
    unconfirmed_count: int
    activity_count: Number | None
    attended_known_count: int
    counted_activities: int
    attended_count: Number | None
    placement_count: Number | None
    suppressed_count: int
    missing_count: int
    evidence: str | None
    round_count: int
    placed_round_count: int
    placed_part: Number | None
    placed_whole: Number | None
    due_round_count: int
    followed_round_count: int
    retained_part: Number | None
    retained_whole: Number | None


class Attention(NamedTuple):
    matter: str
    record_count: int
    of_count: int
    titles: list[str] | None
    partnership_ids: list[str] | None


class AttentionActivities(NamedTuple):
    activity_id: str


class Choices(NamedTuple):
    filter: str
    code: str
    record_count: int


class Context(NamedTuple):
    place: int
    context_id: str
    association: str | None
    programme: str | None
    subject: str
    indicator_nb: str
    indicator_en: str
    population_nb: str | None
    population_en: str | None
    unit_nb: str | None
    unit_en: str | None
    period: str | None
    from_year: int | None
    to_year: int | None
    value: float | None
    decimals: int | None
    value_status: str
    value_qualifier: str | None
    event_date: str | None
    source: str | None
    source_title: str | None
    source_date: str | None
    caveat_nb: str | None
    caveat_en: str | None


class ContributionTotals(NamedTuple):
    contribution_kind: str
    currency: str | None
    contribution_state: str
    amount: Number | None
    contribution_count: int
    known_count: int


class Contributions(NamedTuple):
    contribution_id: str
    partnership_id: str
    agreement: str
    association: str
    giver: str
    giver_names: list[str] | None
    contribution_kind: str
    amount: Number | None
    currency: str | None
    description: str | None
    contribution_state: str
    granted_date: str | None
    from_year: int | None
    to_year: int | None
    period: str | None
    source: str | None
    source_date: str | None


class Events(NamedTuple):
    event_id: str
    association: str | None
    event_kind: str
    date: str
    year: int
    turn: int
    title_nb: str
    title_en: str
    is_internal: str
    source: str | None
    source_date: str | None


class Examples(NamedTuple):
    has_examples: bool


class Explore(NamedTuple):
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
    suppressed_count: int


class ExploreChoices(NamedTuple):
    dimension: str
    code: str


class ExploreEveryRecord(NamedTuple):
    record: str
    record_id: str | None
    title: str | None
    association: str
    programme: str | None
    from_year: int | None
    to_year: int | None
    span: str | None
    start_date: str | None
    date_qualifier: str | None
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
    record: str
    measure: str
    point: str
    adds: str | None
    told_of: list[str]


class ExplorePlaces(NamedTuple):
    number: str
    name: str


class ExploreRecords(NamedTuple):
    record: str
    record_id: str | None
    association: str
    programme: str | None
    from_year: int | None
    to_year: int | None
    span: str | None
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
    date_qualifier: str | None
    source: str | None
    partner_names: list[str]


class Funding(NamedTuple):
    contribution_id: str
    partnership_id: str
    title: str
    purpose: str | None
    partnership_type: str
    association: str
    association_number: str | None
    start_date: str | None
    start_qualifier: str | None
    begins_on: date | None
    end_date: str | None
    end_qualifier: str | None
    ends_on: date | None
    status: str
    funder: str | None
    funder_number: str | None
    description: str | None
    amount: str | None
    currency: str | None
    granted_date: str | None
    from_day: date | None
    to_day: date | None
    budget_lacks: str | None
    grant_lacks: str | None


class Funnel(NamedTuple):
    programme: str
    measure: str
    measured_at: str
    evidence: str | None
    round_count: int
    not_due_count: int
    known_count: int
    partly_known_count: int
    suppressed_count: int
    value: Number | None
    rated_value: Number | None
    base_count: Number | None


class MeasureWords(NamedTuple):
    measure: str
    name_nb: str
    name_en: str
    definition_nb: str
    definition_en: str
    unit: str
    scale: str | None
    level: str
    adds: str
    counts_people: str
    higher_is_better: str
    can_be_negative: str | None
    definition_source: str | None
    caveat_nb: str | None
    caveat_en: str | None


class Missing(NamedTuple):
    matter: str
    record_count: int
    missing_count: int


class Names(NamedTuple):
    id: str
    name: str
    partner_type: str | None
    day: str | None
    date_qualifier: str | None
    association: str | None


class Neighbours(NamedTuple):
    partner_id: str
    name: str
    partner_type: str
    activity_count: int
    partnership_count: int


class Partner(NamedTuple):
    association: str | None
    partner_id: str
    told_id: str
    name: str
    partner_type: str
    organisation_number: str | None
    is_office: bool
    head_id: str | None
    head_name: str | None


class PartnerResults(NamedTuple):
    programme: str | None
    measure: str
    measured_at: str
    from_year: int | None
    to_year: int | None
    period: str | None
    evidence: str
    value_status: str | None
    result_count: int
    value: Number | None
    shared_value: Number | None
    shared_with: list[str] | None


class Partners(NamedTuple):
    partner_id: str
    name: str
    partner_type: str
    place: str | None
    former_names: list[str] | None
    statuses: list[str]
    start_date: str | None
    start_qualifier: str | None
    activity_count: int
    last_title: str | None
    last_date: str | None
    last_qualifier: str | None
    last_begins_on: date | None
    last_evidence: str | None


class Partnership(NamedTuple):
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
    agreement_status: str | None
    agreement_level: str | None
    part_of: str | None
    confirmed_date: str | None
    confirmed_role: str | None
    confirmed_source: str | None
    asked_date: str | None
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
    part_of_title: str | None
    part_ids: list[str] | None
    part_titles: list[str] | None


class PartnershipActivities(NamedTuple):
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
    evidence: str
    source: str | None
    begins_on: date | None
    shared_with: list[str] | None
    matching_count: int


class PartnershipCoverage(NamedTuple):
    partnership_count: int
    undated_count: int
    future_count: int
    uncertain_count: int
    start_unknown_count: int


class PartnershipPartners(NamedTuple):
    partner_id: str
    name: str
    partner_type: str
    organisation_number: str | None
    continued_as_name: str | None
    head_name: str | None
    partnership_count: int


class PartnershipRecords(NamedTuple):
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
    programme: str | None
    measure: str
    measured_at: str
    from_year: int | None
    to_year: int | None
    period: str | None
    evidence: str
    value_status: str | None
    quote: str | None
    value_qualifier: str | None
    source: str | None
    result_count: int
    value: Number | None
    followed_up_count: Number | None
    shared_value: Number | None


class PartnershipSources(NamedTuple):
    programme: str | None
    source: str | None
    record_count: int
    source_date: str | None


class PartnershipTargets(NamedTuple):
    measure: str
    from_year: int
    to_year: int
    period: str | None
    target: float | None
    baseline: float | None
    higher_is_better: bool
    can_be_negative: bool
    quote: str | None
    is_illustrative: bool
    source: str | None
    actual: Number | None
    evidence: str | None
    is_over: bool
    missing_count: int
    suppressed_count: int
    not_yet_count: int


class PartnershipsBegunAndEnded(NamedTuple):
    year: int
    event: str
    partnership_count: int


class PartnershipsByPartnerType(NamedTuple):
    partner_type: str
    confirmed_count: int
    unconfirmed_count: int
    start_unknown_count: int


class PartnershipsByType(NamedTuple):
    partnership_type: str
    confirmed_count: int
    unconfirmed_count: int
    start_unknown_count: int


class PartnershipsByYear(NamedTuple):
    year: int
    part: str
    is_confirmed: bool
    has_start: bool
    partnership_count: int
    uncertain_start_count: int


class PlacementsByYear(NamedTuple):
    from_year: int | None
    to_year: int | None
    span: str | None
    measure: str
    evidence: str
    programmes: list[str]
    associations: list[str]
    value: Number
    known_count: int
    figure_count: int
    lacking_count: int
    with_examples: bool


class Quotes(NamedTuple):
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


class Remarks(NamedTuple):
    remark_id: str
    association: str | None
    measure: str
    period: str
    from_year: int
    to_year: int
    text_nb: str
    text_en: str
    is_internal: str
    source: str | None
    source_date: str | None


class ResultsByProgramme(NamedTuple):
    programme: str | None
    measure: str
    measured_at: str
    from_year: int | None
    to_year: int | None
    period: str | None
    evidence: str
    value: Number | None
    figure_count: int
    source: str | None
    source_date: str | None
    missing_count: int
    suppressed_count: int
    not_yet_count: int


class ResultsByYear(NamedTuple):
    measure: str
    point: str
    period: str | None
    value: Number
    with_examples: bool


class Rounds(NamedTuple):
    activity_id: str
    association: str
    title: str
    begins_on: date | None
    is_of_year: bool
    season: str | None
    measure: str
    measured_at: str
    evidence: str
    value_status: str | None
    value: Number | None
    base_count: Number | None
    is_due: bool
    counts_on: date | None
    is_shared: bool
    source: str | None
    source_date: str | None


class Sources(NamedTuple):
    record: str
    programme: str | None
    measure: str | None
    evidence: str | None
    source: str | None
    record_count: int
    source_date: str | None


class Span(NamedTuple):
    first_year: int
    last_year: int


class TargetGroups(NamedTuple):
    association: str
    programme: str
    target_group: str | None
    age_from: int | None
    age_to: int | None
    purpose: str | None
    source: str | None
    source_date: str | None


class TargetsLeft(NamedTuple):
    association: str
    programme: str | None
    from_year: int
    to_year: int


class TargetsMet(NamedTuple):
    association: str
    programme: str | None
    measure: str
    from_year: int
    to_year: int
    period: str | None
    target: float | None
    baseline: float | None
    higher_is_better: bool
    can_be_negative: bool
    quote: str | None
    is_illustrative: bool
    source: str | None
    actual: Number | None
    evidence: str | None
    is_over: bool
    actual_from: int | None
    actual_to: int | None
    missing_count: int
    suppressed_count: int
    not_yet_count: int
    with_examples: bool


class TypeWords(NamedTuple):
    kind: str
    code: str
    name_nb: str
    name_en: str


class Upkeep(NamedTuple):
    matter: str
    done_count: int
    of_count: int
    partnership_ids: list[str] | None


class WorkStreams(NamedTuple):
    work_stream_id: str
    partnership_id: str
    agreement: str
    title: str
    programme: str | None
    work_status: str
    achieved: str | None
    next_step: str | None
    due_date: str | None
    is_late: bool
    own_role: str | None
    partner_role: str | None
    evidence: str
    source: str | None
    source_date: str | None
    other_ids: list[str] | None
    other_titles: list[str] | None
    activity_count: int
