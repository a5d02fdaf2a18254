-- 0005_operations.sql: every change as one operation, exactly once (security.md 9.3), and what two people saw differently.
create table op_log (
  op_id       uuid primary key,
  device      uuid not null,
  seq         integer not null,
  type        text not null,
  actor       uuid not null references app_user,
  case_id     uuid,
  part        text,
  row_id      uuid,
  payload_mac bytea not null,
  clear       jsonb,
  body        bytea,
  answer      jsonb not null,
  claimed_at  timestamptz not null,
  -- Claimed more than a day before this device was last heard of: kept, and shown as such.
  flagged     boolean not null default false,
  at          timestamptz not null default kembali.now(),
  xid         xid8 not null default pg_current_xact_id()
);
create index op_log_case on op_log (case_id, part, xid);
create index op_log_device on op_log (actor, device, seq);
alter table op_log enable row level security;
alter table op_log force row level security;
create policy op_log_owner on op_log to k_owner using (true) with check (true);
create policy op_log_read on op_log for select to k_app using (case_id is not null and exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = op_log.case_id
     and a.part = op_log.part and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
create policy op_log_write on op_log for insert to k_app with check (actor = (select kembali.actor()));
grant select, insert on op_log to k_app;

-- The first answer to an operation, for the person who made it, also after her access has ended. A used id that is
-- somebody else's says only that it is used.
create function kembali.op_answer(of_op uuid) returns table (mine boolean, payload_mac bytea, answer jsonb)
language sql stable security definer set search_path = '' as $$
  select l.actor = kembali.actor(), case when l.actor = kembali.actor() then l.payload_mac end,
         case when l.actor = kembali.actor() then l.answer end
    from public.op_log l where l.op_id = of_op
$$;

-- Whether everything this device made before `below` has arrived: an operation that misses its case waits for it.
create function kembali.device_has_gap(of_device uuid, below integer) returns boolean
language sql stable security definer set search_path = '' as $$
  select count(distinct seq) < below - 1 from public.op_log
   where actor = kembali.actor() and device = of_device and seq < below
$$;

-- When this device was last heard of, for claims that reach far back.
create function kembali.device_last_heard(of_device uuid) returns timestamptz
language sql stable security definer set search_path = '' as $$
  select max(at) from public.op_log where actor = kembali.actor() and device = of_device
$$;

create table conflict (
  id         uuid primary key,
  case_id    uuid not null references child_case,
  part       text not null,
  thing      text not null,
  row_id     uuid not null,
  op_id      uuid not null,
  made_at    timestamptz not null default kembali.now(),
  settled_at timestamptz,
  settled_by uuid references app_user,
  body       bytea not null
);
create index conflict_case on conflict (case_id) where settled_at is null;
alter table conflict enable row level security;
alter table conflict force row level security;
create policy conflict_owner on conflict to k_owner using (true) with check (true);
create policy conflict_read on conflict for select to k_app using (exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = conflict.case_id
     and a.part = conflict.part and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
create policy conflict_make on conflict for insert to k_app with check (exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = conflict.case_id
     and a.part = conflict.part and a.level = 'write' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
create policy conflict_settle on conflict for update to k_app using (exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = conflict.case_id
     and a.part = conflict.part and a.level = 'write' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
grant select, insert on conflict to k_app;
grant update (settled_at, settled_by) on conflict to k_app;

-- What a device holds: a case and part it was given; whatever `access` no longer gives is told to be forgotten.
create table device_pack (
  device_id uuid not null,
  person_id uuid not null,
  sector    text not null,
  case_id   uuid not null references child_case,
  part      text not null check (part not in ('association', 'health', 'sealed')),
  given_at  timestamptz not null default kembali.now(),
  primary key (device_id, person_id, case_id, part),
  foreign key (person_id, sector) references app_user (id, sector) on update cascade,
  constraint device_pack_firewall check (part = 'handover' or sector in ('child_protection', 'health', 'education',
    'legal_aid', 'civil_society', 'child_justice', 'oversight'))
);
alter table device_pack enable row level security;
alter table device_pack force row level security;
create policy device_pack_owner on device_pack to k_owner using (true) with check (true);
create policy device_pack_own on device_pack to k_app
  using (person_id = (select kembali.actor())) with check (person_id = (select kembali.actor()));
grant select, insert, delete on device_pack to k_app;
