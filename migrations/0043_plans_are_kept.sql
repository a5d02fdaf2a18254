-- 0043_plans_are_kept.sql: who is asking, for what, and when: asked by every policy, planned once a connection.
-- PostgreSQL plans the body of a function in SQL anew in each statement that calls it; one in PL/pgSQL keeps its plan. A list
-- of 50 cases spent three quarters of its time on planning these five. What they answer stays word for word the same.
create or replace function kembali.now() returns timestamptz
language plpgsql stable security definer set search_path = '' as $$
begin
  return pg_catalog.now() + coalesce((select offset_ms from public.test_clock), 0) * interval '1 millisecond';
end $$;

create or replace function kembali.actor() returns uuid
language plpgsql stable security definer set search_path = '' as $$
declare moment timestamptz := kembali.now();
begin
  return (select s.person_id from public.session s join public.app_user u on u.id = s.person_id
   where s.token_hash = pg_catalog.sha256(pg_catalog.convert_to(pg_catalog.current_setting('kembali.sid', true), 'UTF8'))
     and s.ended_at is null and u.ended_at is null
     and s.ends_at > moment and s.last_seen_at + s.idle > moment);
end $$;

create or replace function kembali.actor_org() returns uuid
language plpgsql stable security definer set search_path = '' as $$
declare me uuid := kembali.actor();
begin
  return (select org_id from public.app_user where id = me);
end $$;

create or replace function kembali.actor_role() returns text
language plpgsql stable security definer set search_path = '' as $$
declare me uuid := kembali.actor();
begin
  return (select role from public.app_user where id = me);
end $$;

create or replace function kembali.bases() returns text[]
language plpgsql stable set search_path = '' as $$
begin
  return case pg_catalog.current_setting('kembali.purpose', true)
    when 'casework' then array['membership', 'grant', 'emergency']
    when 'supervision' then array['supervision', 'grant', 'emergency']
    when 'safeguarding' then array['membership', 'supervision', 'grant', 'emergency']
    when 'handover' then array['membership', 'supervision', 'grant']
    when 'oversight' then array['supervision', 'grant']
    when 'other' then array['membership', 'supervision', 'grant', 'emergency']
    else array[]::text[] end;
end $$;
