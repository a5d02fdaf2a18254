-- 0197_a_roster_above_an_office.sql: supervisors of another office who are called for a signature where an office has nobody, or
-- where everybody there has been silent for two days (decision 0053). Two administrators put somebody on the roster; one takes
-- her off. She reads what a stand-in reads: one request and the part it is about, until a day after the answer.

create function kembali.today() returns date language sql stable security definer set search_path = '' as $$
  select (kembali.now() at time zone (select d.time_zone from public.deployment d))::date
$$;
revoke execute on function kembali.today() from public;

-- Whether somebody may stand above an office: a supervisor of another one, on the same side of the wall. `mayStandAbove` in
-- features/access/roles.ts says the same.
create function kembali.may_stand_above(of_person uuid, of_org uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from public.app_user u join public.organisation o on o.id = of_org
    where u.id = of_person and u.role = 'supervisor' and u.ended_at is null and u.org_id <> o.id and u.sector = o.sector
      and o.sector in ('child_protection', 'health', 'education', 'legal_aid', 'civil_society', 'child_justice', 'oversight'))
$$;
revoke execute on function kembali.may_stand_above(uuid, uuid) from public;

create table signature_roster (
  id           uuid primary key,
  org_id       uuid not null,
  person_id    uuid not null,
  -- One column for both: whoever stands above an office belongs to a body of the same kind.
  sector       text not null,
  from_on      date not null,
  until_on     date not null,
  asked_by     uuid not null references app_user,
  confirmed_by uuid not null references app_user,
  confirmed_at timestamptz not null default kembali.now(),
  foreign key (org_id, sector) references organisation (id, sector),
  foreign key (person_id, sector) references app_user (id, sector),
  constraint signature_roster_firewall check (sector in ('child_protection', 'health', 'education', 'legal_aid',
    'civil_society', 'child_justice', 'oversight')),
  constraint signature_roster_days check (until_on between from_on and from_on + 366),
  constraint signature_roster_of_two check (asked_by <> confirmed_by and person_id <> asked_by and person_id <> confirmed_by)
);
create index signature_roster_org on signature_roster (org_id);
create index signature_roster_person on signature_roster (person_id);
alter table signature_roster enable row level security;
alter table signature_roster force row level security;
create policy signature_roster_owner on signature_roster to k_owner using (true) with check (true);
-- Read by the office it stands above, by herself, and by whoever keeps the people; written by the functions below alone.
create policy signature_roster_read on signature_roster for select to k_app using (
  org_id = (select kembali.actor_org()) or person_id = (select kembali.actor())
  or (select kembali.actor_role()) in ('admin', 'dpo'));
grant select on signature_roster to k_app;

alter table appointment drop constraint appointment_kind_check;
alter table appointment add constraint appointment_kind_check check (kind in ('role', 'supervise', 'end', 'roster'));
alter table appointment add column org_id uuid references organisation, add column from_on date, add column until_on date;
alter table appointment add constraint appointment_roster check ((kind = 'roster') = (num_nonnulls(org_id, from_on, until_on) = 3));

-- Why somebody cannot be put on a roster for these days, or null.
create function kembali.roster_problem(of_org uuid, of_person uuid, of_from date, of_until date) returns text
language plpgsql stable security definer set search_path = '' as $$
begin
  if not exists (select from public.organisation where id = of_org)
     or not exists (select from public.app_user where id = of_person and ended_at is null) then return 'not_found'; end if;
  if exists (select from public.app_user where id = of_person and org_id = of_org) then return 'own_office'; end if;
  if not exists (select from public.app_user where id = of_person and role = 'supervisor') then return 'not_a_supervisor'; end if;
  if not kembali.may_stand_above(of_person, of_org) then return 'firewall'; end if;
  if of_until < of_from or of_until > of_from + 366 or of_until < kembali.today() or of_from > kembali.today() + 366 then
    return 'roster_days';
  end if;
  if exists (select from public.signature_roster r where r.org_id = of_org and r.person_id = of_person
       and r.from_on <= of_until and r.until_on >= of_from) then return 'on_roster_already'; end if;
  return null;
end $$;
revoke execute on function kembali.roster_problem(uuid, uuid, date, date) from public;

