-- What differs where counts of people are rounded: a percentage needs twice the
-- denominator.
create or replace macro least_denominator() as 20;
