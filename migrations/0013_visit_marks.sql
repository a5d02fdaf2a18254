-- 0013_visit_marks.sql: cases a worker takes with her on one device, for a few days and ten at most (security.md 5).
create table visit_mark (
  device_id uuid not null,
  person_id uuid not null references app_user,
  case_id   uuid not null references child_case,
  ends_at   timestamptz not null,
  primary key (device_id, person_id, case_id)
);
alter table visit_mark enable row level security;
alter table visit_mark force row level security;
create policy visit_mark_owner on visit_mark to k_owner using (true) with check (true);
create policy visit_mark_read on visit_mark for select to k_app using (person_id = (select kembali.actor()));
create policy visit_mark_make on visit_mark for insert to k_app with check (
  person_id = (select kembali.actor()) and exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = visit_mark.case_id
     and a.part = 'case' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
create policy visit_mark_end on visit_mark for delete to k_app using (person_id = (select kembali.actor()));
grant select, insert, delete on visit_mark to k_app;

-- Whether the device holds the card alone or also what is taken along.
alter table device_pack add column visit boolean not null default false;
