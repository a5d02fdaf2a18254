-- 0242_an_answer_keeps_the_file_a_while.sql: what a former child asked to read or to take with it is still there when it comes for it: an
-- answer holds the file for fourteen days, counted by the server (to be confirmed: no source names a time). And what 0217 left open of
-- whoever takes a request up.

create function kembali.answered_lately(of_case uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from public.later_answer a join public.op_log l on l.op_id = a.op_id
     where a.case_id = of_case and l.at > kembali.now() - interval '14 days')
$$;
revoke execute on function kembali.answered_lately(uuid) from public;
create or replace function kembali.is_held(of_case uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select kembali.hold_stands(of_case) or kembali.request_waits(of_case) or kembali.answered_lately(of_case)
$$;

-- Taken up is a request only as long as whoever took it may still read it: not by somebody who was excluded since, or whose office
-- no longer keeps the file.
create or replace function kembali.is_taken_up(of_request uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from public.later_turn t where t.request_id = of_request and t.kind = 'taken' and t.ends_at > kembali.now()
     and exists (select from public.access a where a.actor = t.by_id and a.case_id = t.case_id and a.basis_id = t.id and a.ends_at > kembali.now()))
$$;

-- As before (0217), but nobody takes the same request up twice: it would hold its file by one person without end.
create or replace function kembali.requests_to_take_up() returns table (
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

-- As before (0217), behind the gate's own lock, which the erasure takes too: who is told that it is done finds the file as it was. Asked
-- again by whoever has it already, since the answer was lost, it is done.
create or replace function kembali.take_up_request(of_id uuid, of_request uuid) returns table (outcome text, of_case uuid)
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

create or replace function kembali.take_back_end(of_request uuid) returns table (outcome text, of_case uuid)
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

-- As before (0217): whoever is kept from the file is told nothing of it, and what was ended by the same entry is done.
create or replace function kembali.end_request(of_id uuid, of_request uuid, of_key_id bytea, of_epoch text, of_wrapped bytea, of_body bytea)
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

-- Whoever reads a part as a supervisor does for one request alone, or was called to sign one, notes no contact as made and puts no
-- conference on another day: that is for who supervises the case's own team, and for who carries or works beside it.
create policy case_closing_contact_of_the_team on case_closing as restrictive for update to k_app using (exists (
  select from access a join child_case c on c.id = a.case_id
   where a.actor = (select kembali.actor()) and a.case_id = case_closing.case_id and a.part = 'services'
     and (a.basis <> 'supervision' or a.basis_id = c.team_id)
     and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
drop policy case_conference_prepare on case_conference;
create policy case_conference_prepare on case_conference for insert to k_app with check (
  replaces is not null and called_by = (select kembali.actor()) and (select kembali.actor_role()) = 'supervisor' and exists (
  select from access a join child_case c on c.id = a.case_id and a.basis_id = c.team_id
   where a.actor = (select kembali.actor()) and a.case_id = case_conference.case_id and a.part = 'services'
     and a.basis = 'supervision' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
