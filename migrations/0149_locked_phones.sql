-- 0149_locked_phones.sql: nobody who holds a lost phone, or sends from one, shuts the inbox of its owner; a lost phone is heard
-- no more once she ends its sign-in; and the ledger says for whom a spoken code was given (decision 0044).

-- One more under this key; false when there were more than `of_most` of them since the first, `of_seconds` ago at most.
create function kembali.throttle_count(of_key text, of_most integer, of_seconds integer) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  moment timestamptz := kembali.now();
  many integer;
begin
  insert into public.throttle as t (key, failures, open_at, forget_at)
  values (of_key, 1, moment, moment + of_seconds * interval '1 second')
  on conflict (key) do update set
    failures = case when t.forget_at <= moment then 1 else least(t.failures + 1, of_most + 1) end,
    forget_at = case when t.forget_at <= moment then excluded.forget_at else t.forget_at end
  returning failures into many;
  return many <= of_most;
end $$;

-- As before (0140), but what has not come whole takes nobody's room: 5 such of one phone, 25 in all of one phone, and 50 whole
-- ones of one person. `begin`: nothing of it is here any more, so the phone sends it from its beginning.
create or replace function kembali.jotting_put(of_device uuid, of_id uuid, of_place integer, of_count integer, of_sealed bytea) returns text
language plpgsql security definer set search_path = '' as $$
declare
  whose uuid;
  there public.jotting;
  before bytea;
  whole integer;
  of_this integer;
  unfinished integer;
  bytes bigint;
begin
  select d.person_id into whose from public.jotting_device d where d.device = of_device;
  if whose is null then return 'unknown'; end if;
  perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(whose::text, 7140));
  select * into there from public.jotting j where j.id = of_id;
  if there.id is null and of_place > 0 then return 'begin'; end if;
  if there.id is not null then
    if there.person_id <> whose or there.device <> of_device or there.pieces <> of_count then return 'other'; end if;
    if there.ended_at is not null then return 'ended'; end if;
  end if;
  select p.sealed into before from public.jotting_piece p where p.jotting_id = of_id and p.place = of_place;
  if before is not null then return case when before = of_sealed then 'kept' else 'other' end; end if;
  select coalesce(sum(pg_catalog.octet_length(p.sealed)), 0) into bytes from public.jotting_piece p where p.person_id = whose;
  if bytes + pg_catalog.octet_length(of_sealed) > 100663296 then return 'full'; end if;
  if there.id is null then
    select count(*) filter (where w.came = w.pieces), count(*) filter (where w.device = of_device),
           count(*) filter (where w.device = of_device and w.came < w.pieces)
      into whole, of_this, unfinished
      from (select j.device, j.pieces, (select count(*) from public.jotting_piece p where p.jotting_id = j.id) as came
              from public.jotting j where j.person_id = whose and j.ended_at is null) w;
    if whole >= 50 or of_this >= 25 or (of_count > 1 and unfinished >= 5) then return 'full'; end if;
    -- What she has dealt with counts as well: one phone cannot make a row a second.
    if (select count(*) from public.jotting j where j.device = of_device and j.begun_at > kembali.now() - interval '1 day') >= 200
    then return 'full'; end if;
    insert into public.jotting (id, person_id, device, pieces) values (of_id, whose, of_device, of_count);
  end if;
  insert into public.jotting_piece (jotting_id, person_id, place, sealed) values (of_id, whose, of_place, of_sealed);
  return 'kept';
end $$;

-- As before (0141); what has not come whole within three days goes without a trace: its phone still has it, and begins anew.
create or replace function kembali.jottings_over() returns integer language plpgsql security definer set search_path = '' as $$
declare
  moment timestamptz := kembali.now();
  over integer;
begin
  delete from public.jotting j where j.ended_at is null and j.begun_at < moment - interval '3 days'
     and j.pieces > (select count(*) from public.jotting_piece p where p.jotting_id = j.id);
  update public.jotting set ended_at = moment, outcome = 'term_over' where ended_at is null and begun_at < moment - interval '30 days';
  get diagnostics over = row_count;
  delete from public.jotting_piece p using public.jotting j where j.id = p.jotting_id and j.ended_at is not null;
  delete from public.jotting where ended_at < moment - interval '60 days';
  delete from public.jotting_device where met_at < moment - interval '60 days';
  delete from public.phone_trip where until < moment - interval '60 days';
  return over;
end $$;

-- The phone whose sign-in its owner ends from another one is heard no more until she signs in on it; neither are those of
-- somebody whose sign-ins the office ends. As before (0009, 0010) otherwise.
create or replace function kembali.my_session_end(of_id uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
declare ended public.session;
begin
  update public.session set ended_at = kembali.now() where id = of_id and person_id = kembali.actor() and ended_at is null
  returning * into ended;
  if ended.id is null then return false; end if;
  delete from public.jotting_device d where d.person_id = ended.person_id and d.device_key = ended.device_key
     and d.device_key is distinct from kembali.my_device_key();
  return true;
end $$;
create or replace function kembali.sessions_end_of(of_person uuid, of_request text) returns text
language plpgsql security definer set search_path = '' as $$
declare problem text := kembali.act_problem(array['admin', 'dpo']);
begin
  if problem is not null then return problem; end if;
  update public.session set ended_at = kembali.now() where person_id = of_person and ended_at is null;
  delete from public.jotting_device where person_id = of_person;
  perform kembali.people_changed('end_sessions', of_person, null, null, null, of_request);
  return 'done';
end $$;

-- Each person tells of her own trips, whoever else has told of one on the same phone.
alter table phone_trip drop constraint phone_trip_pkey;
alter table phone_trip add primary key (device, person_id);

-- Writes down that a code is given, and for whom: a commitment to her number. Ten a day for one person.
create function kembali.spoken_code_give(of_person uuid, of_request text) returns text
language plpgsql security definer set search_path = '' as $$
begin
  if not exists (select from kembali.supervised() as theirs(id) where theirs.id = of_person) then return 'not_found'; end if;
  if not kembali.throttle_count(pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(
       'kembali/spoken-code/1|' || kembali.actor() || '|' || of_person, 'UTF8')), 'hex'), 10, 86400)
  then return 'spoken_enough'; end if;
  perform kembali.audit_append('spoken_code_given', null, null, null, null, 'done', 1, of_request,
    pg_catalog.sha256(pg_catalog.convert_to('kembali/spoken-code-for/1|' || of_person, 'UTF8')));
  return 'given';
end $$;
grant execute on function kembali.throttle_count(text, integer, integer), kembali.spoken_code_give(uuid, text) to k_app;
