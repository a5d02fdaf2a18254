-- 0141_trips.sql: who told before leaving that there will be no signal, and until when (security.md 5, the lease). It is about
-- a worker and her phone; no row says where she goes, or to whom.
create table phone_trip (
  device    uuid primary key,
  person_id uuid not null references app_user,
  until     timestamptz not null,
  told_at   timestamptz not null default kembali.now(),
  check (until <= told_at + interval '30 days')
);
create index phone_trip_of on phone_trip (person_id);
alter table phone_trip enable row level security;
alter table phone_trip force row level security;
-- The people in the teams whoever asks supervises.
create function kembali.supervised() returns setof uuid language sql stable security definer set search_path = '' as $$
  select distinct theirs.person_id from public.team_member mine
    join public.team_member theirs on theirs.team_id = mine.team_id and theirs.ended_at is null
    join public.app_user u on u.id = theirs.person_id and u.ended_at is null and u.disabled_at is null
   where mine.person_id = kembali.actor() and mine.supervises and mine.ended_at is null and theirs.person_id <> mine.person_id
$$;
grant execute on function kembali.supervised() to k_app;

create policy phone_trip_owner on phone_trip to k_owner using (true) with check (true);
create policy phone_trip_read on phone_trip for select to k_app
  using (person_id = (select kembali.actor()) or person_id in (select kembali.supervised()));
create policy phone_trip_make on phone_trip for insert to k_app with check (person_id = (select kembali.actor()));
create policy phone_trip_change on phone_trip for update to k_app
  using (person_id = (select kembali.actor())) with check (person_id = (select kembali.actor()));
grant select, insert, update on phone_trip to k_app;

-- As before (0140); told trips go with what else is old.
create or replace function kembali.jottings_over() returns integer language plpgsql security definer set search_path = '' as $$
declare
  moment timestamptz := kembali.now();
  over integer;
begin
  update public.jotting set ended_at = moment, outcome = 'term_over' where ended_at is null and begun_at < moment - interval '30 days';
  get diagnostics over = row_count;
  delete from public.jotting_piece p using public.jotting j where j.id = p.jotting_id and j.ended_at is not null;
  delete from public.jotting where ended_at < moment - interval '60 days';
  delete from public.jotting_device where met_at < moment - interval '60 days';
  delete from public.phone_trip where until < moment - interval '60 days';
  return over;
end $$;
