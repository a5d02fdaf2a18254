-- 0085_unattended_rounds.sql: a page that fetches by itself is nobody at the desk (security.md 4: idle 15 minutes, 5 on a
-- shared computer). A round that nobody was there for begins without touching the session.
drop function kembali.begin_request(text, text);
create function kembali.begin_request(of_sid text, of_purpose text, attended boolean default true) returns table (
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
  if attended and who.last_seen_at < moment - interval '1 minute' then
    update public.session s set last_seen_at = moment where s.token_hash = hash;
  end if;
  return query select who.id, who.org_id, who.sector, who.role, who.name, who.language, who.strength,
    who.proved_at, who.ends_at, moment, purpose;
end $$;

-- How long this session lives without anybody, in minutes: the page covers itself by then.
create function kembali.my_idle_minutes() returns integer language sql stable security definer set search_path = '' as $$
  select (extract(epoch from idle) / 60)::integer from public.session where token_hash = kembali.my_token()
$$;
grant execute on function kembali.begin_request(text, text, boolean), kembali.my_idle_minutes() to k_app;
