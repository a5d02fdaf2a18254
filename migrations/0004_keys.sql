-- 0004_keys.sql: one wrapped key per case and part, the audit ledger's entries, and the count of files opened.
-- A case key is stored only wrapped under the custody domain's epoch key, which never enters the database.
create table case_key (
  case_id uuid not null references child_case,
  part    text not null,
  key_id  bytea not null check (length(key_id) = 16),
  epoch   text not null,
  wrapped bytea not null,
  version integer not null default 1,
  made_at timestamptz not null default kembali.now(),
  primary key (case_id, part)
);
alter table case_key enable row level security;
alter table case_key force row level security;
create policy case_key_owner on case_key to k_owner using (true) with check (true);
create policy case_key_read on case_key for select to k_app using (exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = case_key.case_id
     and a.part = case_key.part and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
create policy case_key_make on case_key for insert to k_app with check (exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = case_key.case_id
     and a.part = case_key.part and a.level = 'write' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
grant select, insert on case_key to k_app;

-- One entry per opening of a part, per write, per denial (security.md 6). No name, no content; the case stands as a
-- pseudonym that only the holder of its audit key can make. The leaf is hashed here, so that the tree can be built
-- over the same rows later.
create table audit_entry (
  id         bigint generated always as identity primary key,
  at         timestamptz not null default kembali.now(),
  actor      uuid,
  org_id     uuid,
  role       text,
  action     text not null,
  pseudonym  bytea,
  part       text,
  purpose    text,
  basis      text,
  outcome    text not null check (outcome in ('done', 'denied')),
  items      integer not null default 1,
  request_id text not null,
  commitment bytea,
  leaf       bytea not null,
  xid        xid8 not null default pg_current_xact_id()
);
alter table audit_entry enable row level security;
alter table audit_entry force row level security;
create policy audit_entry_owner on audit_entry to k_owner using (true) with check (true);
create policy audit_entry_backup on audit_entry for select to k_backup using (true);

create function kembali.audit_append(
  of_action text, of_pseudonym bytea, of_part text, of_purpose text, of_basis text, of_outcome text,
  of_items integer, of_request text, of_commitment bytea
) returns void language plpgsql security definer set search_path = '' as $$
declare
  me uuid := kembali.actor();
  my_org uuid;
  my_role text;
  moment timestamptz := kembali.now();
begin
  select org_id, role into my_org, my_role from public.app_user where id = me;
  insert into public.audit_entry (at, actor, org_id, role, action, pseudonym, part, purpose, basis, outcome, items, request_id, commitment, leaf)
  values (moment, me, my_org, my_role, of_action, of_pseudonym, of_part, of_purpose, of_basis, of_outcome, of_items, of_request, of_commitment,
    pg_catalog.sha256(pg_catalog.convert_to(pg_catalog.jsonb_build_array(
      'kembali/audit/1', extract(epoch from moment), me, my_org, my_role, of_action, pg_catalog.encode(of_pseudonym, 'hex'),
      of_part, of_purpose, of_basis, of_outcome, of_items, of_request, pg_catalog.encode(of_commitment, 'hex'))::text, 'UTF8')));
end $$;

-- Distinct files a person opened to read, once a day each: what a budget counts (security.md 2.4).
create table case_opened (
  person_id uuid not null references app_user,
  case_id   uuid not null references child_case,
  on_day    date not null,
  own       boolean not null,
  primary key (person_id, on_day, case_id)
);
alter table case_opened enable row level security;
alter table case_opened force row level security;
create policy case_opened_owner on case_opened to k_owner using (true) with check (true);

-- Notes that the asking person opened a case today and answers how many beyond her own caseload she has opened.
create function kembali.note_opening(of_case uuid) returns integer language plpgsql security definer set search_path = '' as $$
declare
  me uuid := kembali.actor();
  today date := (kembali.now() at time zone 'UTC')::date;
begin
  if me is null then return 0; end if;
  insert into public.case_opened (person_id, case_id, on_day, own)
  values (me, of_case, today, exists (select from public.child_case c where c.id = of_case and c.worker_id = me and c.state = 'open'))
  on conflict do nothing;
  return (select count(*)::integer from public.case_opened where person_id = me and on_day = today and not own);
end $$;
