-- 0042_device_binding.sql: a session belongs to the browser profile it began in (security.md 4). The profile keeps a key that
-- no program can read out and signs what it asks of sync with it: a stolen cookie alone sends nothing and fetches no pack.
alter table session add column device_key bytea check (octet_length(device_key) = 65);

drop function kembali.session_start(uuid, bytea, text, boolean, text, text);
create function kembali.session_start(
  of_person uuid, of_hash bytea, of_strength text, of_shared boolean, of_browser text, of_system text, of_key bytea
) returns boolean language plpgsql security definer set search_path = '' as $$
begin
  if of_strength = 'demo' and not exists (select from public.deployment where mode = 'demo') then
    raise exception 'one-click sign-in exists in the demo only' using errcode = '42501';
  end if;
  update public.app_user set active_at = kembali.now(), enrolled_at = coalesce(enrolled_at, kembali.now())
   where id = of_person and ended_at is null and disabled_at is null
     and (of_strength <> 'password_totp' or not kembali.is_sensitive(role));
  if not found then return false; end if;
  insert into public.session (token_hash, person_id, strength, idle, browser, system, device_key)
  values (of_hash, of_person, of_strength, case when of_shared then interval '5 minutes' else interval '15 minutes' end, of_browser, of_system, of_key);
  update public.session s set ended_at = kembali.now()
   where s.person_id = of_person and s.ended_at is null and s.token_hash not in (
     select token_hash from public.session where person_id = of_person and ended_at is null order by made_at desc, token_hash limit 3);
  return true;
end $$;

-- Proving it again gives a new token to the same profile.
create or replace function kembali.session_renew(of_hash bytea, of_strength text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if kembali.actor() is null then raise exception 'nobody is signed in' using errcode = '42501'; end if;
  insert into public.session (token_hash, person_id, device_id, strength, idle, ends_at, browser, system, device_key)
  select of_hash, person_id, device_id, of_strength, idle, ends_at, browser, system, device_key
    from public.session where token_hash = kembali.my_token();
  update public.session set ended_at = kembali.now() where token_hash = kembali.my_token();
end $$;

-- The key of the profile this session began in; none where it began without one.
create function kembali.my_device_key() returns bytea language sql stable security definer set search_path = '' as $$
  select device_key from public.session where token_hash = kembali.my_token()
$$;

grant execute on function kembali.session_start(uuid, bytea, text, boolean, text, text, bytea), kembali.my_device_key() to k_app;
