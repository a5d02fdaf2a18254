-- 0155_until_the_end_of_its_day.sql: "until a day" is until that day has ended where the child lives, in every rule of the
-- database; and a basis that was signed because nobody could be asked opens something for 90 days at most (security.md 3.5).
-- Then the child is asked, or a new reason is written down and signed.
alter table deployment add column time_zone text not null default 'UTC';

-- The moment at which a day is over in the country's zone.
create function kembali.end_of_day(of_day date) returns timestamptz language sql stable security definer set search_path = '' as $$
  select (of_day + 1)::timestamp at time zone (select d.time_zone from public.deployment d)
$$;
-- The moment at which a basis is over: `basisEndsOn` in src/core/second-signature.ts says the same.
create function kembali.basis_over_at(of_decision timestamptz) returns timestamptz language sql stable security definer set search_path = '' as $$
  select kembali.end_of_day((of_decision at time zone (select d.time_zone from public.deployment d))::date + 90)
$$;

create or replace function kembali.may_be_told(of_case uuid, of_consent uuid, of_basis uuid, of_recipient text) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from public.consent_record c
                  where c.id = of_consent and c.case_id = of_case and c.recipient = of_recipient and c.standing = 'given'
                    and (c.ends_on is null or kembali.end_of_day(c.ends_on) > kembali.now())
                    and not exists (select from public.consent_withdrawal w where w.consent_id = c.id))
      or exists (select from public.lawful_basis b
                  where b.id = of_basis and b.case_id = of_case and b.recipient = of_recipient
                    and kembali.basis_over_at(b.decided_at) > kembali.now() and kembali.is_signed('share_without_consent', b.id))
$$;
create or replace function kembali.may_be_told(of_case uuid) returns setof text language sql stable security definer set search_path = '' as $$
  select told.recipient from (
    select r.recipient, r.id as consent_id, null::uuid as basis_id from public.consent_record r
     where r.case_id = of_case and r.recipient is not null
    union
    select b.recipient, null, b.id from public.lawful_basis b where b.case_id = of_case) as told
   where kembali.may_be_told(of_case, told.consent_id, told.basis_id, told.recipient)
     and exists (select from public.access a where a.actor = kembali.actor() and a.case_id = of_case and a.part = 'services'
                    and a.ends_at > kembali.now() and a.basis = any (kembali.bases()))
   group by told.recipient
$$;
create or replace function kembali.grounds_to_tell(of_case uuid) returns table (recipient text, purpose text, consent_id uuid, basis_id uuid)
language sql stable security definer set search_path = '' as $$
  with mine as (
    select exists (select from public.access a where a.actor = kembali.actor() and a.case_id = of_case and a.part = 'services'
      and a.ends_at > kembali.now() and a.basis = any (kembali.bases())) and not kembali.is_only_on_shift(of_case) as is)
  select distinct on (g.recipient) g.recipient, g.purpose, g.consent_id, g.basis_id from mine cross join (
    select c.recipient, c.purpose, c.id as consent_id, null::uuid as basis_id, c.asked_at as at from public.consent_record c
     where c.case_id = of_case and c.recipient is not null
    union all
    select b.recipient, b.purpose, null, b.id, b.decided_at from public.lawful_basis b where b.case_id = of_case) g
   where mine.is and kembali.may_be_told(of_case, g.consent_id, g.basis_id, g.recipient)
   order by g.recipient, g.consent_id is null, g.at desc
$$;

-- When the ground a letter or a team rests on is over; infinity where nobody said a day.
create function kembali.ground_over_at(of_consent uuid, of_basis uuid) returns timestamptz
language sql stable security definer set search_path = '' as $$
  select least(coalesce((select kembali.end_of_day(c.ends_on) from public.consent_record c where c.id = of_consent), 'infinity'),
               coalesce((select kembali.basis_over_at(b.decided_at) from public.lawful_basis b where b.id = of_basis), 'infinity'))
$$;
revoke execute on function kembali.ground_over_at(uuid, uuid) from public;

-- A link is read no longer than its letter's ground stands.
create function kembali.link_within_its_ground() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  select least(new.ends_at, kembali.ground_over_at(r.consent_id, r.basis_id)) into new.ends_at
    from public.referral r where r.id = new.referral_id;
  return new;
end $$;
create trigger letter_link_within before insert on letter_link for each row execute function kembali.link_within_its_ground();

-- As before (0145) otherwise.
create or replace function kembali.open_for_care_team() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  ends timestamptz := least(kembali.end_of_day(new.ends_on), kembali.now() + interval '365 days',
    kembali.ground_over_at(new.consent_id, new.basis_id));
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

-- Each start says which zone the country keeps; what was opened before ends with its day in it, and with its ground.
create function kembali.keep_time_zone(of_zone text) returns void language plpgsql security definer set search_path = '' as $$
begin
  perform kembali.now() at time zone of_zone;
  update public.deployment set time_zone = of_zone where time_zone <> of_zone;
  perform kembali.end_care_teams(array(select t.id from public.care_team t
    where least(kembali.end_of_day(t.ends_on), kembali.ground_over_at(t.consent_id, t.basis_id)) <= kembali.now()));
  update public.sharing_grant g set ends_at = least(kembali.end_of_day(t.ends_on), kembali.ground_over_at(t.consent_id, t.basis_id))
    from public.care_team t where t.id = g.named_in and g.revoked_at is null and g.ends_at > kembali.now()
     and g.ends_at > least(kembali.end_of_day(t.ends_on), kembali.ground_over_at(t.consent_id, t.basis_id));
  update public.case_team m set ends_at = least(kembali.end_of_day(t.ends_on), kembali.ground_over_at(t.consent_id, t.basis_id))
    from public.care_team t where t.id = m.named_in and m.ends_at > kembali.now()
     and m.ends_at > least(kembali.end_of_day(t.ends_on), kembali.ground_over_at(t.consent_id, t.basis_id));
  update public.letter_link l set ends_at = kembali.ground_over_at(r.consent_id, r.basis_id), xid = pg_current_xact_id()
    from public.referral r where r.id = l.referral_id and l.ended_at is null and l.ends_at > kembali.ground_over_at(r.consent_id, r.basis_id);
end $$;
revoke execute on function kembali.keep_time_zone(text) from public;
