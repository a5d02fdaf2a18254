-- 0014_justice_contacts.sql: contacts with the authorities, answers about safeguards, and the clocks worked out from them.
-- No column says what a child is suspected of: the clocks do not need it, and what we do not hold cannot leak.
create table justice_contact (
  id               uuid primary key,
  case_id          uuid not null references child_case,
  op_id            uuid not null,
  kind             text not null check (kind in ('first_custody', 'interview', 'detention', 'hearing', 'handover', 'release')),
  capacities       text[] not null check (capacities <@ array['victim', 'witness', 'alleged_offender', 'convicted']),
  authority        text not null,
  started_at       timestamptz not null,
  first_custody_at timestamptz,
  known_at         timestamptz not null,
  detained_at      timestamptz check (detained_at >= first_custody_at),
  released_at      timestamptz check (released_at >= detained_at),
  corrects         uuid references justice_contact,
  body             bytea not null
);
create index justice_contact_case on justice_contact (case_id, started_at);

create table safeguard_answer (
  id           uuid primary key,
  case_id      uuid not null references child_case,
  op_id        uuid not null,
  contact_id   uuid not null references justice_contact,
  safeguard_id text not null,
  state        text not null check (state in ('met', 'not_met', 'not_known')),
  at           timestamptz not null,
  answered_at  timestamptz not null,
  -- Null where the answer came with the contact, whose own envelope holds who said it.
  body         bytea
);
create index safeguard_answer_case on safeguard_answer (case_id);

-- A projection of the facts above, so that a job that sees no child can remind: worked out anew after each of them.
create table safeguard_clock (
  case_id      uuid not null references child_case,
  contact_id   uuid not null references justice_contact,
  safeguard_id text not null,
  authority    text not null,
  starts_at    timestamptz not null,
  warn_at      timestamptz not null,
  due_at       timestamptz not null,
  met_at       timestamptz,
  not_met_at   timestamptz,
  ended_at     timestamptz,
  primary key (contact_id, safeguard_id, starts_at)
);
create index safeguard_clock_case on safeguard_clock (case_id);
create index safeguard_clock_open on safeguard_clock (warn_at) where met_at is null and not_met_at is null and ended_at is null;

do $$
declare name text;
begin
  foreach name in array array['justice_contact', 'safeguard_answer', 'safeguard_clock'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy %I on %I to k_owner using (true) with check (true)', name || '_owner', name);
    execute format($p$create policy %I on %I for select to k_app using (exists (
      select from access a where a.actor = (select kembali.actor()) and a.case_id = %I.case_id and a.part = 'justice'
         and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])))$p$, name || '_read', name, name);
    execute format($p$create policy %I on %I for insert to k_app with check (exists (
      select from access a where a.actor = (select kembali.actor()) and a.case_id = %I.case_id and a.part = 'justice' and a.level = 'write'
         and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])))$p$, name || '_make', name, name);
    execute format('grant select, insert on %I to k_app', name);
  end loop;
end $$;
create policy safeguard_clock_redo on safeguard_clock for delete to k_app using (exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = safeguard_clock.case_id and a.part = 'justice' and a.level = 'write'
     and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
grant delete on safeguard_clock to k_app;
-- The clock sees open duties and nothing of the child.
create policy safeguard_clock_open on safeguard_clock for select to k_clock using (met_at is null and not_met_at is null and ended_at is null);
grant select on safeguard_clock to k_clock;
