-- 0032_care_follow_up.sql: a child's way back and the contacts on it, for years (part `services`).
-- How the child says it is lies in `body`: no column holds a step, so that nothing can sort children by it.
create table care_return (
  id          uuid primary key,
  case_id     uuid not null references child_case,
  op_id       uuid not null,
  version     integer not null,
  begun_at    timestamptz not null default kembali.now(),
  kind        text not null,
  starts_on   date not null,
  ends_on     date check (ends_on >= starts_on),
  -- Worked out anew after each contact, for a supervisor's late work; null once the follow-up has ended.
  next_due_on date,
  body        bytea not null,
  unique (id, case_id)
);
create index care_return_case on care_return (case_id);
create table care_follow_up (
  id        uuid primary key,
  case_id   uuid not null references child_case,
  op_id     uuid not null,
  return_id uuid not null,
  how       text not null check (how in ('home_visit', 'call', 'office_visit', 'school_visit', 'message', 'not_reached')),
  at        timestamptz not null,
  body      bytea not null,
  foreign key (return_id, case_id) references care_return (id, case_id)
);
create index care_follow_up_case on care_follow_up (case_id, at);

do $$
declare name text;
begin
  foreach name in array array['care_return', 'care_follow_up'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy %I on %I to k_owner using (true) with check (true)', name || '_owner', name);
    execute format($p$create policy %I on %I for select to k_app using (exists (
      select from access a where a.actor = (select kembali.actor()) and a.case_id = %I.case_id
         and a.part = 'services' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])))$p$, name || '_read', name, name);
    execute format($p$create policy %I on %I for insert to k_app with check (exists (
      select from access a where a.actor = (select kembali.actor()) and a.case_id = %I.case_id
         and a.part = 'services' and a.level = 'write' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])))$p$, name || '_make', name, name);
    execute format('grant select, insert on %I to k_app', name);
  end loop;
end $$;
create policy care_return_write on care_return for update to k_app using (exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = care_return.case_id and a.part = 'services' and a.level = 'write'
     and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
grant update on care_return to k_app;
