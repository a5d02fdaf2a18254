-- 0094_services.sql: services for a child (part `services`, merged by field), what took place in them (facts), and what health
-- workers wrote of them (part `health`, facts). The clear columns say that there is care and when, never what was treated:
-- the layer of support, what makes it fit, what was given and its worth lie in `body`.
create table child_service (
  id            uuid primary key,
  case_id       uuid not null references child_case,
  op_id         uuid not null,
  version       integer not null,
  begun_at      timestamptz not null default kembali.now(),
  kind          text not null check (kind not in ('sexual_reproductive_health', 'mental_health', 'substance_treatment')),
  provider      text not null,
  state         text not null check (state in ('planned', 'going', 'ended')),
  goal_id       uuid,
  starts_on     date,
  next_on       date,
  ends_on       date check (ends_on >= starts_on),
  ended         text check (ended in ('done', 'child_ended', 'did_not_fit', 'not_available', 'moved', 'not_safe', 'other')),
  child_said_on date,
  safeguards    text[] not null check (safeguards <@ array['not_for_information', 'no_reward_for_harm', 'does_not_single_out', 'known_how_long']),
  body          bytea not null,
  unique (id, case_id),
  foreign key (goal_id, case_id) references care_goal (id, case_id)
);
create index child_service_case on child_service (case_id);
create table service_session (
  id           uuid primary key,
  case_id      uuid not null references child_case,
  op_id        uuid not null,
  service_id   uuid not null,
  on_day       date not null,
  came         text not null check (came in ('came', 'came_for_a_part', 'did_not_come', 'was_not_held', 'given')),
  why_not      text check (why_not in ('child_did_not_want', 'ill', 'no_way_there', 'no_childcare', 'not_safe', 'carer_said_no', 'provider_away', 'not_known')),
  received_by  text check (received_by in ('child', 'carer')),
  acknowledged text check (acknowledged in ('signed', 'mark', 'said_before_another')),
  written_by   uuid not null references app_user,
  body         bytea not null,
  foreign key (service_id, case_id) references child_service (id, case_id),
  -- Nothing is given without somebody who says that it was received.
  constraint given_is_acknowledged check ((came = 'given') = (received_by is not null and acknowledged is not null))
);
create index service_session_case on service_session (case_id, on_day);
create table service_health_note (
  id         uuid primary key,
  case_id    uuid not null references child_case,
  op_id      uuid not null,
  service_id uuid not null,
  on_day     date not null,
  written_by uuid not null references app_user,
  body       bytea not null
);
create index service_health_note_case on service_health_note (case_id, on_day);

do $$
declare t record;
begin
  for t in select * from (values ('child_service', 'services'), ('service_session', 'services'), ('service_health_note', 'health')) as v (name, part) loop
    execute format('alter table %I enable row level security', t.name);
    execute format('alter table %I force row level security', t.name);
    execute format('create policy %I on %I to k_owner using (true) with check (true)', t.name || '_owner', t.name);
    execute format($p$create policy %I on %I for select to k_app using (exists (
      select from access a where a.actor = (select kembali.actor()) and a.case_id = %I.case_id
         and a.part = %L and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])))$p$, t.name || '_read', t.name, t.name, t.part);
    execute format($p$create policy %I on %I for insert to k_app with check (exists (
      select from access a where a.actor = (select kembali.actor()) and a.case_id = %I.case_id
         and a.part = %L and a.level = 'write' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])))$p$, t.name || '_make', t.name, t.name, t.part);
    execute format('grant select, insert on %I to k_app', t.name);
  end loop;
  -- Nobody writes in another person's name.
  for t in select * from (values ('service_session'), ('service_health_note')) as v (name) loop
    execute format('create policy %I on %I as restrictive for insert to k_app with check (written_by = (select kembali.actor()))', t.name || '_author', t.name);
  end loop;
end $$;
create policy child_service_write on child_service for update to k_app using (exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = child_service.case_id and a.part = 'services' and a.level = 'write'
     and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
grant update on child_service to k_app;
