-- 0217_a_request_past_its_day.sql: what a former child asked and nobody answered in time holds its file against erasure, and not
-- without end by one person's silence. A supervisor of the office that keeps the file may take it up and answer it; else the data
-- protection officer may end the hold with a written reason. Nothing is erased by that for another thirty days, and until it is the
-- request stands where it stood: it can be answered, or taken up, and then it holds again (decision 0059).
create table later_turn (
  id         uuid primary key,
  case_id    uuid not null references child_case,
  request_id uuid not null,
  kind       text not null check (kind in ('taken', 'ended')),
  by_id      uuid not null references app_user,
  made_at    timestamptz not null default kembali.now(),
  -- Until when it has effect: of a request taken up her time to answer, of a hold that was ended until somebody takes it back.
  ends_at    timestamptz not null,
  xid        xid8 not null default pg_current_xact_id(),
  -- Why the hold was ended, under a key of its own: whoever ends it opens no case.
  key_id     bytea,
  epoch      text,
  wrapped    bytea,
  body       bytea,
  foreign key (request_id, case_id) references later_request (id, case_id) on delete cascade,
  constraint later_turn_says_why check (num_nonnulls(key_id, epoch, wrapped, body) = case kind when 'ended' then 4 else 0 end)
);
create index later_turn_case on later_turn (case_id);
create index later_turn_request on later_turn (request_id);
create index later_turn_by on later_turn (by_id);
alter table later_turn enable row level security;
alter table later_turn force row level security;
create policy later_turn_owner on later_turn to k_owner using (true) with check (true);
create policy later_turn_read on later_turn for select to k_app using (exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = later_turn.case_id
     and a.part = 'services' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
grant select on later_turn to k_app;
select kembali.hide_from_a_shift('later_turn');
create trigger later_turn_access after insert or update or delete on later_turn for each row execute function kembali.on_case_fact();

-- As before (0197) otherwise: who took a request up reads the file's own row and the part the request lies in.
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
   where kembali.may_stand_above(k.person_id, c.org_id)
  union all
  select t.by_id, u.sector, t.case_id, r.part, 'read', 'supervision', t.id, t.ends_at
    from later_turn t join child_case c on c.id = t.case_id
    join app_user u on u.id = t.by_id and u.role = 'supervisor' and u.org_id = c.org_id
    join role_right r on r.role = 'supervisor' and r.basis = 'supervision' and r.part in ('case', 'services')
   where t.kind = 'taken';

-- Whether a person has taken this request up and still has time to answer it.
create function kembali.took_up(of_request uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from public.later_turn t where t.request_id = of_request and t.kind = 'taken' and t.by_id = kembali.actor()
     and t.ends_at > kembali.now())
$$;
revoke execute on function kembali.took_up(uuid) from public;
grant execute on function kembali.took_up(uuid) to k_app;
-- She answers that request, and knows how its child may be reached; of the closing, and of other requests, she knows no such way.
create policy later_answer_taken on later_answer for insert to k_app with check (
  answered_by = (select kembali.actor()) and kembali.took_up(request_id) and exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = later_answer.case_id and a.part = 'services'
     and a.basis = 'supervision' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
create policy safe_way_taken on safe_way for select to k_app using (kembali.took_up(id) and exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = safe_way.case_id and a.part = 'services'
     and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));

create function kembali.is_answered(of_request uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from public.later_answer a where a.request_id = of_request)
$$;
-- When the erasure goes on without an answer, or null: thirty days after the hold was ended, while nobody took that back.
create function kembali.goes_on_at(of_request uuid) returns timestamptz language sql stable security definer set search_path = '' as $$
  select max(t.made_at) + interval '30 days' from public.later_turn t
   where t.request_id = of_request and t.kind = 'ended' and t.ends_at > kembali.now()
$$;
-- Taken up is a request only as long as whoever took it may still read it: not by somebody who was excluded since, or whose office
-- no longer keeps the file.
create function kembali.is_taken_up(of_request uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from public.later_turn t where t.request_id = of_request and t.kind = 'taken' and t.ends_at > kembali.now()
     and exists (select from public.access a where a.actor = t.by_id and a.case_id = t.case_id and a.basis_id = t.id and a.ends_at > kembali.now()))
$$;
revoke execute on function kembali.is_answered(uuid), kembali.goes_on_at(uuid), kembali.is_taken_up(uuid) from public;

create or replace function kembali.request_waits(of_case uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from public.later_request r where r.case_id = of_case and not kembali.is_answered(r.id)
     and coalesce(kembali.goes_on_at(r.id) > kembali.now(), true))
$$;

-- Her time to answer ends a day after the answer, and nobody is reminded of what was answered.
create or replace function kembali.on_later_answer() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update public.later_turn set ends_at = least(ends_at, kembali.now() + interval '24 hours'), xid = pg_catalog.pg_current_xact_id()
   where request_id = new.request_id and kind = 'taken' and ends_at > kembali.now();
  delete from public.notice where case_id = new.case_id and about in ('later_request|' || new.request_id, 'later_end|' || new.request_id);
  return null;
end $$;

-- What waits past its day in the office of a supervisor who asks, and is not hers anyway: days and teams, no child. Nobody takes the
-- same request up twice: it would hold its file by one person without end.
create function kembali.requests_to_take_up() returns table (
  request_id uuid, team text, asked_on date, due_on date, goes_on_at timestamptz
) language sql stable security definer set search_path = '' as $$
  select r.id, t.name, r.asked_on, r.due_on, kembali.goes_on_at(r.id)
    from public.later_request r join public.child_case c on c.id = r.case_id join public.team t on t.id = c.team_id
   where kembali.actor_role() = 'supervisor' and c.org_id = kembali.actor_org()
     and kembali.end_of_day(r.due_on) <= kembali.now() and not kembali.is_answered(r.id) and not kembali.is_taken_up(r.id)
     and not exists (select from public.case_exclusion x where x.case_id = c.id and x.person_id = kembali.actor())
     and not exists (select from public.later_turn x where x.request_id = r.id and x.kind = 'taken' and x.by_id = kembali.actor())
     and not exists (select from public.team_member m where m.team_id = c.team_id and m.person_id = kembali.actor() and m.supervises and m.ended_at is null)
   order by r.due_on, r.id limit 200
$$;
-- She has thirty days, as whoever was asked first had; a hold that was ended holds again. Behind the gate's own lock, which the
-- erasure takes too: who is told that it is done finds the file as it was. Asked again since the answer was lost, it is done.
create function kembali.take_up_request(of_id uuid, of_request uuid) returns table (outcome text, of_case uuid)
language plpgsql security definer set search_path = '' as $$
declare found_case uuid;
begin
  select r.case_id into found_case from public.later_request r where r.id = of_request;
  if found_case is not null then perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(found_case::text, 7046)); end if;
  perform from public.later_request r where r.id = of_request for update;
  if exists (select from public.later_turn t where t.id = of_id and t.request_id = of_request and t.kind = 'taken'
      and t.by_id = kembali.actor() and t.ends_at > kembali.now()) then
    return query select 'done', found_case;
    return;
  end if;
  if not exists (select from kembali.requests_to_take_up() q where q.request_id = of_request) then
    return query select 'not_found', null::uuid;
    return;
  end if;
  update public.later_turn set ends_at = kembali.now(), xid = pg_catalog.pg_current_xact_id()
   where request_id = of_request and kind = 'ended' and ends_at > kembali.now();
  insert into public.later_turn (id, case_id, request_id, kind, by_id, ends_at)
  values (of_id, found_case, of_request, 'taken', kembali.actor(), kembali.now() + interval '30 days');
  delete from public.notice where case_id = found_case and about = 'later_end|' || of_request;
  return query select 'done', found_case;
