-- One row: whether anything in the version is an example.
select exists(select 1 from source_cells where evidence = 'illustrative')
    or exists(select 1 from work_streams where evidence = 'illustrative')
    as has_examples
