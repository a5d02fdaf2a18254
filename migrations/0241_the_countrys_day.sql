-- 0241_the_countrys_day.sql: who opened a file on which day, and how much somebody opens in a day, is said in the country's days: of what
-- was opened in the night, UTC named the day before.
create or replace function kembali.count_opening(of_case uuid, of_basis text) returns table (
  own boolean, this_hour integer, today integer, emergencies integer
) language plpgsql security definer set search_path = '' as $$
declare
  me uuid := kembali.actor();
  day date := kembali.today();
begin
  own := exists (select from public.child_case c where c.id = of_case and c.worker_id = me and c.state = 'open');
  if not own then perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(me::text, 7047)); end if;
  insert into public.case_opened (person_id, case_id, on_day, own, basis)
  values (me, of_case, day, own, of_basis) on conflict do nothing;
  return query
    select count_opening.own,
           (count(*) filter (where not o.own and o.opened_at > kembali.now() - interval '1 hour'))::integer,
           (count(*) filter (where not o.own))::integer,
           (count(*) filter (where o.basis = 'emergency'))::integer
      from public.case_opened o where o.person_id = me and o.on_day >= day - 1
       and (o.on_day = day or o.opened_at > kembali.now() - interval '1 hour');
end $$;
