-- 0130_asked_for_little.sql: the questions that every policy asks cost next to nothing. The moment, the bases and who is asking made up
-- half of an accepted operation: some twenty statements, each asking them two or three times. What they answer stays the same.

-- The moment is the database's own, written into each plan as such. Only while a clock was moved for a test is its table asked.
create function kembali.tell_the_moment() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if exists (select from public.test_clock) then
    create or replace function kembali.now() returns timestamptz
    language plpgsql stable security definer set search_path = '' as $body$
    begin
      return pg_catalog.now() + coalesce((select offset_ms from public.test_clock), 0) * interval '1 millisecond';
    end $body$;
  else
    create or replace function kembali.now() returns timestamptz language sql stable return pg_catalog.now();
  end if;
  return null;
end $$;
create trigger test_clock_moved after insert or delete or truncate on test_clock
  for each statement execute function kembali.tell_the_moment();
create or replace function kembali.now() returns timestamptz language sql stable return pg_catalog.now();

create or replace function kembali.actor() returns uuid
language plpgsql stable security definer set search_path = '' as $$
begin
  return (select s.person_id from public.session s join public.app_user u on u.id = s.person_id
   where s.token_hash = pg_catalog.sha256(pg_catalog.convert_to(pg_catalog.current_setting('kembali.sid', true), 'UTF8'))
     and s.ended_at is null and u.ended_at is null
     and s.ends_at > kembali.now() and s.last_seen_at + s.idle > kembali.now());
end $$;

create or replace function kembali.bases() returns text[] language sql stable
return case pg_catalog.current_setting('kembali.purpose', true)
    when 'casework' then array['membership', 'grant', 'emergency']
    when 'supervision' then array['supervision', 'grant', 'emergency']
    when 'safeguarding' then array['membership', 'supervision', 'grant', 'emergency']
    when 'handover' then array['membership', 'supervision', 'grant']
    when 'oversight' then array['supervision', 'grant']
    when 'other' then array['membership', 'supervision', 'grant', 'emergency']
    else array[]::text[] end;

-- Functions in PL/pgSQL keep their plans (0043): what the gate asks in each operation, and the rights of a case that is opened.
create or replace function kembali.op_answer(of_op uuid) returns table (mine boolean, payload_mac bytea, answer jsonb)
language plpgsql stable security definer set search_path = '' as $$
declare me uuid := kembali.actor();
begin
  return query select l.actor = me, case when l.actor = me then l.payload_mac end, case when l.actor = me then l.answer end
    from public.op_log l where l.op_id = of_op;
end $$;

-- Locks a case until the transaction ends, and only then looks for the answer: each question of this function sees what was committed
-- while it waited.
create function kembali.lock_for_operation(of_case text, of_op uuid) returns table (mine boolean, payload_mac bytea, answer jsonb)
language plpgsql volatile security definer set search_path = '' as $$
begin
  perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(of_case, 7046));
  return query select * from kembali.op_answer(of_op);
end $$;
grant execute on function kembali.lock_for_operation(text, uuid) to k_app;

create index op_log_device_at on op_log (actor, device, at);
create or replace function kembali.device_last_heard(of_device uuid) returns timestamptz
language plpgsql stable security definer set search_path = '' as $$
declare me uuid := kembali.actor();
begin
  return (select max(at) from public.op_log where actor = me and device = of_device);
end $$;

create or replace function kembali.alias_taken(of_alias text) returns boolean
language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select from public.child_case where alias = of_alias);
end $$;

create or replace function kembali.refresh_access(of_case uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  delete from public.access where case_id = of_case;
  insert into public.access (actor, sector, case_id, part, level, basis, basis_id, ends_at)
  select w.actor, w.sector, w.case_id, w.part, w.level, w.basis, w.basis_id, w.ends_at
    from kembali.computed_access w
   where w.case_id = of_case
     and not exists (select from public.case_exclusion x where x.case_id = of_case and x.person_id = w.actor)
     and exists (select from public.app_user u where u.id = w.actor and u.ended_at is null);
end $$;