create function kembali.roster_put(of_id uuid, of_org uuid, of_person uuid, of_from date, of_until date, of_request text) returns text
language plpgsql security definer set search_path = '' as $$
declare problem text := kembali.act_problem(array['admin']);
begin
  if problem is not null then return problem; end if;
  if of_person = kembali.actor() then return 'not_oneself'; end if;
  problem := kembali.roster_problem(of_org, of_person, of_from, of_until);
  if problem is null and of_from < kembali.today() then problem := 'roster_days'; end if;
  if problem is not null then return problem; end if;
  insert into public.appointment (id, person_id, kind, org_id, from_on, until_on, proposed_by)
  values (of_id, of_person, 'roster', of_org, of_from, of_until, kembali.actor()) on conflict do nothing;
  if not found then return 'waits'; end if;
  perform kembali.people_changed('propose_roster', of_person, of_org, null, null, of_request);
  return 'waits';
end $$;

-- What narrows is done by one.
create function kembali.roster_end(of_id uuid, of_request text) returns text
language plpgsql security definer set search_path = '' as $$
declare
  problem text := kembali.act_problem(array['admin', 'dpo']);
  gone record;
begin
  if problem is not null then return problem; end if;
  delete from public.signature_roster where id = of_id returning org_id, person_id into gone;
  if not found then return 'not_found'; end if;
  perform kembali.people_changed('take_off_roster', gone.person_id, gone.org_id, null, null, of_request);
  return 'done';
end $$;

-- As before (0010) otherwise: what one proposed becomes so when another says yes, and all is looked at anew in that moment.
create or replace function kembali.appointment_decide(of_id uuid, of_confirm boolean, of_request text) returns text
language plpgsql security definer set search_path = '' as $$
declare
  problem text := kembali.act_problem(array['admin', 'dpo']);
  a record;
  outcome text;
begin
  if problem is not null then return problem; end if;
  select * into a from public.appointment where id = of_id and decided_at is null for update;
  if not found then return 'not_found'; end if;
  if of_confirm then
    if kembali.actor() in (a.proposed_by, a.person_id) then return 'needs_another_person'; end if;
    outcome := case a.kind when 'role' then kembali.apply_role(a.person_id, a.role, of_request)
      when 'supervise' then kembali.apply_member(a.person_id, a.team_id, true, of_request)
      when 'roster' then kembali.apply_roster(a.id, of_request)
      else kembali.apply_end(a.person_id, of_request) end;
    if outcome <> 'done' then return outcome; end if;
  end if;
  update public.appointment set decided_by = kembali.actor(), decided_at = kembali.now(),
    decision = case when of_confirm then 'confirmed' else 'declined' end where id = of_id;
  perform kembali.people_changed(case when of_confirm then 'confirm_' else 'decline_' end || a.kind, a.person_id, a.org_id, a.team_id, a.role, of_request);
  return 'done';
end $$;
create function kembali.apply_roster(of_appointment uuid, of_request text) returns text
language plpgsql security definer set search_path = '' as $$
declare
  a record;
  problem text;
begin
  perform pg_advisory_xact_lock(7046270423); -- two at once must not each miss the other's days
  select p.*, u.sector into a from public.appointment p join public.app_user u on u.id = p.person_id
   where p.id = of_appointment and p.kind = 'roster' and p.decided_at is null;
  if not found then return 'not_found'; end if;
  problem := kembali.roster_problem(a.org_id, a.person_id, a.from_on, a.until_on);
  if problem is not null then return problem; end if;
  insert into public.signature_roster (id, org_id, person_id, sector, from_on, until_on, asked_by, confirmed_by)
  values (a.id, a.org_id, a.person_id, a.sector, a.from_on, a.until_on, a.proposed_by, kembali.actor());
  perform kembali.people_changed('put_on_roster', a.person_id, a.org_id, null, null, of_request);
  return 'done';
end $$;
revoke execute on function kembali.apply_roster(uuid, text) from public;
grant execute on function kembali.roster_put(uuid, uuid, uuid, date, date, text), kembali.roster_end(uuid, text) to k_app;

-- Which entry of the roster somebody was called by; and a request that is erased takes along who was called for it.
alter table signature_call add column roster_id uuid references signature_roster on delete set null,
  add column xid xid8 not null default pg_current_xact_id();
alter table signature_call drop constraint signature_call_signature_id_fkey;
alter table signature_call add constraint signature_call_signature_id_fkey
  foreign key (signature_id) references second_signature on delete cascade;

-- As before (0145) otherwise: a stand-in is of the case's office, or stands on its roster today.
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
    join role_right r on r.role = 'supervisor' and r.basis = 'supervision' and r.part in ('case', s.part)
  union all
  select k.person_id, o.sector, s.case_id, r.part, 'read', 'supervision', s.id, least(k.ends_at, kembali.end_of_day(o.until_on))
    from signature_call k join second_signature s on s.id = k.signature_id
    join child_case c on c.id = s.case_id
    join signature_roster o on o.id = k.roster_id and o.person_id = k.person_id and o.org_id = c.org_id
    join role_right r on r.role = 'supervisor' and r.basis = 'supervision' and r.part in ('case', s.part)
   where kembali.may_stand_above(k.person_id, c.org_id);

