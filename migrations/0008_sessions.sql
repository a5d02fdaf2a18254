-- 0008_sessions.sql: what this deployment is, and sessions that begin and end through functions only.
create table deployment (
  only_row boolean primary key default true check (only_row),
  id       uuid not null default gen_random_uuid(),
  -- Changes when the database is restored: devices then start their reading again.
  epoch    uuid not null default gen_random_uuid(),
  mode     text not null check (mode in ('demo', 'production')),
  made_at  timestamptz not null default now()
);
alter table deployment enable row level security;
alter table deployment force row level security;
create policy deployment_owner on deployment to k_owner using (true) with check (true);
create policy deployment_read on deployment for select to k_app using (true);
grant select on deployment to k_app;

-- Starts a session for a person who has proved who she is; the fourth one ends the oldest (security.md 4).
create function kembali.session_start(of_person uuid, of_hash bytea, of_strength text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if of_strength = 'demo' and not exists (select from public.deployment where mode = 'demo') then
    raise exception 'one-click sign-in exists in the demo only' using errcode = '42501';
  end if;
  insert into public.session (token_hash, person_id, strength) values (of_hash, of_person, of_strength);
  update public.session s set ended_at = kembali.now()
   where s.person_id = of_person and s.ended_at is null and s.token_hash not in (
     select token_hash from public.session where person_id = of_person and ended_at is null order by made_at desc, token_hash limit 3);
end $$;

create function kembali.session_end() returns void language sql security definer set search_path = '' as $$
  update public.session set ended_at = kembali.now()
   where token_hash = pg_catalog.sha256(pg_catalog.convert_to(pg_catalog.current_setting('kembali.sid', true), 'UTF8')) and ended_at is null
$$;

-- The fictional people of the demo, for its sign-in page; empty anywhere else.
create function kembali.demo_people() returns table (id uuid, name text, role text, organisation text, team text)
language sql stable security definer set search_path = '' as $$
  select u.id, u.name, u.role, o.name,
         (select t.name from public.team_member m join public.team t on t.id = m.team_id where m.person_id = u.id order by t.name limit 1)
    from public.app_user u join public.organisation o on o.id = u.org_id
   where u.ended_at is null and exists (select from public.deployment where mode = 'demo')
   order by u.role, u.name
$$;

grant execute on function kembali.session_start(uuid, bytea, text), kembali.session_end(), kembali.demo_people() to k_app;
