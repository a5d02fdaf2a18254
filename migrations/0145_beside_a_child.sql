-- 0145_beside_a_child.sql: what a shelter must know to care for a child today and what happened there shift by shift (part
-- `services`), and who beside its worker may read of it: people, each named, for one purpose, on a yes or a signed basis, and
-- until a day (security.md 3.5). A shift reads the care sheet and the day log and nothing else of the file.
create table care_sheet (
  id            uuid primary key,
  case_id       uuid not null unique references child_case,
  op_id         uuid not null,
  version       integer not null,
  begun_at      timestamptz not null default kembali.now(),
  child_said_on date,
  body          bytea not null,
  check (id = case_id)
);
create table shelter_entry (
  id         uuid primary key,
  case_id    uuid not null references child_case,
  op_id      uuid not null,
  on_day     date not null,
  shift      text not null check (shift in ('morning', 'afternoon', 'night')),
  kind       text not null check (kind in ('day', 'school', 'visit', 'outing', 'appointment', 'incident')),
  saved_at   timestamptz not null default kembali.now(),
  written_by uuid not null references app_user,
  body       bytea not null
);
create index shelter_entry_case on shelter_entry (case_id, on_day);
-- Of one ground and purpose the team named last stands; naming nobody ends what was open.
create table care_team (
  id         uuid primary key,
  case_id    uuid not null references child_case,
  op_id      uuid not null,
  purpose    text not null check (purpose in ('daily_care', 'key_work', 'health_care')),
  consent_id uuid,
  basis_id   uuid,
  people     uuid[] not null check (cardinality(people) <= 20),
  ends_on    date not null,
  named_at   timestamptz not null default kembali.now(),
  written_by uuid not null references app_user,
  foreign key (consent_id, case_id) references consent_record (id, case_id),
  foreign key (basis_id, case_id) references lawful_basis (id, case_id),
  constraint care_team_on_one_ground check (num_nonnulls(consent_id, basis_id) = 1)
);
create index care_team_case on care_team (case_id, named_at);
create index care_team_consent on care_team (consent_id) where consent_id is not null;
-- What a naming opened, so that it ends with it.
alter table sharing_grant add column named_in uuid references care_team on delete set null;
alter table case_team add column named_in uuid references care_team on delete set null;

do $$
declare name text;
begin
  foreach name in array array['care_sheet', 'shelter_entry', 'care_team'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy %I on %I to k_owner using (true) with check (true)', name || '_owner', name);
    execute format($p$create policy %I on %I for select to k_app using (exists (
      select from access a where a.actor = (select kembali.actor()) and a.case_id = %I.case_id
         and a.part = 'services' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])))$p$, name || '_read', name, name);
    execute format('grant select, insert on %I to k_app', name);
  end loop;
  foreach name in array array['care_sheet', 'care_team'] loop
    execute format($p$create policy %I on %I for insert to k_app with check (exists (
      select from access a where a.actor = (select kembali.actor()) and a.case_id = %I.case_id
         and a.part = 'services' and a.level = 'write' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])))$p$, name || '_make', name, name);
  end loop;