-- Who stands in for the supervisors of a request's team, as in 0055: whom they named, else the other supervisors of the office.
create function kembali.stand_ins_of(of_signature uuid) returns setof uuid
language sql stable security definer set search_path = '' as $$
  select u.id
    from public.second_signature s join public.child_case c on c.id = s.case_id
    join public.app_user u on u.org_id = c.org_id and u.role = 'supervisor' and u.ended_at is null and u.disabled_at is null and u.id <> s.asked_by
   where s.id = of_signature
     and not exists (select from public.case_exclusion x where x.case_id = s.case_id and x.person_id = u.id)
     and not exists (select from public.team_member m where m.team_id = c.team_id and m.person_id = u.id and m.supervises and m.ended_at is null)
     and (exists (select from public.team_stand_in i where i.team_id = c.team_id and i.person_id = u.id)
          or not exists (select from public.team_stand_in i join public.app_user n on n.id = i.person_id
                          where i.team_id = c.team_id and n.ended_at is null and n.role = 'supervisor' and n.org_id = c.org_id and n.id <> s.asked_by))
$$;
-- The first ones: whoever supervises the team, but for the asker.
create function kembali.first_signers_of(of_signature uuid) returns setof uuid
language sql stable security definer set search_path = '' as $$
  select u.id
    from public.second_signature s join public.child_case c on c.id = s.case_id
    join public.team_member m on m.team_id = c.team_id and m.supervises and m.ended_at is null and m.person_id <> s.asked_by
    join public.app_user u on u.id = m.person_id and u.ended_at is null and u.disabled_at is null and u.org_id = c.org_id
   where s.id = of_signature and not exists (select from public.case_exclusion x where x.case_id = c.id and x.person_id = u.id)
$$;
-- Who stands on the roster above the office today.
create function kembali.roster_of(of_signature uuid) returns table (person_id uuid, roster_id uuid, until_on date)
language sql stable security definer set search_path = '' as $$
  select r.person_id, r.id, r.until_on
    from public.second_signature s join public.child_case c on c.id = s.case_id
    join public.signature_roster r on r.org_id = c.org_id and kembali.today() between r.from_on and r.until_on
    join public.app_user u on u.id = r.person_id and u.disabled_at is null
   where s.id = of_signature and r.person_id <> s.asked_by and kembali.may_stand_above(r.person_id, c.org_id)
     and not exists (select from public.case_exclusion x where x.case_id = c.id and x.person_id = r.person_id)
