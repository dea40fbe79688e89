-- One row per programme of which is told whom it is for, or what.
select association, programme, target_group, age_from, age_to, purpose, source,
    source_date
from programmes
where is_of(association, $association)
    and (len($programme) = 0 or list_contains($programme, programme))
order by programme, association