end $$;
create policy care_sheet_write on care_sheet for update to k_app using (exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = care_sheet.case_id and a.part = 'services' and a.level = 'write'
     and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
grant update on care_sheet to k_app;
-- The day log is written by those who are with the child: also by a member of a shift, who may otherwise only read.
create policy shelter_entry_make on shelter_entry for insert to k_app with check (
  written_by = (select kembali.actor()) and (select kembali.actor_role()) in ('shelter_worker', 'case_worker') and exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = shelter_entry.case_id and a.part = 'services'
     and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
-- Nobody who was named names others, and nobody is named without a ground for that kind of body.
create policy care_team_author on care_team as restrictive for insert to k_app
  with check (written_by = (select kembali.actor()) and (select kembali.actor_role()) = 'case_worker');
create policy care_team_on_a_ground on care_team as restrictive for insert to k_app
  with check (cardinality(people) = 0 or kembali.may_be_told(case_id, consent_id, basis_id,
    case purpose when 'health_care' then 'psychosocial_provider' else 'foster_or_shelter' end));

-- What a naming opened is over.
create function kembali.end_care_teams(of_teams uuid[]) returns void language sql security definer set search_path = '' as $$
  update public.sharing_grant set revoked_at = kembali.now() where named_in = any (of_teams) and revoked_at is null;
  update public.case_team set ends_at = kembali.now() where named_in = any (of_teams) and ends_at > kembali.now();
$$;
revoke execute on function kembali.end_care_teams(uuid[]) from public;

-- Opens for each member and for nobody else; whoever is not named any more reads no more, in the same transaction.
create function kembali.open_for_care_team() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  ends timestamptz := least((new.ends_on + 1)::timestamptz, kembali.now() + interval '365 days',
    (select (c.ends_on + 1)::timestamptz from public.consent_record c where c.id = new.consent_id));
begin
  if (select count(distinct u.id) from public.app_user u where u.id = any (new.people) and u.ended_at is null
        and u.role = case new.purpose when 'health_care' then 'clinician' else 'shelter_worker' end
        and not exists (select from public.case_exclusion x where x.case_id = new.case_id and x.person_id = u.id))
       <> pg_catalog.cardinality(new.people)
     or (select count(distinct u.org_id) from public.app_user u where u.id = any (new.people)) > 1 then
    raise exception 'a care team is of people of one house' using errcode = 'check_violation';
  end if;
  perform kembali.end_care_teams(array(select t.id from public.care_team t where t.case_id = new.case_id and t.purpose = new.purpose
    and t.consent_id is not distinct from new.consent_id and t.basis_id is not distinct from new.basis_id));
  if new.purpose = 'daily_care' then
    insert into public.sharing_grant (id, case_id, person_id, sector, part, purpose, basis, starts_at, ends_at, consent_id, named_in)
    select pg_catalog.gen_random_uuid(), new.case_id, u.id, u.sector, 'services', new.purpose,
           case when new.consent_id is null then 'best_interests' else 'consent' end, kembali.now(), ends, new.consent_id, new.id
      from public.app_user u where u.id = any (new.people);
  else
    -- Somebody who is on the case by other means stays on it as she is.
    insert into public.case_team as t (case_id, person_id, sector, role, ends_at, named_in)
    select new.case_id, u.id, u.sector, u.role, ends, new.id from public.app_user u where u.id = any (new.people)
    on conflict (case_id, person_id, role) do update set ends_at = excluded.ends_at, named_in = excluded.named_in
      where t.named_in is not null or t.ends_at <= kembali.now();
  end if;
  return null;
end $$;
create trigger care_team_opens after insert on care_team for each row execute function kembali.open_for_care_team();

-- A yes that is taken back closes what it opened, whoever writes the row; a case that is closed ends every stay and every care.
create function kembali.close_care_of_a_yes() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform kembali.end_care_teams(array(select t.id from public.care_team t where t.consent_id = new.consent_id));
  return null;
end $$;
create trigger consent_withdrawal_ends_care after insert on consent_withdrawal
  for each row execute function kembali.close_care_of_a_yes();
create function kembali.close_care_of_a_case() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform kembali.end_care_teams(array(select t.id from public.care_team t where t.case_id = new.id));
  return null;
end $$;
create trigger child_case_closed_ends_care after update of state on child_case
  for each row when (new.state = 'closed' and old.state = 'open') execute function kembali.close_care_of_a_case();

-- Who was named on one ground has what the ground reaches: no family and no place, though the role's own row would give them.
create or replace view kembali.computed_access as
  select m.person_id as actor, m.sector, m.case_id, r.part, r.level, 'membership' as basis, m.case_id as basis_id, m.ends_at
    from case_team m join role_right r on r.role = m.role and r.basis = 'membership'
    join child_case c on c.id = m.case_id
   where not (r.part = 'location' and c.threatened) and not (m.named_in is not null and r.part in ('family', 'location'))
  union all
  select t.person_id, u.sector, c.id, r.part, r.level, 'supervision', c.team_id, 'infinity'
    from child_case c join team_member t on t.team_id = c.team_id and t.supervises and t.ended_at is null
    join app_user u on u.id = t.person_id and u.ended_at is null and u.org_id = c.org_id
    join role_right r on r.role = 'supervisor' and r.basis = 'supervision'
  union all
  select g.person_id, g.sector, g.case_id, g.part, 'read', 'grant', g.id, g.ends_at
    from sharing_grant g where g.revoked_at is null
  union all
  -- The file's own row comes with any part but `handover`.
  select g.person_id, g.sector, g.case_id, 'case', 'read', 'grant', g.id, g.ends_at
    from sharing_grant g where g.revoked_at is null and g.part not in ('handover', 'case')
  union all
  select k.person_id, u.sector, s.case_id, r.part, 'read', 'supervision', s.id, k.ends_at
    from signature_call k join second_signature s on s.id = k.signature_id
    join child_case c on c.id = s.case_id
    join app_user u on u.id = k.person_id and u.role = 'supervisor' and u.org_id = c.org_id
    join role_right r on r.role = 'supervisor' and r.basis = 'supervision' and r.part in ('case', s.part);

-- A shift has a grant on `services`, and reads of it the care sheet and the day log alone: not the plan, not what was agreed or
-- told to whom, not what colleagues say of the work. Every table made later calls this, or stands among those a shift reads.
create function kembali.hide_from_a_shift(of_table text) returns void language plpgsql as $$
begin
  execute format($p$create policy %I on %I as restrictive for select to k_app using (
    (select kembali.actor_role()) is distinct from 'shelter_worker' or exists (
    select from access a where a.actor = (select kembali.actor()) and a.case_id = %I.case_id
       and a.basis <> 'grant' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])))$p$,
    of_table || '_no_shift', of_table, of_table);