end $$;

-- What the data protection officer sees of what waits: a reference, an office, days, what kind of wish. No alias, no words.
create function kembali.requests_that_hold() returns table (
  request_id uuid, ref text, office text, kind text, asked_on date, due_on date, is_overdue boolean, is_taken_up boolean,
  goes_on_at timestamptz
) language sql stable security definer set search_path = '' as $$
  select r.id, pg_catalog.left(pg_catalog.encode(kembali.case_hash(r.case_id), 'hex'), 8), o.name, r.kind, r.asked_on, r.due_on,
         kembali.end_of_day(r.due_on) <= kembali.now(), kembali.is_taken_up(r.id), kembali.goes_on_at(r.id)
    from public.later_request r join public.child_case c on c.id = r.case_id join public.organisation o on o.id = c.org_id
   where kembali.actor_role() = 'dpo' and not kembali.is_answered(r.id)
   order by r.due_on, r.id limit 500
$$;
create function kembali.end_request(of_id uuid, of_request uuid, of_key_id bytea, of_epoch text, of_wrapped bytea, of_body bytea)
returns table (outcome text, of_case uuid) language plpgsql security definer set search_path = '' as $$
declare
  problem text := kembali.act_problem(array['dpo']);
  asked record;
begin
  if problem is not null then return query select problem, null::uuid; return; end if;
  perform from public.later_request r where r.id = of_request for update;
  if exists (select from public.later_turn t where t.id = of_id and t.request_id = of_request and t.kind = 'ended'
      and t.by_id = kembali.actor() and t.ends_at > kembali.now()) then
    return query select 'done', r.case_id from public.later_request r where r.id = of_request;
    return;
  end if;
  select * into asked from kembali.requests_that_hold() q where q.request_id = of_request;
  problem := case when asked is null then 'not_found' when not asked.is_overdue then 'request_not_overdue'
    when asked.is_taken_up then 'request_taken_up' when asked.goes_on_at is not null then 'request_ended_already' end;
  if problem is not null then return query select problem, null::uuid; return; end if;
  select r.case_id into of_case from public.later_request r where r.id = of_request;
  insert into public.later_turn (id, case_id, request_id, kind, by_id, ends_at, key_id, epoch, wrapped, body)
  values (of_id, of_case, of_request, 'ended', kembali.actor(), 'infinity', of_key_id, of_epoch, of_wrapped, of_body);
  -- Whoever could still answer hears of it: the worker, and her supervisors whether she is there or not.
  insert into public.notice (person_id, case_id, about, stage, due_at)
  select distinct p.id, c.id, 'later_end|' || of_request, 'due_soon', kembali.goes_on_at(of_request)
    from public.child_case c join public.app_user p on p.ended_at is null and p.org_id = c.org_id
     and (p.id = c.worker_id or exists (select from public.team_member m where m.team_id = c.team_id and m.person_id = p.id and m.supervises and m.ended_at is null))
     and not exists (select from public.case_exclusion x where x.case_id = c.id and x.person_id = p.id)
   where c.id = of_case
  on conflict (person_id, about, stage) do update set due_at = excluded.due_at, made_at = excluded.made_at, read_at = null;
  outcome := 'done';
  return next;
