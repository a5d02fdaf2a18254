-- 0087_known_profile.sql: guessing at the password door shuts it for strangers at most (security.md 4). A browser profile in
-- which this person has signed in before is known by its key, and waits for its own failures alone.
create function kembali.is_known_profile(of_login text, of_key bytea) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from public.session s join public.app_user u on u.id = s.person_id
    where u.login = of_login and s.device_key = of_key)
$$;

-- As before (0009), with caps that may be parts of a second: a flood at one door of everybody must leave moments to others.
drop function kembali.throttle_take(text[], integer[], integer[], integer[]);
create function kembali.throttle_take(of_keys text[], of_free integer[], of_cap double precision[], of_forget integer[])
returns integer language plpgsql security definer set search_path = '' as $$
declare
  moment timestamptz := kembali.now();
  opens timestamptz;
begin
  insert into public.throttle (key, open_at, forget_at)
  select key, moment, moment from unnest(of_keys) as wanted(key) order by key on conflict do nothing;
  -- Always in the same order: two guessers must not lock each other out.
  perform from public.throttle where key = any (of_keys) order by key for update;
  select max(open_at) into opens from public.throttle where key = any (of_keys);
  if opens > moment then return ceil(extract(epoch from opens - moment)); end if;
  update public.throttle t set
    failures = n.failures,
    open_at = moment + case when n.failures > n.free
      then least(n.cap, power(2, least(n.failures - n.free - 1, 20))) * interval '1 second' else interval '0' end,
    forget_at = moment + n.forget * interval '1 second'
  from (select w.key, w.free, w.cap, w.forget, case when o.forget_at <= moment then 1 else o.failures + 1 end as failures
          from unnest(of_keys, of_free, of_cap, of_forget) as w(key, free, cap, forget)
          join public.throttle o on o.key = w.key) n
  where t.key = n.key;
  return 0;
end $$;
grant execute on function kembali.is_known_profile(text, bytea),
  kembali.throttle_take(text[], integer[], double precision[], integer[]) to k_app;
