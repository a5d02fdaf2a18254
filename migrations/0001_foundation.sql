-- 0001_foundation.sql: the schema of our functions, the moved clock, organisations, people, teams, sessions.
-- The session's raw token is set per transaction; actor() looks its hash up, so injected SQL cannot pose as somebody
-- else without knowing another person's token, and k_app cannot read the session table (security.md 3.2).
create schema kembali;
grant usage on schema kembali to k_app, k_clock, k_stats, k_backup;

-- Tests move the clock through this row; production refuses to start while it exists (security.md 10).
create table test_clock (
  only_row boolean primary key default true check (only_row),
  offset_ms bigint not null
);

create function kembali.now() returns timestamptz language sql stable security definer set search_path = '' as $$
  select pg_catalog.now() + coalesce((select offset_ms from public.test_clock), 0) * interval '1 millisecond'
$$;

create table organisation (
  id     uuid primary key,
  name   text not null,
  sector text not null check (sector in (
    'child_protection', 'health', 'education', 'legal_aid', 'civil_society', 'child_justice', 'oversight',
    'police', 'military', 'intelligence', 'counter_terrorism', 'prosecution', 'judiciary', 'immigration',
    'prison', 'interior', 'coordination')),
  region text,
  unique (id, sector)
);

create table app_user (
  id       uuid primary key,
  org_id   uuid not null,
  sector   text not null,
  name     text not null,
  -- What a person signs in with; never an e-mail address of somebody else's system as a linking key.
  login    text not null unique,
  role     text not null check (role in (
    'case_worker', 'supervisor', 'intake', 'clinician', 'lawyer', 'shelter_worker', 'cso_worker', 'school',
    'court_adviser', 'judge', 'security_desk', 'dpo', 'auditor', 'national_officer', 'admin')),
  language text not null default 'en',
  ended_at timestamptz,
  foreign key (org_id, sector) references organisation (id, sector) on update cascade,
  unique (id, sector)
);

create table team (
  id     uuid primary key,
  org_id uuid not null references organisation,
  name   text not null
);

create table team_member (
  team_id    uuid not null references team,
  person_id  uuid not null references app_user,
  supervises boolean not null default false,
  ended_at   timestamptz,
  primary key (team_id, person_id)
);
create index team_member_person on team_member (person_id);

create table session (
  token_hash   bytea primary key,
  person_id    uuid not null references app_user,
  device_id    uuid,
  strength     text not null check (strength in ('demo', 'password_totp', 'passkey')),
  made_at      timestamptz not null default kembali.now(),
  -- When the person last proved who she is: step-up asks for less than five minutes.
  proved_at    timestamptz not null default kembali.now(),
  last_seen_at timestamptz not null default kembali.now(),
  idle         interval not null default '15 minutes',
  ends_at      timestamptz not null default kembali.now() + interval '12 hours',
  ended_at     timestamptz
);
create index session_person on session (person_id);

create function kembali.actor() returns uuid language sql stable security definer set search_path = '' as $$
  select s.person_id from public.session s join public.app_user u on u.id = s.person_id
   where s.token_hash = pg_catalog.sha256(pg_catalog.convert_to(pg_catalog.current_setting('kembali.sid', true), 'UTF8'))
     and s.ended_at is null and u.ended_at is null
     and s.ends_at > kembali.now() and s.last_seen_at + s.idle > kembali.now()
$$;

-- Begins a request: remembers token and purpose for this transaction only (a pooled connection must not remember the
-- last person), answers who is asking, and touches the session at most once a minute. No row: nobody is signed in.
-- Without a stated purpose it follows from what the person does here (security.md 3.4).
create function kembali.begin_request(of_sid text, of_purpose text) returns table (
  id uuid, org_id uuid, sector text, role text, name text, language text, strength text,
  proved_at timestamptz, ends_at timestamptz, asked_at timestamptz, purpose text
) language plpgsql volatile security definer set search_path = '' as $$
#variable_conflict use_column
declare
  hash bytea := pg_catalog.sha256(pg_catalog.convert_to(of_sid, 'UTF8'));
  moment timestamptz := kembali.now();
  who record;
begin
  select u.id, u.org_id, u.sector, u.role, u.name, u.language, s.strength, s.proved_at, s.ends_at, s.last_seen_at into who
    from public.session s join public.app_user u on u.id = s.person_id
   where s.token_hash = hash and s.ended_at is null and u.ended_at is null
     and s.ends_at > moment and s.last_seen_at + s.idle > moment;
  if not found then return; end if;
  purpose := coalesce(of_purpose, case who.role when 'supervisor' then 'supervision' else 'casework' end);
  perform pg_catalog.set_config('kembali.sid', of_sid, true), pg_catalog.set_config('kembali.purpose', purpose, true);
  if who.last_seen_at < moment - interval '1 minute' then
    update public.session s set last_seen_at = moment where s.token_hash = hash;
  end if;
  return query select who.id, who.org_id, who.sector, who.role, who.name, who.language, who.strength,
    who.proved_at, who.ends_at, moment, purpose;
end $$;

-- The bases that the purpose of this transaction permits; `features/access/decide-access.ts` says the same (security.md 3.1).
create function kembali.bases() returns text[] language sql stable set search_path = '' as $$
  select case pg_catalog.current_setting('kembali.purpose', true)
    when 'casework' then array['membership', 'grant', 'emergency']
    when 'supervision' then array['supervision', 'grant', 'emergency']
    when 'safeguarding' then array['membership', 'supervision', 'grant', 'emergency']
    when 'handover' then array['membership', 'supervision', 'grant']
    when 'oversight' then array['supervision', 'grant']
    when 'other' then array['membership', 'supervision', 'grant', 'emergency']
    else array[]::text[] end
$$;

create function kembali.actor_org() returns uuid language sql stable security definer set search_path = '' as $$
  select org_id from public.app_user where id = kembali.actor()
$$;
create function kembali.actor_role() returns text language sql stable security definer set search_path = '' as $$
  select role from public.app_user where id = kembali.actor()
$$;

alter table organisation enable row level security;
alter table organisation force row level security;
alter table app_user enable row level security;
alter table app_user force row level security;
alter table team enable row level security;
alter table team force row level security;
alter table team_member enable row level security;
alter table team_member force row level security;
alter table session enable row level security;
alter table session force row level security;
-- FORCE binds the owner too: the SECURITY DEFINER functions above run as k_owner.
create policy organisation_owner on organisation to k_owner using (true) with check (true);
create policy app_user_owner on app_user to k_owner using (true) with check (true);
create policy team_owner on team to k_owner using (true) with check (true);
create policy team_member_owner on team_member to k_owner using (true) with check (true);
create policy session_owner on session to k_owner using (true) with check (true);

-- Staff are personal data as well: colleagues of one's own organisation, nobody else's list.
create policy organisation_read on organisation for select to k_app using (id = (select kembali.actor_org()));
create policy app_user_read on app_user for select to k_app using (org_id = (select kembali.actor_org()));
create policy team_read on team for select to k_app using (org_id = (select kembali.actor_org()));
create policy team_member_read on team_member for select to k_app using (exists (
  select from team t where t.id = team_member.team_id and t.org_id = (select kembali.actor_org())));
create policy team_member_clock on team_member for select to k_clock using (true);

grant select on organisation, app_user, team, team_member to k_app;
grant select on team_member to k_clock;