end $$;
revoke execute on function kembali.hide_from_a_shift(text) from public;
select kembali.hide_from_a_shift(t.relname)
  from (select distinct c.relname from pg_catalog.pg_policy p join pg_catalog.pg_class c on c.oid = p.polrelid
          join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attname = 'case_id'
         where c.relnamespace = 'public'::regnamespace and 'k_app'::regrole = any (p.polroles)
           and pg_catalog.pg_get_expr(p.polqual, p.polrelid) ~ 'FROM access'
           and c.relname not in ('case_key', 'case_team', 'sharing_grant', 'care_sheet', 'shelter_entry')) t;

-- Who can be named beside this child. Staff, never a child; asked by whoever carries the case.
create function kembali.people_to_name(of_case uuid) returns table (id uuid, name text, role text, organisation_id uuid, organisation text)
language sql stable security definer set search_path = '' as $$
  select u.id, u.name, u.role, o.id, o.name from public.app_user u join public.organisation o on o.id = u.org_id
   where u.role in ('shelter_worker', 'clinician') and u.ended_at is null and kembali.actor_role() = 'case_worker'
     and o.sector in ('child_protection', 'health', 'education', 'legal_aid', 'civil_society', 'child_justice', 'oversight')
     and exists (select from public.access a where a.actor = kembali.actor() and a.case_id = of_case and a.part = 'services'
           and a.level = 'write' and a.ends_at > kembali.now() and a.basis = any (kembali.bases()))
     and not exists (select from public.case_exclusion x where x.case_id = of_case and x.person_id = u.id)
   order by o.name, u.name limit 500
$$;
-- The members of the care teams of cases the asking person may read, and when each last opened the file.
create function kembali.care_team_members(of_cases uuid[]) returns table (team_id uuid, name text, organisation text, opened_on date)
language sql stable security definer set search_path = '' as $$
  select t.id, u.name, o.name, (select max(c.on_day) from public.case_opened c where c.case_id = t.case_id and c.person_id = u.id)
    from public.care_team t join public.app_user u on u.id = any (t.people) join public.organisation o on o.id = u.org_id
   where t.case_id = any (of_cases) and exists (select from public.access a where a.actor = kembali.actor()
           and a.case_id = t.case_id and a.part = 'services' and a.ends_at > kembali.now() and a.basis = any (kembali.bases()))
   order by u.name
$$;
-- Who wrote into the day log of such cases, by name.
create function kembali.shelter_authors(of_cases uuid[]) returns table (id uuid, name text)
language sql stable security definer set search_path = '' as $$
  select distinct u.id, u.name from public.shelter_entry e join public.app_user u on u.id = e.written_by
   where e.case_id = any (of_cases) and exists (select from public.access a where a.actor = kembali.actor()
           and a.case_id = e.case_id and a.part = 'services' and a.ends_at > kembali.now() and a.basis = any (kembali.bases()))
$$;
revoke execute on function kembali.people_to_name(uuid), kembali.care_team_members(uuid[]), kembali.shelter_authors(uuid[]) from public;
grant execute on function kembali.people_to_name(uuid), kembali.care_team_members(uuid[]), kembali.shelter_authors(uuid[]) to k_app;

-- Who else works with this child, and who opened its file, is no matter of a shift's.
create or replace function kembali.who_may_see(of_case uuid) returns table (
  name text, role text, organisation text, part text, level text, basis text, ends_at timestamptz
) language sql stable security definer set search_path = '' as $$
  select u.name, u.role, o.name, a.part, a.level, a.basis, a.ends_at
    from public.access a join public.app_user u on u.id = a.actor join public.organisation o on o.id = u.org_id
   where a.case_id = of_case and a.ends_at > kembali.now() and u.ended_at is null
     and exists (select from public.access me where me.actor = kembali.actor() and me.case_id = of_case
                   and me.part = 'case' and me.ends_at > kembali.now()
                   and (me.basis <> 'grant' or kembali.actor_role() <> 'shelter_worker'))
$$;
create or replace function kembali.who_opened(of_case uuid) returns table (name text, role text, organisation text, last_on date, days integer)
language sql stable security definer set search_path = '' as $$
  select u.name, u.role, o.name, max(c.on_day), count(*)::integer
    from public.case_opened c join public.app_user u on u.id = c.person_id join public.organisation o on o.id = u.org_id
   where c.case_id = of_case
     and exists (select from public.access me where me.actor = kembali.actor() and me.case_id = of_case
                   and me.part = 'case' and me.ends_at > kembali.now()
                   and (me.basis <> 'grant' or kembali.actor_role() <> 'shelter_worker'))
   group by u.id, u.name, u.role, o.name order by max(c.on_day) desc, u.name limit 200
$$;
