-- 0102_notices_out.sql: notices that leave the house, by e-mail and web push (security.md 5). What is sent says how urgent and
-- by when; no row here holds a word, and none names a case. What stands in the app is still `notice`, and the queues.

-- Where a person lets notices come by e-mail: her address under the epoch key, so that a stolen dump tells nobody's.
create table notice_mail (
  person_id    uuid primary key references app_user,
  epoch        text not null,
  wrapped      bytea not null,
  language     text not null,
  -- Nothing goes to an address before its owner has typed a number back that went there.
  confirmed_at timestamptz,
  code_hash    bytea,
  code_made_at timestamptz,
  code_tries   smallint not null default 0
);

-- A browser that shows notices: what its push service gave it, under the epoch key, bound to the profile that asked.
create table notice_device (
  id         uuid primary key,
  person_id  uuid not null references app_user,
  device_key bytea,
  epoch      text not null,
  wrapped    bytea not null,
  language   text not null,
  made_at    timestamptz not null default kembali.now(),
  unique nulls not distinct (person_id, device_key)
);

-- What has to leave, a row for each way a person chose. The row is made in the transaction of what it tells of, and the
-- key below makes a second one for the same impossible.
create table notice_out (
  id        uuid primary key default gen_random_uuid(),
  person_id uuid not null references app_user,
  way       text not null check (way in ('mail', 'push')),
  device_id uuid references notice_device on delete cascade,
  source    text not null check (source in ('notice', 'signature', 'question', 'plan', 'assessment')),
  about     uuid not null,
  stage     text not null check (stage in ('waits', 'due_soon', 'passed')),
  due_at    timestamptz,
  made_at   timestamptz not null default kembali.now(),
  -- Not before; while one is under way, the end of its lease.
  run_at    timestamptz not null default kembali.now(),
  tries     smallint not null default 0,
  ended_at  timestamptz,
  outcome   text check (outcome in ('sent', 'over', 'given_up')),
  check ((ended_at is null) = (outcome is null)),
  unique nulls not distinct (person_id, way, device_id, source, about, stage)
);
create index notice_out_run on notice_out (run_at) where ended_at is null;

-- By which push services know that it is we who send: made once, the private half only wrapped by the key provider.
create table push_key (
  only_row   boolean primary key default true check (only_row),
  public_key bytea not null check (length(public_key) = 65),
  epoch      text not null,
  wrapped    bytea not null,
  made_at    timestamptz not null default kembali.now()
);

