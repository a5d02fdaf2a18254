-- 0209_staff_care.sql: when somebody of an office is away, and a talk about work that is about no case.
-- Both are staff's own data. Why somebody is away is asked nowhere and has no column. Who covers is a line for people to
-- read: nothing here writes `access`, so that a case is opened by giving it, by a transfer or by a stand-in alone.
create table staff_leave (
  id         uuid primary key,
  person_id  uuid not null references app_user,
  from_on    date not null,
  -- The last day away.
  until_on   date not null check (until_on >= from_on and until_on <= from_on + 366),
  covered_by uuid references app_user check (covered_by <> person_id),
  kept_by    uuid not null references app_user,
  kept_at    timestamptz not null default kembali.now()
);
create index staff_leave_person on staff_leave (person_id, until_on);

create table staff_talk (
  id         uuid primary key,
  with_id    uuid not null references app_user,
  written_by uuid not null references app_user,
  held_on    date not null,
  next_on    date check (next_on > held_on),
  made_at    timestamptz not null default kembali.now(),
  -- Words under a key of their own: they belong to no case.
  key_id     bytea not null,
  epoch      text not null,
  wrapped    bytea not null,
  body       bytea not null,
  constraint not_with_oneself check (with_id <> written_by)
);
create index staff_talk_with on staff_talk (with_id, held_on);
create index staff_talk_by on staff_talk (written_by);

-- The people of the teams somebody supervises now.
create function kembali.my_people() returns setof uuid
language sql stable security definer set search_path = '' as $$
  select w.person_id
    from public.team_member m join public.team_member w on w.team_id = m.team_id and w.ended_at is null and not w.supervises
    join public.app_user u on u.id = w.person_id and u.ended_at is null and u.org_id = kembali.actor_org()
   where m.person_id = kembali.actor() and m.supervises and m.ended_at is null and kembali.actor_role() = 'supervisor'
$$;

do $$
declare name text;
begin
  foreach name in array array['staff_leave', 'staff_talk'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy %I on %I to k_owner using (true) with check (true)', name || '_owner', name);
  end loop;
end $$;

-- Whoever is away, whoever covers, and whoever supervises the one who is away.
create policy staff_leave_read on staff_leave for select to k_app using (
  person_id = (select kembali.actor()) or covered_by = (select kembali.actor())
  or person_id in (select kembali.my_people()));
create policy staff_leave_make on staff_leave for insert to k_app with check (
  kept_by = (select kembali.actor())
  and (person_id = (select kembali.actor()) or person_id in (select kembali.my_people()))
  and (covered_by is null or exists (
    select from app_user u where u.id = covered_by and u.org_id = (select kembali.actor_org()) and u.ended_at is null)));
create policy staff_leave_drop on staff_leave for delete to k_app using (
  person_id = (select kembali.actor()) or person_id in (select kembali.my_people()));
grant select, insert, delete on staff_leave to k_app;

-- The two who talked, and nobody else: no later supervisor, no colleague, no administrator.
create policy staff_talk_read on staff_talk for select to k_app using (
  with_id = (select kembali.actor()) or written_by = (select kembali.actor()));
create policy staff_talk_make on staff_talk for insert to k_app with check (
  written_by = (select kembali.actor()) and with_id in (select kembali.my_people()));
grant select, insert on staff_talk to k_app;

-- Leave goes a year after its last day, a talk two years after it was held.
create function kembali.forget_staff_care() returns integer language plpgsql security definer set search_path = '' as $$
declare leaves integer; talks integer;
begin
  delete from public.staff_leave where until_on < (kembali.now() - interval '1 year')::date;
  get diagnostics leaves = row_count;
  delete from public.staff_talk where held_on < (kembali.now() - interval '2 years')::date;
  get diagnostics talks = row_count;
  return leaves + talks;
end $$;
revoke execute on function kembali.my_people(), kembali.forget_staff_care() from public;
grant execute on function kembali.my_people() to k_app;
grant execute on function kembali.forget_staff_care() to k_clock;
