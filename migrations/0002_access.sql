-- 0002_access.sql: the one table that says who may do what with which part of which case, and the firewall.
-- Only triggers write `access`; k_app cannot. The firewall is an allow-list of sectors: police, military,
-- intelligence, counter-terrorism, prosecution, judiciary, immigration, prison, interior, coordination and any
-- sector added later hold `handover` or nothing (security.md 3.3; Bali Call arts 5 and 9).
create table access (
  actor    uuid not null,
  sector   text not null,
  case_id  uuid not null,
  part     text not null check (part in ('case', 'identity', 'family', 'location', 'narrative', 'association',
    'health', 'services', 'justice', 'legal', 'handover', 'sealed')),
  level    text not null check (level in ('read', 'write')),
  basis    text not null check (basis in ('membership', 'supervision', 'grant', 'emergency')),
  basis_id uuid not null,
  ends_at  timestamptz not null default 'infinity',
  primary key (case_id, actor, part, basis, basis_id, level),
  foreign key (actor, sector) references app_user (id, sector) on update cascade,
  constraint firewall check (part = 'handover' or sector in ('child_protection', 'health', 'education', 'legal_aid',
    'civil_society', 'child_justice', 'oversight'))
);
create index access_actor on access (actor, part, case_id) include (level, basis, ends_at);

-- What a role may do with a part on a basis: the default matrix of security.md 3.4. Deployments may only narrow it.
create table role_right (
  role  text not null,
  basis text not null check (basis in ('membership', 'supervision')),
  part  text not null,
  level text not null check (level in ('read', 'write')),
  primary key (role, basis, part)
);
insert into role_right (role, basis, part, level) values
  ('case_worker', 'membership', 'case', 'write'),
  ('case_worker', 'membership', 'identity', 'write'),
  ('case_worker', 'membership', 'family', 'write'),
  ('case_worker', 'membership', 'location', 'write'),
  ('case_worker', 'membership', 'narrative', 'write'),
  ('case_worker', 'membership', 'association', 'write'),
  ('case_worker', 'membership', 'health', 'read'),
  ('case_worker', 'membership', 'services', 'write'),
  ('case_worker', 'membership', 'justice', 'write'),
  ('case_worker', 'membership', 'legal', 'read'),
  ('case_worker', 'membership', 'handover', 'write'),
  ('supervisor', 'supervision', 'case', 'write'),
  ('supervisor', 'supervision', 'identity', 'read'),
  ('supervisor', 'supervision', 'family', 'read'),
  ('supervisor', 'supervision', 'narrative', 'read'),
  ('supervisor', 'supervision', 'association', 'read'),
  ('supervisor', 'supervision', 'services', 'read'),
  ('supervisor', 'supervision', 'justice', 'read'),
  ('supervisor', 'supervision', 'legal', 'read'),
  ('supervisor', 'supervision', 'handover', 'read'),
  ('intake', 'membership', 'case', 'write'),
  ('intake', 'membership', 'identity', 'write'),
  ('intake', 'membership', 'family', 'write'),
  ('intake', 'membership', 'location', 'write'),
  ('intake', 'membership', 'narrative', 'write'),
  ('intake', 'membership', 'justice', 'write'),
  ('clinician', 'membership', 'case', 'read'),
  ('clinician', 'membership', 'identity', 'read'),
  ('clinician', 'membership', 'family', 'read'),
  ('clinician', 'membership', 'health', 'write'),
  ('clinician', 'membership', 'services', 'read'),
  ('lawyer', 'membership', 'case', 'read'),
  ('lawyer', 'membership', 'identity', 'read'),
  ('lawyer', 'membership', 'services', 'read'),
  ('lawyer', 'membership', 'justice', 'write'),
  ('lawyer', 'membership', 'legal', 'write'),
  ('lawyer', 'membership', 'handover', 'read'),
  ('shelter_worker', 'membership', 'case', 'read'),
  ('shelter_worker', 'membership', 'identity', 'read'),
  ('shelter_worker', 'membership', 'location', 'read'),
  ('shelter_worker', 'membership', 'services', 'write'),
  ('court_adviser', 'membership', 'handover', 'read');

alter table access enable row level security;
alter table access force row level security;
alter table role_right enable row level security;
alter table role_right force row level security;
create policy access_owner on access to k_owner using (true) with check (true);
create policy role_right_owner on role_right to k_owner using (true) with check (true);
create policy access_read on access for select to k_app using (actor = (select kembali.actor()));
grant select on access to k_app;
