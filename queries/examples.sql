-- One row: whether anything in the version is an example.
select exists(select 1 from record_cells where is_example)
    or exists(select 1 from work_streams where evidence = 'illustrative')
    as has_examples