end $$;
-- One step back, as long as the request is there: it holds again as before.
create function kembali.take_back_end(of_request uuid) returns table (outcome text, of_case uuid)
language plpgsql security definer set search_path = '' as $$
begin
  if kembali.actor_role() is distinct from 'dpo' then return query select 'not_found', null::uuid; return; end if;
  select r.case_id into of_case from public.later_request r where r.id = of_request;
  if of_case is not null then perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(of_case::text, 7046)); end if;
  update public.later_turn t set ends_at = kembali.now(), xid = pg_catalog.pg_current_xact_id()
   where t.request_id = of_request and t.kind = 'ended' and t.ends_at > kembali.now() returning t.case_id into of_case;
  if of_case is null then return query select 'not_found', null::uuid; return; end if;
  delete from public.notice where case_id = of_case and about = 'later_end|' || of_request;
  outcome := 'done';
  return next;
end $$;
revoke execute on function kembali.requests_to_take_up(), kembali.take_up_request(uuid, uuid), kembali.requests_that_hold(),
  kembali.end_request(uuid, uuid, bytea, text, bytea, bytea), kembali.take_back_end(uuid) from public;
grant execute on function kembali.requests_to_take_up(), kembali.take_up_request(uuid, uuid), kembali.requests_that_hold(),
  kembali.end_request(uuid, uuid, bytea, text, bytea, bytea), kembali.take_back_end(uuid), kembali.goes_on_at(uuid) to k_app;

-- Somebody who ends, is made something else or goes to another office has no request of this one any more.
create function kembali.off_the_requests() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update public.later_turn set ends_at = kembali.now(), xid = pg_catalog.pg_current_xact_id()
   where by_id = old.id and kind = 'taken' and ends_at > kembali.now();
  return new;
end $$;
create trigger app_user_off_the_requests before update of sector, org_id, role, ended_at on app_user for each row
  when (new.sector <> old.sector or new.org_id <> old.org_id or new.role <> old.role or (new.ended_at is not null and old.ended_at is null))
  execute function kembali.off_the_requests();

-- As before (0201), with since when what holds the file waits and by when it was due.
drop function kembali.retention_queue();
create function kembali.retention_queue() returns table (
  ref text, office text, class text, ends_on date, warned_at timestamptz, held_until date, hold_signed boolean, request_waits boolean,
  request_asked_on date, request_due_on date
) language sql stable security definer set search_path = '' as $$
  select pg_catalog.left(pg_catalog.encode(kembali.case_hash(k.case_id), 'hex'), 8), o.name, k.class, k.ends_on, k.warned_at,
         h.until_on, h.signed, kembali.request_waits(k.case_id), w.asked_on, w.due_on
    from public.retention_clock k join public.child_case c on c.id = k.case_id join public.organisation o on o.id = c.org_id
    left join lateral (
      select max(l.until_on) as until_on, pg_catalog.bool_or(exists (
               select from public.second_signature s join public.second_signature_answer a on a.signature_id = s.id
                where s.about_id = l.id and a.decision = 'signed')) as signed
        from public.legal_hold l where l.case_id = k.case_id and l.ended_at is null and kembali.hold_stands(k.case_id)) h on true
    left join lateral (
      select r.asked_on, r.due_on from public.later_request r
       where r.case_id = k.case_id and not kembali.is_answered(r.id) and coalesce(kembali.goes_on_at(r.id) > kembali.now(), true)
       order by r.due_on, r.id limit 1) w on true
   where kembali.actor_role() = 'dpo' and k.erased_at is null and (k.warned_at is not null or h.until_on is not null)
   order by k.ends_on, k.case_id, k.class limit 500
$$;
revoke execute on function kembali.retention_queue() from public;
grant execute on function kembali.retention_queue() to k_app;
