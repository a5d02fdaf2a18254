-- The same rule as 0145, asked in one call where the asking person works in a shift, and not at all where she does not: written
-- out in every policy it was a quarter of what the database has to plan for a supervisor's day.
create function kembali.reads_beyond_a_shift(of_case uuid) returns boolean
language sql stable set search_path = '' as $$
  select exists (select from public.access a where a.actor = (select kembali.actor()) and a.case_id = of_case
     and a.basis <> 'grant' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[]))
$$;
grant execute on function kembali.reads_beyond_a_shift(uuid) to k_app;

create or replace function kembali.hide_from_a_shift(of_table text) returns void language plpgsql as $$
begin
  execute format($p$create policy %I on %I as restrictive for select to k_app using (
    (select kembali.actor_role()) is distinct from 'shelter_worker' or kembali.reads_beyond_a_shift(case_id))$p$,
    of_table || '_no_shift', of_table);
end $$;

do $$
declare of_table name;
begin
  for of_table in select tablename from pg_catalog.pg_policies where schemaname = 'public' and policyname = tablename || '_no_shift' loop
    execute format('drop policy %I on %I', of_table || '_no_shift', of_table);
    perform kembali.hide_from_a_shift(of_table);
  end loop;
end $$;
