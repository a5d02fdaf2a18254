-- 0147_first_answers.sql: what whoever opened a case learned in the first call: is the child safe, how do we know, who agrees.
-- An intake officer has no part `services`, where a worker keeps her safe start, and must not gain it by a telephone call:
-- her answers are facts of part `narrative`, which she writes until the case is handed over.
create table first_answers (
  id         uuid primary key,
  case_id    uuid not null references child_case,
  op_id      uuid not null,
  safe_now   text check (safe_now in ('yes', 'no', 'not_known')),
  how_known  text,
  basis      text check (basis in ('consent', 'assent', 'lawful_basis', 'not_yet')),
  said_at    timestamptz not null default kembali.now(),
  written_by uuid not null references app_user,
  body       bytea not null,
  check (num_nonnulls(safe_now, how_known, basis) > 0)
);
create index first_answers_case on first_answers (case_id, said_at);
alter table first_answers enable row level security;
alter table first_answers force row level security;
create policy first_answers_owner on first_answers to k_owner using (true) with check (true);
create policy first_answers_read on first_answers for select to k_app using (exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = first_answers.case_id
     and a.part = 'narrative' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
create policy first_answers_make on first_answers for insert to k_app with check (
  written_by = (select kembali.actor()) and exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = first_answers.case_id
     and a.part = 'narrative' and a.level = 'write' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
create policy first_answers_opener on first_answers as restrictive for insert to k_app with check (exists (
  select from child_case c where c.id = first_answers.case_id and c.opened_by = (select kembali.actor())));
grant select, insert on first_answers to k_app;
select kembali.hide_from_a_shift('first_answers');
