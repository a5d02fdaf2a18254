-- 0007_case_parts.sql: what a case holds from its first day: the card, the safe start, identity, requests for a match.
-- Words are in `body`, one envelope a row under the key of (case, part); the clear columns are coded.
create table child_card (
  id      uuid primary key,
  case_id uuid not null unique references child_case,
  op_id   uuid not null,
  version integer not null,
  body    bytea not null,
  check (id = case_id)
);
create table child_identity (
  id        uuid primary key,
  case_id   uuid not null unique references child_case,
  op_id     uuid not null,
  version   integer not null,
  age_basis text,
  language  text,
  body      bytea not null,
  check (id = case_id)
);
create table safe_start (
  id        uuid primary key,
  case_id   uuid not null unique references child_case,
  op_id     uuid not null,
  version   integer not null,
  safe_now  text check (safe_now in ('yes', 'no', 'not_known')),
  how_known text,
  basis     text check (basis in ('consent', 'assent', 'lawful_basis', 'not_yet')),
  body      bytea not null,
  check (id = case_id)
);
-- A request to learn whether a child is already known. The custodian of the other file decides whether to make contact;
-- the answer to whoever asks is always the same (security.md 2.6).
create table match_request (
  id        uuid primary key,
  case_id   uuid not null references child_case,
  op_id     uuid not null,
  person_id uuid not null references app_user,
  made_at   timestamptz not null default kembali.now(),
  body      bytea not null
);
create index match_request_person on match_request (person_id, made_at);

do $$
declare t record;
begin
  for t in select * from (values ('child_card', 'identity'), ('child_identity', 'identity'), ('safe_start', 'services')) as v (name, part) loop
    execute format('alter table %I enable row level security', t.name);
    execute format('alter table %I force row level security', t.name);
    execute format('create policy %I on %I to k_owner using (true) with check (true)', t.name || '_owner', t.name);
    execute format($p$create policy %I on %I for select to k_app using (exists (
      select from access a where a.actor = (select kembali.actor()) and a.case_id = %I.case_id
         and a.part = %L and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])))$p$, t.name || '_read', t.name, t.name, t.part);
    execute format($p$create policy %I on %I for insert to k_app with check (exists (
      select from access a where a.actor = (select kembali.actor()) and a.case_id = %I.case_id
         and a.part = %L and a.level = 'write' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])))$p$, t.name || '_make', t.name, t.name, t.part);
    execute format($p$create policy %I on %I for update to k_app using (exists (
      select from access a where a.actor = (select kembali.actor()) and a.case_id = %I.case_id
         and a.part = %L and a.level = 'write' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])))$p$, t.name || '_write', t.name, t.name, t.part);
    execute format('grant select, insert, update on %I to k_app', t.name);
  end loop;
end $$;

alter table match_request enable row level security;
alter table match_request force row level security;
create policy match_request_owner on match_request to k_owner using (true) with check (true);
-- Written by whoever registers the child; read back by nobody who asks.
create policy match_request_make on match_request for insert to k_app with check (
  person_id = (select kembali.actor()) and exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = match_request.case_id
     and a.part = 'identity' and a.level = 'write' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
grant insert on match_request to k_app;

-- How many requests the asking person has made in the last 24 hours: 20 is the limit.
create function kembali.match_requests_today() returns integer language sql stable security definer set search_path = '' as $$
  select count(*)::integer from public.match_request
   where person_id = kembali.actor() and made_at > kembali.now() - interval '24 hours'
$$;

-- k_app may call what it needs and nothing else; a trigger runs without a right to call it.
revoke execute on all functions in schema kembali from public;
grant execute on function kembali.now(), kembali.actor(), kembali.bases() to k_app, k_clock, k_stats, k_backup;
grant execute on function kembali.begin_request(text, text), kembali.actor_org(), kembali.actor_role(),
  kembali.who_may_see(uuid), kembali.alias_taken(text), kembali.op_answer(uuid), kembali.device_has_gap(uuid, integer),
  kembali.device_last_heard(uuid), kembali.note_opening(uuid), kembali.match_requests_today(),
  kembali.audit_append(text, bytea, text, text, text, text, integer, text, bytea) to k_app;
alter default privileges revoke execute on functions from public;