$$;
create function kembali.nobody_of_the_office(of_signature uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select not exists (select from kembali.first_signers_of(of_signature)) and not exists (select from kembali.stand_ins_of(of_signature))
$$;
revoke execute on function kembali.stand_ins_of(uuid), kembali.first_signers_of(uuid), kembali.roster_of(uuid),
  kembali.nobody_of_the_office(uuid) from public;

-- Whoever was called before and came back is called again: what she could read ended meanwhile.
create or replace function kembali.call_stand_ins(of_signature uuid) returns integer
language plpgsql security definer set search_path = '' as $$
declare called integer;
begin
  insert into public.signature_call as k (signature_id, case_id, person_id)
  select s.id, s.case_id, i from public.second_signature s, kembali.stand_ins_of(of_signature) i
   where s.id = of_signature and not exists (select from public.second_signature_answer a where a.signature_id = s.id)
  on conflict (signature_id, person_id) do update
    set called_at = kembali.now(), ends_at = 'infinity', roster_id = null, xid = pg_catalog.pg_current_xact_id() where k.ends_at <= kembali.now();
  get diagnostics called = row_count;
  return called;
end $$;
create function kembali.call_roster(of_signature uuid) returns integer
language plpgsql security definer set search_path = '' as $$
declare called integer;
begin
  insert into public.signature_call as k (signature_id, case_id, person_id, roster_id, ends_at)
  select s.id, s.case_id, o.person_id, o.roster_id, kembali.end_of_day(o.until_on)
    from public.second_signature s, kembali.roster_of(of_signature) o
   where s.id = of_signature and not exists (select from public.second_signature_answer a where a.signature_id = s.id)
  on conflict (signature_id, person_id) do update
    set called_at = kembali.now(), ends_at = excluded.ends_at, roster_id = excluded.roster_id, xid = pg_catalog.pg_current_xact_id()
    where k.ends_at <= kembali.now();
  get diagnostics called = row_count;
  return called;
end $$;
revoke execute on function kembali.call_roster(uuid) from public;
-- What the clock does for one request nobody has answered: the stand-ins after a silence, the roster after a longer one, and
-- each of them at once where there is nobody before them.
create function kembali.call_in_turn(of_signature uuid, stand_ins_after interval, roster_after interval) returns void
language plpgsql security definer set search_path = '' as $$
declare silence interval := (select kembali.now() - s.asked_at from public.second_signature s where s.id = of_signature);
begin
  if silence >= stand_ins_after or not exists (select from kembali.first_signers_of(of_signature)) then
    perform kembali.call_stand_ins(of_signature);
  end if;
  if silence >= roster_after or kembali.nobody_of_the_office(of_signature) then
    perform kembali.call_roster(of_signature);
  end if;
end $$;
revoke execute on function kembali.call_in_turn(uuid, interval, interval) from public;
grant execute on function kembali.call_in_turn(uuid, interval, interval) to k_clock;

create or replace function kembali.on_signature() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if tg_table_name = 'second_signature_answer' then
    update public.signature_call set ends_at = least(ends_at, kembali.now() + interval '24 hours') where signature_id = new.signature_id;
  else
    perform kembali.call_in_turn(new.id, null, null); -- only where there is nobody to wait for
  end if;
  return null;
end $$;

-- Only who supervises the case's team answers, or who was called for this very request: not for another one of the same part.
create policy second_signature_answered_when_called on second_signature_answer as restrictive for insert to k_app with check (
  exists (select from child_case c join team_member m on m.team_id = c.team_id
           where c.id = second_signature_answer.case_id and m.person_id = (select kembali.actor()) and m.supervises and m.ended_at is null)
  or exists (select from signature_call k where k.signature_id = second_signature_answer.signature_id
              and k.person_id = (select kembali.actor()) and k.ends_at > (select kembali.now())));

-- Off the roster, whatever takes her off it: her calls end in the same transaction.
create function kembali.on_roster_end() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update public.signature_call set ends_at = kembali.now() where roster_id = old.id and ends_at > kembali.now();
  return old;
end $$;
create trigger signature_roster_ends before delete on signature_roster for each row execute function kembali.on_roster_end();
-- A person who ends, who is made something else, who goes to another office, or whose office becomes another kind of body.
create function kembali.off_the_rosters() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if tg_table_name = 'organisation' then
    delete from public.signature_roster r where r.org_id = old.id
       or exists (select from public.app_user u where u.id = r.person_id and u.org_id = old.id);
  else
    delete from public.signature_roster where person_id = old.id;
    update public.signature_call set ends_at = kembali.now() where person_id = old.id and ends_at > kembali.now();
  end if;
  return new;
end $$;
create trigger app_user_off_the_rosters before update of sector, org_id, role, ended_at on app_user for each row
  when (new.sector <> old.sector or new.org_id <> old.org_id or new.role <> old.role or (new.ended_at is not null and old.ended_at is null))
  execute function kembali.off_the_rosters();
create trigger organisation_off_the_rosters before update of sector on organisation for each row
  when (new.sector <> old.sector) execute function kembali.off_the_rosters();

-- The name of somebody who asked, answered or was called, for whoever reads the request: she may be of another office.
create function kembali.name_on_signature(of_signature uuid, of_person uuid) returns text
language sql stable security definer set search_path = '' as $$
  select u.name from public.app_user u join public.second_signature s on s.id = of_signature
   where u.id = of_person
     and (s.asked_by = u.id
          or exists (select from public.second_signature_answer a where a.signature_id = s.id and a.answered_by = u.id)
          or exists (select from public.signature_call k where k.signature_id = s.id and k.person_id = u.id))
     and exists (select from public.access a where a.actor = kembali.actor() and a.case_id = s.case_id and a.part = s.part
           and a.ends_at > kembali.now() and a.basis = any (kembali.bases()))
$$;
revoke execute on function kembali.name_on_signature(uuid, uuid) from public;
grant execute on function kembali.name_on_signature(uuid, uuid) to k_app;

-- Who stands above the office of a supervisor who asks, today or later.
create function kembali.roster_above() returns table (id uuid, name text, organisation text, from_on date, until_on date)
language sql stable security definer set search_path = '' as $$
  select r.id, u.name, o.name, r.from_on, r.until_on
    from public.signature_roster r join public.app_user u on u.id = r.person_id join public.organisation o on o.id = u.org_id
   where r.org_id = kembali.actor_org() and kembali.actor_role() = 'supervisor' and r.until_on >= kembali.today()
   order by r.from_on, u.name, r.id
$$;
grant execute on function kembali.roster_above() to k_app;
