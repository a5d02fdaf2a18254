-- 0070_work_together.sql: what those who share a case ask each other about the work on it, and when each last looked at it.
-- All of it is part `case`: whoever may open the file reads it. Nothing here says anything about a child.
create table case_question (
  id         uuid primary key,
  case_id    uuid not null references child_case,
  op_id      uuid not null,
  -- Null: a question; else the question that this answers.
  answers    uuid,
  for_whom   text not null check (for_whom in ('worker', 'supervisor', 'anybody')),
  written_by uuid not null references app_user,
  at         timestamptz not null,
  body       bytea not null,
  unique (id, case_id),
  foreign key (answers, case_id) references case_question (id, case_id)
);
create index case_question_case on case_question (case_id, at);

-- A colleague asks for attention to the work: why, and until when it stands at most.
create table case_attention (
  id        uuid primary key,
  case_id   uuid not null references child_case,
  op_id     uuid not null,
  reason    text not null check (reason in ('no_contact', 'limit_near', 'paper_missing', 'worker_away', 'put_right', 'other')),
  until_on  date not null,
  raised_by uuid not null references app_user,
  raised_at timestamptz not null,
  ended_by  uuid references app_user,
  ended_at  timestamptz,
  body      bytea not null,
  check ((ended_at is null) = (ended_by is null))
);
create index case_attention_open on case_attention (case_id) where ended_at is null;

-- When a person last looked at a case, and when the visit before that one ended: what is new to her came in between.
create table case_look (
  person_id uuid not null references app_user,
  case_id   uuid not null references child_case,
  looked_at timestamptz not null,
  since_at  timestamptz,
  primary key (person_id, case_id)
);

do $$
declare name text;
begin
  foreach name in array array['case_question', 'case_attention', 'case_look'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy %I on %I to k_owner using (true) with check (true)', name || '_owner', name);
  end loop;
  foreach name in array array['case_question', 'case_attention'] loop
    execute format($p$create policy %I on %I for select to k_app using (exists (
      select from access a where a.actor = (select kembali.actor()) and a.case_id = %I.case_id
         and a.part = 'case' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])))$p$, name || '_read', name, name);
    execute format('grant select, insert on %I to k_app', name);
  end loop;
end $$;
-- Whoever may open the file may ask, answer and call for attention, in her own name.
create policy case_question_make on case_question for insert to k_app with check (
  written_by = (select kembali.actor()) and exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = case_question.case_id
     and a.part = 'case' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
create policy case_attention_make on case_attention for insert to k_app with check (
  raised_by = (select kembali.actor()) and ended_at is null and exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = case_attention.case_id
     and a.part = 'case' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
create policy case_attention_end on case_attention for update to k_app using (ended_at is null and exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = case_attention.case_id
     and a.part = 'case' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])))
  with check (ended_by = (select kembali.actor()));
grant update (ended_at, ended_by) on case_attention to k_app;
create policy case_look_own on case_look for select to k_app using (person_id = (select kembali.actor()));

-- Notes that the asking person looks at a case now, and answers since when something is new to her: the end of her visit
-- before. For as long as she goes on looking it stays the same, so that nothing is new for one glance only.
create function kembali.look_at(of_case uuid) returns timestamptz language plpgsql security definer set search_path = '' as $$
declare
  me uuid := kembali.actor();
  moment timestamptz := kembali.now();
  since timestamptz;
begin
  if not exists (select from public.access a where a.actor = me and a.case_id = of_case and a.part = 'case' and a.ends_at > moment) then
    return null;
  end if;
  insert into public.case_look as l (person_id, case_id, looked_at) values (me, of_case, moment)
  on conflict (person_id, case_id) do update set
    since_at = case when l.looked_at < moment - interval '30 minutes' then l.looked_at else l.since_at end, looked_at = moment
  returning since_at into since;
  return since;
end $$;

-- Who opened this file to read it, by the day: for whoever may open it herself, like "who may see this".
create function kembali.who_opened(of_case uuid) returns table (name text, role text, organisation text, last_on date, days integer)
language sql stable security definer set search_path = '' as $$
  select u.name, u.role, o.name, max(c.on_day), count(*)::integer
    from public.case_opened c join public.app_user u on u.id = c.person_id join public.organisation o on o.id = u.org_id
   where c.case_id = of_case
     and exists (select from public.access me where me.actor = kembali.actor() and me.case_id = of_case
                   and me.part = 'case' and me.ends_at > kembali.now())
   group by u.id, u.name, u.role, o.name order by max(c.on_day) desc, u.name limit 200
$$;
revoke execute on function kembali.look_at(uuid), kembali.who_opened(uuid) from public;
grant select on case_look to k_app;
grant execute on function kembali.look_at(uuid), kembali.who_opened(uuid) to k_app;