do $$
declare name text;
begin
  foreach name in array array['notice_mail', 'notice_device', 'notice_out', 'push_key'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy %I on %I to k_owner using (true) with check (true)', name || '_owner', name);
    execute format('create policy %I on %I to k_clock using (true) with check (true)', name || '_clock', name);
  end loop;
  foreach name in array array['notice_mail', 'notice_device'] loop
    execute format('create policy %I on %I to k_app using (person_id = (select kembali.actor())) with check (person_id = (select kembali.actor()))', name || '_own', name);
    execute format('grant select, insert, update, delete on %I to k_app', name);
  end loop;
end $$;
grant delete on notice_device to k_clock;
grant select, update, delete on notice_out to k_clock;
grant select on notice_device to k_clock;
grant select, insert on push_key to k_clock;

-- Puts one notice on every way this person has chosen; on none where she has chosen none.
create function kembali.put_notice_out(of_person uuid, of_source text, of_about uuid, of_stage text, of_due timestamptz) returns void
language sql security definer set search_path = '' as $$
  insert into public.notice_out (person_id, way, device_id, source, about, stage, due_at)
  select of_person, w.way, w.device_id, of_source, of_about, of_stage, of_due from (
    select 'mail' as way, null::uuid as device_id from public.notice_mail where person_id = of_person and confirmed_at is not null
    union all select 'push', id from public.notice_device where person_id = of_person) w
  on conflict do nothing
$$;

-- A reminder of the app goes out to whom it was written for.
create function kembali.on_notice() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform kembali.put_notice_out(new.person_id, 'notice', new.id, new.stage, new.due_at);
  return null;
end $$;
create trigger notice_goes_out after insert on notice for each row execute function kembali.on_notice();

-- What waits for a second person goes to whoever supervises the case, never to the one who asks.
create function kembali.on_wait() returns trigger language plpgsql security definer set search_path = '' as $$
declare
  asker uuid := coalesce(to_jsonb(new) ->> 'asked_by', to_jsonb(new) ->> 'submitted_by')::uuid;
  due timestamptz := coalesce((to_jsonb(new) ->> 'due_at')::timestamptz, kembali.now() + interval '72 hours');
begin
  perform kembali.put_notice_out(m.person_id, tg_argv[0], new.id, 'waits', due)
     from public.child_case c join public.team_member m on m.team_id = c.team_id and m.supervises and m.ended_at is null
    where c.id = new.case_id and m.person_id <> asker;
  return null;
end $$;
create trigger signature_goes_out after insert on second_signature for each row execute function kembali.on_wait('signature');
create trigger plan_goes_out after insert on care_submission for each row execute function kembali.on_wait('plan');
create trigger assessment_goes_out after insert on assessment_submission for each row execute function kembali.on_wait('assessment');

-- A question goes to whom it is put; an answer waits for nobody.
create function kembali.on_question() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if new.answers is not null then return null; end if;
  perform kembali.put_notice_out(p.person_id, 'question', new.id, 'waits', null) from (
      select c.worker_id as person_id from public.child_case c where c.id = new.case_id and new.for_whom <> 'supervisor'
      union select m.person_id from public.child_case c
        join public.team_member m on m.team_id = c.team_id and m.supervises and m.ended_at is null
       where c.id = new.case_id and new.for_whom <> 'worker') p
    where p.person_id <> new.written_by;
  return null;
end $$;
create trigger question_goes_out after insert on case_question for each row execute function kembali.on_question();

-- Whether what a notice tells of still waits: what was read or answered in the app meanwhile is not sent after it.
create function kembali.still_waits(of_source text, of_about uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select case of_source
    when 'notice' then exists (select from public.notice where id = of_about and read_at is null)
    when 'signature' then exists (select from public.second_signature where id = of_about)
      and not exists (select from public.second_signature_answer where signature_id = of_about)
    when 'plan' then exists (select from public.care_submission where id = of_about)
      and not exists (select from public.care_decision where submission_id = of_about)
    when 'assessment' then exists (select from public.assessment_submission where id = of_about)
      and not exists (select from public.assessment_decision where submission_id = of_about)
    when 'question' then exists (select from public.case_question where id = of_about)
      and not exists (select from public.case_question where answers = of_about)
  end
$$;

-- Ends what needs no sending any more, and answers what is due, locked for this transaction, the oldest first.
create function kembali.notices_due(at_most integer) returns table (
  id uuid, person_id uuid, way text, device_id uuid, stage text, due_at timestamptz, tries smallint,
  language text, epoch text, wrapped bytea
) language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
begin
  update public.notice_out o set ended_at = kembali.now(), outcome = 'over'
   where o.ended_at is null and o.run_at <= kembali.now() and not (
     kembali.still_waits(o.source, o.about)
     and exists (select from public.app_user u where u.id = o.person_id and u.ended_at is null and u.disabled_at is null)
     and (o.way = 'push' or exists (select from public.notice_mail m where m.person_id = o.person_id and m.confirmed_at is not null)));
  return query
    select o.id, o.person_id, o.way, o.device_id, o.stage, o.due_at, o.tries,
           coalesce(d.language, m.language), coalesce(d.epoch, m.epoch), coalesce(d.wrapped, m.wrapped)
      from public.notice_out o
      left join public.notice_device d on d.id = o.device_id
      left join public.notice_mail m on o.way = 'mail' and m.person_id = o.person_id
     where o.ended_at is null and o.run_at <= kembali.now()
     order by o.made_at, o.id limit at_most for update of o skip locked;
end $$;

-- Signing out takes the notices of that browser along, and so does anybody who ends a sign-in of hers. A sign-in that is
-- renewed, or that had run out long ago and is cleared away by a new one, is no signing out.
create function kembali.on_session_end() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if exists (select from public.session s where s.person_id = new.person_id and s.ended_at is null
       and s.device_key is not distinct from new.device_key and s.made_at = kembali.now()) then return null; end if;
  if coalesce(pg_catalog.current_setting('kembali.sid', true), '') = ''
     and (old.ends_at <= kembali.now() or old.last_seen_at + old.idle <= kembali.now()) then return null; end if;
  delete from public.notice_device d where d.person_id = new.person_id and d.device_key is not distinct from new.device_key;
  return null;
end $$;
create trigger session_end_stops_notices after update of ended_at on session
  for each row when (old.ended_at is null and new.ended_at is not null) execute function kembali.on_session_end();

-- Whose account is over hears nothing more.
create function kembali.on_person_end() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  delete from public.notice_device where person_id = new.id;
  delete from public.notice_mail where person_id = new.id;
  return null;
end $$;
create trigger person_end_stops_notices after update of ended_at on app_user
  for each row when (old.ended_at is null and new.ended_at is not null) execute function kembali.on_person_end();

grant execute on function kembali.notices_due(integer) to k_clock;
