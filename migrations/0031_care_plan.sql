-- 0031_care_plan.sql: the plan, its goals and actions (part `services`, merged by field), and what a supervisor says to it.
-- `planned_at` is when what is planned last changed, as against how it goes: an approval covers the plan up to there.
create table care_plan (
  id            uuid primary key,
  case_id       uuid not null unique references child_case,
  op_id         uuid not null,
  version       integer not null,
  begun_at      timestamptz not null default kembali.now(),
  planned_at    timestamptz not null,
  wants_said_on date,
  child_agrees  text not null default 'not_asked_yet' check (child_agrees in ('agrees', 'disagrees', 'no_answer', 'not_safe_to_ask', 'not_asked_yet')),
  carer_agrees  text not null default 'not_asked_yet' check (carer_agrees in ('agrees', 'disagrees', 'no_answer', 'not_safe_to_ask', 'not_asked_yet')),
  review_on     date,
  body          bytea not null,
  check (id = case_id)
);
create table care_goal (
  id         uuid primary key,
  case_id    uuid not null references child_case,
  op_id      uuid not null,
  version    integer not null,
  begun_at   timestamptz not null default kembali.now(),
  planned_at timestamptz not null,
  domain     text not null,
  state      text not null check (state in ('not_started', 'going', 'done', 'dropped')),
  due_on     date,
  owner_id   uuid references app_user,
  body       bytea not null,
  unique (id, case_id)
);
create index care_goal_case on care_goal (case_id);
create table care_action (
  id         uuid primary key,
  case_id    uuid not null references child_case,
  op_id      uuid not null,
  version    integer not null,
  begun_at   timestamptz not null default kembali.now(),
  planned_at timestamptz not null,
  goal_id    uuid not null,
  kind       text not null,
  layer      text,
  status     text not null,
  due_on     date,
  owner_id   uuid references app_user,
  safeguards text[] not null check (safeguards <@ array['not_for_information', 'no_reward_for_harm', 'does_not_single_out', 'known_how_long']),
  body       bytea not null,
  foreign key (goal_id, case_id) references care_goal (id, case_id)
);
create index care_action_case on care_action (case_id);

create table care_submission (
  id           uuid primary key,
  case_id      uuid not null references child_case,
  op_id        uuid not null,
  submitted_by uuid not null references app_user,
  submitted_at timestamptz not null,
  body         bytea not null,
  unique (id, case_id, submitted_by)
);
create index care_submission_case on care_submission (case_id);
create table care_decision (
  id            uuid primary key,
  case_id       uuid not null references child_case,
  op_id         uuid not null,
  -- One answer to each: two supervisors who answer in the same moment cannot both be heard.
  submission_id uuid not null unique,
  submitted_by  uuid not null,
  decided_by    uuid not null references app_user,
  decision      text not null check (decision in ('approved', 'returned')),
  decided_at    timestamptz not null,
  planned_at    timestamptz not null,
  body          bytea not null,
  foreign key (submission_id, case_id, submitted_by) references care_submission (id, case_id, submitted_by),
  constraint not_ones_own check (decided_by <> submitted_by)
);
create index care_decision_case on care_decision (case_id);

do $$
declare name text;
begin
  foreach name in array array['care_plan', 'care_goal', 'care_action', 'care_submission', 'care_decision'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy %I on %I to k_owner using (true) with check (true)', name || '_owner', name);
    execute format($p$create policy %I on %I for select to k_app using (exists (
      select from access a where a.actor = (select kembali.actor()) and a.case_id = %I.case_id
         and a.part = 'services' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])))$p$, name || '_read', name, name);
    execute format('grant select, insert on %I to k_app', name);
  end loop;
  foreach name in array array['care_plan', 'care_goal', 'care_action', 'care_submission'] loop
    execute format($p$create policy %I on %I for insert to k_app with check (exists (
      select from access a where a.actor = (select kembali.actor()) and a.case_id = %I.case_id
         and a.part = 'services' and a.level = 'write' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])))$p$, name || '_make', name, name);
  end loop;
  foreach name in array array['care_plan', 'care_goal', 'care_action'] loop
    execute format($p$create policy %I on %I for update to k_app using (exists (
      select from access a where a.actor = (select kembali.actor()) and a.case_id = %I.case_id
         and a.part = 'services' and a.level = 'write' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])))$p$, name || '_write', name, name);
    execute format('grant update on %I to k_app', name);
  end loop;
end $$;
create policy care_submission_author on care_submission as restrictive for insert to k_app with check (submitted_by = (select kembali.actor()));
-- A supervisor answers about what she may read; nobody else does, and nobody in another's name.
create policy care_decision_make on care_decision for insert to k_app with check (
  decided_by = (select kembali.actor()) and (select kembali.actor_role()) = 'supervisor' and exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = care_decision.case_id and a.part = 'services'
     and a.basis = 'supervision' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
