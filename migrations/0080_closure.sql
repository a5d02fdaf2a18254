-- 0080_closure.sql: how a case ends and begins again (part `services`), and when each class of what is in it is erased.
-- A worker asks, a supervisor signs (0055); the clocks start in the moment of her signature (security.md 7.1).
create table case_closing (
  id            uuid primary key,
  case_id       uuid not null references child_case,
  op_id         uuid not null,
  asked_by      uuid not null references app_user,
  asked_at      timestamptz not null,
  reason        text not null,
  told          text not null check (told in ('told', 'not_told')),
  told_on       date,
  told_language text,
  feedback      text not null check (feedback in ('given', 'refused', 'not_asked')),
  contact       text not null check (contact in ('agreed', 'refused', 'not_possible')),
  contact_way   text check (contact_way in ('visit', 'call', 'message', 'through_somebody')),
  contact_on    date,
  contact_until date check (contact_until >= contact_on),
  asks_to_keep  boolean not null,
  body          bytea not null
);
create index case_closing_case on case_closing (case_id);
create table case_reopening (
  id          uuid primary key,
  case_id     uuid not null references child_case,
  op_id       uuid not null,
  reopened_by uuid not null references app_user,
  reopened_at timestamptz not null,
  reason      text not null,
  body        bytea not null
);
create index case_reopening_case on case_reopening (case_id);

-- One row for each class of each closed case, whatever is in the case: that there is a clock says nothing about the child.
create table retention_clock (
  case_id    uuid not null references child_case,
  class      text not null,
  parts      text[] not null,
  starts_at  timestamptz not null,
  ends_on    date not null,
  warned_at  timestamptz,
  erased_at  timestamptz,
  -- A case may be closed again after it was opened again: each time its clocks are new ones.
  primary key (case_id, class, starts_at)
);
create index retention_clock_due on retention_clock (ends_on) where erased_at is null;

do $$
declare name text;
begin
  foreach name in array array['case_closing', 'case_reopening'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy %I on %I to k_owner using (true) with check (true)', name || '_owner', name);
    execute format($p$create policy %I on %I for select to k_app using (exists (
      select from access a where a.actor = (select kembali.actor()) and a.case_id = %I.case_id
         and a.part = 'services' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])))$p$, name || '_read', name, name);
    execute format('grant select, insert on %I to k_app', name);
  end loop;
end $$;
create policy case_closing_make on case_closing for insert to k_app with check (
  asked_by = (select kembali.actor()) and exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = case_closing.case_id and a.part = 'services'
     and a.level = 'write' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
-- A worker or a supervisor of the case, each in her own name.
create policy case_reopening_make on case_reopening for insert to k_app with check (
  reopened_by = (select kembali.actor()) and exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = case_reopening.case_id and a.part = 'case'
     and a.level = 'write' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));

alter table retention_clock enable row level security;
alter table retention_clock force row level security;
create policy retention_clock_owner on retention_clock to k_owner using (true) with check (true);
create policy retention_clock_read on retention_clock for select to k_app using (exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = retention_clock.case_id
     and a.part = 'case' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
-- Started by whoever supervises the case, and by nobody moved afterwards.
create policy retention_clock_start on retention_clock for insert to k_app with check (
  warned_at is null and erased_at is null and exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = retention_clock.case_id and a.part = 'case'
     and a.level = 'write' and a.basis = 'supervision' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
grant select, insert on retention_clock to k_app;

-- A case that is open again is kept: its clocks stop. What was erased stays erased, and says so.
create function kembali.on_reopening() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if old.state = 'closed' and new.state = 'open' then
    delete from public.retention_clock where case_id = new.id and erased_at is null;
    delete from public.notice where case_id = new.id and about like 'retention|%';
  end if;
  return null;
end $$;
create trigger child_case_reopened after update on child_case for each row execute function kembali.on_reopening();

-- Whoever supervises a case opens it again where its worker has gone, and another supervisor signs.
drop policy second_signature_make on second_signature;
create policy second_signature_make on second_signature for insert to k_app with check (
  asked_by = (select kembali.actor()) and exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = second_signature.case_id
     and (a.part = second_signature.part or (second_signature.act = 'reopen_case' and a.part = 'case'))
     and a.level = 'write' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
