-- 0191_the_child_asks_later.sql: what a former child asks about its own file without coming to the office, and what it was answered
-- (part `services`). Both are facts: a correction that is asked for stands beside the old words, and neither row gives any right.
create table later_request (
  id        uuid primary key,
  case_id   uuid not null references child_case,
  op_id     uuid not null,
  noted_by  uuid not null references app_user,
  noted_at  timestamptz not null,
  kind      text not null check (kind in ('copy', 'correction', 'holders', 'erasure')),
  asked_on  date not null,
  due_on    date not null check (due_on >= asked_on),
  body      bytea not null,
  unique (id, case_id)
);
create index later_request_case on later_request (case_id);
create table later_answer (
  id          uuid primary key,
  case_id     uuid not null references child_case,
  request_id  uuid not null unique,
  op_id       uuid not null,
  answered_by uuid not null references app_user,
  answered_at timestamptz not null,
  answered_on date not null,
  body        bytea not null,
  foreign key (request_id, case_id) references later_request (id, case_id) on delete cascade
);
create index later_answer_case on later_answer (case_id);

do $$
declare name text; writer text;
begin
  foreach name in array array['later_request', 'later_answer'] loop
    writer := case name when 'later_request' then 'noted_by' else 'answered_by' end;
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy %I on %I to k_owner using (true) with check (true)', name || '_owner', name);
    execute format($p$create policy %I on %I for select to k_app using (exists (
      select from access a where a.actor = (select kembali.actor()) and a.case_id = %I.case_id
         and a.part = 'services' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])))$p$, name || '_read', name, name);
    -- A worker or a supervisor of the case, each in her own name, as a case is opened again.
    execute format($p$create policy %I on %I for insert to k_app with check (%I = (select kembali.actor()) and exists (
      select from access a where a.actor = (select kembali.actor()) and a.case_id = %I.case_id and a.part = 'case'
         and a.level = 'write' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])))$p$, name || '_make', name, writer, name);
    execute format('grant select, insert on %I to k_app', name);
  end loop;
end $$;

-- Tells the worker of the case, or where she has gone its supervisors, that the day of an answer comes near and that it has passed,
-- each exactly once.
create function kembali.remind_of_later_request(before interval) returns integer
language plpgsql security definer set search_path = '' as $$
declare written integer;
begin
  with due as (
    select r.id, r.case_id, r.due_on, c.worker_id, c.team_id,
           case when kembali.end_of_day(r.due_on) <= kembali.now() then 'passed' else 'due_soon' end as stage,
           exists (select from public.app_user u where u.id = c.worker_id and u.ended_at is null and u.org_id = c.org_id) as has_worker
      from public.later_request r join public.child_case c on c.id = r.case_id
     where kembali.end_of_day(r.due_on - 1) <= kembali.now() + before
       and not exists (select from public.later_answer a where a.request_id = r.id)
  ), told as (
    select d.worker_id as person_id, d.case_id, d.id, d.stage, d.due_on from due d where d.has_worker
    union
    select m.person_id, d.case_id, d.id, d.stage, d.due_on from due d
      join public.team_member m on m.team_id = d.team_id and m.supervises and m.ended_at is null where not d.has_worker
  )
  insert into public.notice (person_id, case_id, about, stage, due_at)
  select person_id, case_id, 'later_request|' || id, stage, due_on::timestamptz from told
  on conflict (person_id, about, stage) do nothing;
  get diagnostics written = row_count;
  return written;
end $$;
revoke execute on function kembali.remind_of_later_request(interval) from public;
grant execute on function kembali.remind_of_later_request(interval) to k_clock;

-- Nobody is reminded of what was answered.
create function kembali.on_later_answer() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  delete from public.notice where case_id = new.case_id and about = 'later_request|' || new.request_id;
  return null;
end $$;
create trigger later_answer_given after insert on later_answer for each row execute function kembali.on_later_answer();
select kembali.hide_from_a_shift('later_request');
select kembali.hide_from_a_shift('later_answer');
