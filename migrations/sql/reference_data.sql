-- The law on these forces is in effect from 1 July 2024, so 2025 is the first whole year of service.
INSERT INTO rating_terms (id, first_year, begin_month, begin_day, end_month, end_day, least_months,
                          basis, certainty)
VALUES (gen_random_uuid(), 2025, 11, 15, 11, 14, 9, 'HD 01/HD-BCA-V05', 'read');
