-- 0050_assessment.sql: what was asked and answered, in the part it belongs to, safety checks, and what a supervisor says to an
-- assessment. Everything here is a fact: it is added and never changed, so nothing said before is lost by asking again.
-- Clear columns say which section was gone through and when, never what was answered.
create table assessment_round (
  id       uuid primary key,
  case_id  uuid not null references child_case,
  op_id    uuid not null,
  begun_at timestamptz not null default kembali.now(),
  -- Null of the first one, which begins with its first sheet.
  body     bytea,
  unique (id, case_id)
);
create index assessment_round_case on assessment_round (case_id);

create table safety_check (
  id            uuid primary key,
  case_id       uuid not null references child_case,
  op_id         uuid not null,
  at            timestamptz not null,
  how           text not null check (how in ('seen', 'spoken', 'heard')),
  safe_now      text not null check (safe_now in ('yes', 'no', 'not_known')),
  -- Risk of harm TO the child: it times the work, and nothing sorts children by it.
  harm_to_child text not null check (harm_to_child in ('emergency', 'high', 'medium', 'low', 'none')),
  next_on       date,
  child_said_on date,
  written_by    uuid not null references app_user,
  body          bytea not null
);
create index safety_check_case on safety_check (case_id, at);

create table assessment_submission (
  id           uuid primary key,
  case_id      uuid not null references child_case,
  op_id        uuid not null,
  round_id     uuid not null,
  harm_to_child text not null check (harm_to_child in ('emergency', 'high', 'medium', 'low', 'none')),
  submitted_by uuid not null references app_user,
  submitted_at timestamptz not null,
  body         bytea not null,
  foreign key (round_id, case_id) references assessment_round (id, case_id),
  unique (id, case_id, submitted_by)
);
create index assessment_submission_case on assessment_submission (case_id);
create table assessment_decision (
  id            uuid primary key,
  case_id       uuid not null references child_case,
  op_id         uuid not null,
  -- One answer to each: two supervisors who answer in the same moment cannot both be heard.
  submission_id uuid not null unique,
  submitted_by  uuid not null,
  decided_by    uuid not null references app_user,
  decision      text not null check (decision in ('approved', 'returned')),
  decided_at    timestamptz not null,
  seen_at       timestamptz not null,
  body          bytea not null,
  foreign key (submission_id, case_id, submitted_by) references assessment_submission (id, case_id, submitted_by),
  constraint not_ones_own_assessment check (decided_by <> submitted_by)
);
create index assessment_decision_case on assessment_decision (case_id);

do $$
declare t record;
begin
  -- The sheets of each part: one table each, so that who may read one does not touch the others.
  for t in select * from (values ('assessment_sheet'), ('assessment_account'), ('assessment_health')) as v (name) loop
    execute format($t$create table %I (
      id            uuid primary key,
      case_id       uuid not null references child_case,
      op_id         uuid not null,
      round_id      uuid,
      section       text not null,
      at            timestamptz not null,
      mark          text not null check (mark in ('answers', 'not_needed')),
      stops         boolean not null,
      child_said_on date,
      saved_at      timestamptz not null,
      written_by    uuid not null references app_user,
      body          bytea not null,
      foreign key (round_id, case_id) references assessment_round (id, case_id))$t$, t.name);
    execute format('create index %I on %I (case_id, at)', t.name || '_case', t.name);
  end loop;
  for t in select * from (values ('assessment_sheet', 'services', 'services'), ('assessment_account', 'narrative', 'narrative'),
      ('assessment_health', 'health', 'health'), ('assessment_round', 'services', null), ('safety_check', 'services', 'services'),
      ('assessment_submission', 'services', 'services'), ('assessment_decision', 'services', null)) as v (name, part, made_with) loop
    execute format('alter table %I enable row level security', t.name);
    execute format('alter table %I force row level security', t.name);
    execute format('create policy %I on %I to k_owner using (true) with check (true)', t.name || '_owner', t.name);
    execute format($p$create policy %I on %I for select to k_app using (exists (
      select from access a where a.actor = (select kembali.actor()) and a.case_id = %I.case_id
         and a.part = %L and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])))$p$, t.name || '_read', t.name, t.name, t.part);
    if t.made_with is not null then
      execute format($p$create policy %I on %I for insert to k_app with check (exists (
        select from access a where a.actor = (select kembali.actor()) and a.case_id = %I.case_id
           and a.part = %L and a.level = 'write' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])))$p$, t.name || '_make', t.name, t.name, t.made_with);
    end if;
    execute format('grant select, insert on %I to k_app', t.name);
  end loop;
  -- Nobody writes in another person's name.
  for t in select * from (values ('assessment_sheet', 'written_by'), ('assessment_account', 'written_by'), ('assessment_health', 'written_by'),
      ('safety_check', 'written_by'), ('assessment_submission', 'submitted_by')) as v (name, author) loop
    execute format('create policy %I on %I as restrictive for insert to k_app with check (%I = (select kembali.actor()))', t.name || '_author', t.name, t.author);
  end loop;
end $$;
-- The first sheet of a case begins its first assessment, whichever part it lies in; another one is begun by whoever writes `services`.
create policy assessment_round_make on assessment_round for insert to k_app with check (exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = assessment_round.case_id and a.level = 'write'
     and (a.part = 'services' or (a.part in ('narrative', 'health') and assessment_round.id = assessment_round.case_id))
     and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
-- A supervisor answers about what she may read; nobody else does, and nobody in another's name.
create policy assessment_decision_make on assessment_decision for insert to k_app with check (
  decided_by = (select kembali.actor()) and (select kembali.actor_role()) = 'supervisor' and exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = assessment_decision.case_id and a.part = 'services'
     and a.basis = 'supervision' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
