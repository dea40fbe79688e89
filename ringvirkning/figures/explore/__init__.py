"""A question of one's own: its answer, what is said of it, and the chart, table or network drawn.

What is asked stands in figures.question; every number comes from queries/explore*.sql.
"""
