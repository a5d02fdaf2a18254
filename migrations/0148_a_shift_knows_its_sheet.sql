-- 0148_a_shift_knows_its_sheet.sql: what a reading of 0145 as an attacker found. A shift learns from no function who else works
-- with the child or who may be told; and who was named for a day holds what she was named for.

-- Whether the asking person reads this file on a shift's grant alone.
create function kembali.is_only_on_shift(of_case uuid) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return kembali.actor_role() = 'shelter_worker' and not exists (
    select from public.access a where a.actor = kembali.actor() and a.case_id = of_case
       and a.basis <> 'grant' and a.ends_at > kembali.now() and a.basis = any (kembali.bases()));
end $$;
revoke execute on function kembali.is_only_on_shift(uuid) from public;
grant execute on function kembali.is_only_on_shift(uuid) to k_app;

create policy case_team_shift_own on case_team as restrictive for select to k_app using (
  (select kembali.actor_role()) is distinct from 'shelter_worker' or person_id = (select kembali.actor())
  or not kembali.is_only_on_shift(case_id));
create policy sharing_grant_shift_own on sharing_grant as restrictive for select to k_app using (
  (select kembali.actor_role()) is distinct from 'shelter_worker' or person_id = (select kembali.actor())
  or not kembali.is_only_on_shift(case_id));

create or replace function kembali.conference_people(of_case uuid) returns table (id uuid, name text, role text, is_on_case boolean)
language sql stable security definer set search_path = '' as $$
  select u.id, u.name, u.role, t.person_id is not null
    from public.child_case c
    join public.app_user u on u.ended_at is null
    left join public.case_team t on t.case_id = c.id and t.person_id = u.id and t.ends_at > kembali.now()
   where c.id = of_case and (t.person_id is not null or (u.org_id = c.org_id and u.role in ('case_worker', 'intake', 'supervisor', 'clinician')))
     and not exists (select from public.case_exclusion x where x.case_id = c.id and x.person_id = u.id)
     and exists (select from public.access a where a.actor = kembali.actor() and a.case_id = of_case and a.part = 'services'
                    and a.ends_at > kembali.now() and a.basis = any (kembali.bases()))
     and not kembali.is_only_on_shift(of_case)
$$;
create or replace function kembali.grounds_to_tell(of_case uuid) returns table (recipient text, purpose text, consent_id uuid, basis_id uuid)
language sql stable security definer set search_path = '' as $$
  with mine as (
    select exists (select from public.access a where a.actor = kembali.actor() and a.case_id = of_case and a.part = 'services'
      and a.ends_at > kembali.now() and a.basis = any (kembali.bases())) and not kembali.is_only_on_shift(of_case) as is)
  select distinct on (g.recipient) g.recipient, g.purpose, g.consent_id, g.basis_id from mine cross join (
    select c.recipient, c.purpose, c.id as consent_id, null::uuid as basis_id, c.asked_at as at from public.consent_record c
     where c.case_id = of_case and c.recipient is not null and (c.ends_on is null or c.ends_on >= kembali.now()::date)
    union all
    select b.recipient, b.purpose, null, b.id, b.decided_at from public.lawful_basis b where b.case_id = of_case) g
   where mine.is and kembali.may_be_told(of_case, g.consent_id, g.basis_id, g.recipient)
   order by g.recipient, g.consent_id is null, g.at desc
$$;
create or replace function kembali.talk_people(of_case uuid) returns table (id uuid, name text)
language sql stable security definer set search_path = '' as $$
  select u.id, u.name from public.child_case c join public.app_user u on u.ended_at is null and u.id <> kembali.actor()
   where c.id = of_case
     and (exists (select from public.team_member m where m.team_id = c.team_id and m.person_id = u.id and m.ended_at is null)
       or exists (select from public.case_team t where t.case_id = c.id and t.person_id = u.id and t.ends_at > kembali.now()))
     and exists (select from public.access a where a.actor = kembali.actor() and a.case_id = c.id and a.part = 'case'
                    and a.ends_at > kembali.now() and a.basis = any (kembali.bases()))
     and not kembali.is_only_on_shift(of_case)
$$;
create or replace function kembali.transfer_names(of_transfer uuid) returns table (from_office text, to_office text, to_team text, offered_by text)
language sql stable security definer set search_path = '' as $$
  select f.name, o.name, t.name, u.name from public.case_transfer x
    join public.organisation f on f.id = x.from_org join public.team t on t.id = x.to_team
    join public.organisation o on o.id = t.org_id join public.app_user u on u.id = x.offered_by
   where x.id = of_transfer and exists (select from public.access a where a.actor = kembali.actor() and a.case_id = x.case_id
     and a.part = 'case' and a.ends_at > kembali.now()) and not kembali.is_only_on_shift(x.case_id)
$$;
create or replace function kembali.care_team_members(of_cases uuid[]) returns table (team_id uuid, name text, organisation text, opened_on date)
language sql stable security definer set search_path = '' as $$
  select t.id, u.name, o.name, (select max(c.on_day) from public.case_opened c where c.case_id = t.case_id and c.person_id = u.id)
    from public.care_team t join public.app_user u on u.id = any (t.people) join public.organisation o on o.id = u.org_id
   where t.case_id = any (of_cases) and exists (select from public.access a where a.actor = kembali.actor()
           and a.case_id = t.case_id and a.part = 'services' and a.ends_at > kembali.now() and a.basis = any (kembali.bases()))
     and not kembali.is_only_on_shift(t.case_id)
   order by u.name
$$;

-- A key worker answers for the child where it lives, with somebody to stand in for her; the shift reads the sheet.
alter table care_team add constraint care_team_few_key_workers check (purpose <> 'key_work' or cardinality(people) <= 2);

-- Another office's worker who may only read writes no day log: the shift does, and whoever carries the case.
drop policy shelter_entry_make on shelter_entry;
create policy shelter_entry_make on shelter_entry for insert to k_app with check (
  written_by = (select kembali.actor()) and (select kembali.actor_role()) in ('shelter_worker', 'case_worker') and exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = shelter_entry.case_id and a.part = 'services'
     and (a.level = 'write' or (select kembali.actor_role()) = 'shelter_worker')
     and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));

-- Whose account was closed for a while is named by nobody.
create function kembali.care_team_of_active() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if exists (select from public.app_user u where u.id = any (new.people) and u.disabled_at is not null) then
    raise exception 'a care team is of people who work' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger care_team_active before insert on care_team for each row execute function kembali.care_team_of_active();
create or replace function kembali.people_to_name(of_case uuid) returns table (id uuid, name text, role text, organisation_id uuid, organisation text)
language sql stable security definer set search_path = '' as $$
  select u.id, u.name, u.role, o.id, o.name from public.app_user u join public.organisation o on o.id = u.org_id
   where u.role in ('shelter_worker', 'clinician') and u.ended_at is null and u.disabled_at is null and kembali.actor_role() = 'case_worker'
     and o.sector in ('child_protection', 'health', 'education', 'legal_aid', 'civil_society', 'child_justice', 'oversight')
     and exists (select from public.access a where a.actor = kembali.actor() and a.case_id = of_case and a.part = 'services'
           and a.level = 'write' and a.ends_at > kembali.now() and a.basis = any (kembali.bases()))
     and not exists (select from public.case_exclusion x where x.case_id = of_case and x.person_id = u.id)
   order by o.name, u.name limit 500
$$;
