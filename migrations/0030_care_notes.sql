-- 0030_care_notes.sql: notes and visits (part `narrative`, facts that are added), and tasks (part `services`, merged by field).
-- The clear columns say when and how somebody was in touch, never what was said.
create table care_note (
  id         uuid primary key,
  case_id    uuid not null references child_case,
  op_id      uuid not null,
  kind       text not null check (kind in ('note', 'home_visit', 'call', 'office_visit', 'school_visit', 'meeting', 'message')),
  at         timestamptz not null,
  folded     boolean not null,
  corrects   uuid,
  written_by uuid not null references app_user,
  body       bytea not null,
  -- A correction stands beside the note it corrects, in the same file.
  unique (id, case_id),
  foreign key (corrects, case_id) references care_note (id, case_id)
);
create index care_note_case on care_note (case_id, at);

create table care_task (
  id        uuid primary key,
  case_id   uuid not null references child_case,
  op_id     uuid not null,
  version   integer not null,
  begun_at  timestamptz not null default kembali.now(),
  state     text not null check (state in ('open', 'done', 'cancelled')),
  due_at    timestamptz not null,
  owner_id  uuid references app_user,
  from_note uuid,
  body      bytea not null
);
create index care_task_open on care_task (case_id, due_at) where state = 'open';

do $$
declare t record;
begin
  for t in select * from (values ('care_note', 'narrative'), ('care_task', 'services')) as v (name, part) loop
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
end $$;
-- Nobody writes a note in another person's name.
create policy care_note_author on care_note as restrictive for insert to k_app with check (written_by = (select kembali.actor()));
create policy care_task_write on care_task for update to k_app using (exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = care_task.case_id and a.part = 'services' and a.level = 'write'
     and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
grant update on care_task to k_app;
