-- 0006_due.sql: work that falls due, and the notices it leaves. A notice says how urgent and by when, never who or what.
create table due (
  id         bigint generated always as identity primary key,
  kind       text not null,
  key        text not null,
  run_at     timestamptz not null,
  leased_until timestamptz,
  done_at    timestamptz
);
create unique index due_open on due (kind, key) where done_at is null;
create index due_run on due (run_at) where done_at is null;
alter table due enable row level security;
alter table due force row level security;
create policy due_owner on due to k_owner using (true) with check (true);
create policy due_app on due for insert to k_app with check ((select kembali.actor()) is not null);
create policy due_clock on due to k_clock using (true) with check (true);
grant insert on due to k_app;
grant select, insert, update on due to k_clock;

create table notice (
  id           uuid primary key default gen_random_uuid(),
  person_id    uuid not null references app_user,
  case_id      uuid not null references child_case,
  -- What it is about, as an opaque key: a reminder is a unique row, so sending twice is impossible.
  about        text not null,
  stage        text not null check (stage in ('due_soon', 'passed')),
  due_at       timestamptz not null,
  made_at      timestamptz not null default kembali.now(),
  read_at      timestamptz,
  unique (person_id, about, stage)
);
create index notice_unread on notice (person_id) where read_at is null;
alter table notice enable row level security;
alter table notice force row level security;
create policy notice_owner on notice to k_owner using (true) with check (true);
-- One's own notices, as long as the case may be seen.
create policy notice_own on notice for select to k_app using (person_id = (select kembali.actor()) and exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = notice.case_id
     and a.part = 'case' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
create policy notice_read_it on notice for update to k_app using (person_id = (select kembali.actor()));
create policy notice_clock on notice to k_clock using (true) with check (true);
grant select on notice to k_app;
grant update (read_at) on notice to k_app;
grant select, insert on notice to k_clock;
