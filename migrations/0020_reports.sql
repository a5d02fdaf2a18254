-- 0020_reports.sql: coded facts without identity, and the releases made from them (security.md 7.2).
-- k_app puts facts and cannot read them; k_stats reads facts and can read nothing else.
create table stat_fact (
  -- HMAC(PK, case ‖ thing): the same thing of the same case replaces its fact, and no id leads back.
  id     bytea primary key check (length(id) = 32),
  kind   text not null,
  coded  jsonb not null,
  due_on date
);
alter table stat_fact enable row level security;
alter table stat_fact force row level security;
create policy stat_fact_owner on stat_fact to k_owner using (true) with check (true);
create policy stat_fact_read on stat_fact for select to k_stats using (true);
grant select on stat_fact to k_stats;

create function kembali.fact_put(of_id bytea, of_kind text, of_coded jsonb, of_due date) returns void
language sql security definer set search_path = '' as $$
  insert into public.stat_fact (id, kind, coded, due_on) values (of_id, of_kind, of_coded, of_due)
  on conflict (id) do update set kind = excluded.kind, coded = excluded.coded, due_on = excluded.due_on
$$;
grant execute on function kembali.fact_put(bytea, text, jsonb, date) to k_app;

-- A release is made once and never changed: no one may update or delete it.
create table release (
  id       uuid primary key default gen_random_uuid(),
  code     text not null,
  period   text not null,
  made_at  timestamptz not null default kembali.now(),
  released jsonb not null,
  hash     bytea not null,
  unique (code, period)
);
alter table release enable row level security;
alter table release force row level security;
create policy release_owner on release to k_owner using (true) with check (true);
create policy release_stats on release to k_stats using (true) with check (true);
create policy release_read on release for select to k_app using (
  (select kembali.actor_role()) in ('national_officer', 'supervisor', 'dpo', 'auditor'));
grant select, insert on release to k_stats;
grant select on release to k_app;

-- What each published row rested on: the next release compares with it, so that one child more is never visible.
create table stat_basis (
  cell    text not null,
  fact_id bytea not null,
  hearing text not null,
  primary key (cell, fact_id)
);
alter table stat_basis enable row level security;
alter table stat_basis force row level security;
create policy stat_basis_owner on stat_basis to k_owner using (true) with check (true);
create policy stat_basis_stats on stat_basis to k_stats using (true) with check (true);
grant select, insert, delete on stat_basis to k_stats;
