-- 0072_saved_lists.sql: lists of cases a person keeps on her account: codes of what is shown, never a word or a child.
create table saved_list (
  id        uuid primary key,
  person_id uuid not null references app_user,
  -- Checked by `list-view.ts` before it comes here: choices and codes of the country, nothing somebody typed.
  view      jsonb not null check (pg_column_size(view) < 2000),
  made_at   timestamptz not null default kembali.now()
);
create index saved_list_person on saved_list (person_id);
alter table saved_list enable row level security;
alter table saved_list force row level security;
create policy saved_list_owner on saved_list to k_owner using (true) with check (true);
create policy saved_list_own on saved_list to k_app
  using (person_id = (select kembali.actor())) with check (person_id = (select kembali.actor()));
grant select, insert, delete on saved_list to k_app;
