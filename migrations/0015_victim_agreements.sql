-- 0015_victim_agreements.sql: a supervisor's agreement that "victim" may be left out of a contact (safeguards.md, rule 1).
-- Codes and moments only: why it is left out is said by the worker who records the contact, sealed with it.
create table victim_agreement (
  id        uuid primary key,
  case_id   uuid not null references child_case,
  op_id     uuid not null,
  person_id uuid not null,
  agreed_at timestamptz not null
);
create index victim_agreement_case on victim_agreement (case_id, agreed_at);
alter table victim_agreement enable row level security;
alter table victim_agreement force row level security;
create policy victim_agreement_owner on victim_agreement to k_owner using (true) with check (true);
-- Read with the contacts it is about.
create policy victim_agreement_read on victim_agreement for select to k_app using (exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = victim_agreement.case_id and a.part = 'justice'
     and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
-- Made only by who supervises the case, in her own name.
create policy victim_agreement_make on victim_agreement for insert to k_app with check (
  person_id = (select kembali.actor()) and exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = victim_agreement.case_id and a.part = 'case' and a.level = 'write'
     and a.basis = 'supervision' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
grant select, insert on victim_agreement to k_app;

-- The board asks of each contact whether a later one corrects it.
create index justice_contact_corrects on justice_contact (corrects) where corrects is not null;
