-- 0009_sign_in.sql: how a person proves who she is (security.md 4): password with one-time codes, passkeys, sessions
-- she can see and end, and the patience asked of whoever guesses. k_app reads none of these tables but a person's own
-- passkeys; it goes through the functions below, each of which looks at one account at a time.
alter table deployment
  -- The person whose one-time link the first start printed; in set-up only she may appoint.
  add column first_admin uuid references app_user,
  add column set_up_ended_at timestamptz;
alter table app_user
  add column enrolled_at timestamptz,
  -- Put away after 45 days without a sign-in; enrolling again opens it.
  add column disabled_at timestamptz,
  add column active_at timestamptz;
alter table session
  add column id uuid not null unique default gen_random_uuid(),
  add column browser text not null default 'other',
  add column system text not null default 'other';

-- A real deployment is in set-up until it has a second administrator, a DPO and a supervisor with a team.
create function kembali.in_set_up() returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from public.deployment where mode = 'production' and set_up_ended_at is null)
$$;
create policy child_case_after_set_up on child_case as restrictive for insert to k_app
  with check (not (select kembali.in_set_up()));

-- Roles that can open doors for others: a passkey is their only key, and two people make them.
create function kembali.is_sensitive(of_role text) returns boolean language sql immutable set search_path = '' as $$
  select of_role in ('admin', 'dpo', 'supervisor')
$$;

create table password_credential (
  person_id uuid primary key references app_user,
  hash      text not null,
  made_at   timestamptz not null default kembali.now()
);
create table totp_credential (
  person_id uuid primary key references app_user,
  -- The secret under the epoch key: a stolen dump makes no codes.
  epoch     text not null,
  wrapped   bytea not null,
  -- The step of the last code taken: each code counts once.
  last_step bigint not null
);
create table passkey (
  id         text primary key,
  person_id  uuid not null references app_user,
  public_key bytea not null,
  counter    bigint not null,
  transports text[] not null,
  backed_up  boolean not null,
  made_at    timestamptz not null default kembali.now(),
  used_at    timestamptz
);
create index passkey_person on passkey (person_id);
-- What a passkey is asked to sign: once, for one purpose, for five minutes.
create table challenge (
  id      uuid primary key,
  value   text not null,
  purpose text not null check (purpose in ('sign_in', 'step_up', 'add', 'enrol')),
  about   uuid,
  ends_at timestamptz not null default kembali.now() + interval '5 minutes'
);
create table throttle (
  -- A hash in hex: no list of names or addresses.
  key       text primary key,
  failures  integer not null default 0,
  open_at   timestamptz not null,
  forget_at timestamptz not null
);

alter table password_credential enable row level security;
alter table password_credential force row level security;
alter table totp_credential enable row level security;
alter table totp_credential force row level security;
alter table passkey enable row level security;
alter table passkey force row level security;
alter table challenge enable row level security;
alter table challenge force row level security;
alter table throttle enable row level security;
alter table throttle force row level security;
create policy password_credential_owner on password_credential to k_owner using (true) with check (true);
create policy totp_credential_owner on totp_credential to k_owner using (true) with check (true);
create policy passkey_owner on passkey to k_owner using (true) with check (true);
create policy challenge_owner on challenge to k_owner using (true) with check (true);
create policy throttle_owner on throttle to k_owner using (true) with check (true);
create policy passkey_own on passkey for select to k_app using (person_id = (select kembali.actor()));
grant select (id, person_id, transports, backed_up, made_at, used_at) on passkey to k_app;

-- Everybody takes a turn before a password is looked at, so that a hundred guesses at once count a hundred times.
-- Answers the seconds to wait, 0 when this is a turn; a person who then proves right gives it back.
create function kembali.throttle_take(of_keys text[], of_free integer[], of_cap integer[], of_forget integer[])
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

-- The account's own doors open again; the address and the whole server only take back this one turn, or else one
-- valid account would buy an address any number of guesses.
create function kembali.throttle_right(of_own text[], of_shared text[]) returns void
language sql security definer set search_path = '' as $$
  delete from public.throttle where key = any (of_own);
  update public.throttle set failures = greatest(failures - 1, 0), open_at = kembali.now() where key = any (of_shared);
$$;

create function kembali.challenge_put(of_id uuid, of_value text, of_purpose text, of_about uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  delete from public.challenge where ends_at <= kembali.now();
  -- Anybody may ask for one: a flood ends here and not in a full disk.
  if (select count(*) from public.challenge) >= 5000 then return false; end if;
  insert into public.challenge (id, value, purpose, about) values (of_id, of_value, of_purpose, of_about);
  return true;
end $$;
create function kembali.challenge_take(of_id uuid, of_purpose text, of_about uuid) returns text
language sql security definer set search_path = '' as $$
  delete from public.challenge where id = of_id and purpose = of_purpose and about is not distinct from of_about
    and ends_at > kembali.now() returning value
$$;

-- One row for every name, known or not, so that both take the same road. Sensitive roles have no password door.
create function kembali.password_facts(of_login text) returns table (
  person_id uuid, hash text, epoch text, wrapped bytea, last_step bigint, moment timestamptz
) language sql stable security definer set search_path = '' as $$
  select k.person_id, k.hash, k.epoch, k.wrapped, k.last_step, kembali.now()
    from (values (1)) as one(row) left join (
      select p.person_id, p.hash, t.epoch, t.wrapped, t.last_step
        from public.app_user u join public.password_credential p on p.person_id = u.id
        join public.totp_credential t on t.person_id = u.id
       where u.login = of_login and u.ended_at is null and u.disabled_at is null and not kembali.is_sensitive(u.role)) k on true
$$;
-- Takes a code's step; false when this code, or a later one, was taken already.
create function kembali.totp_take(of_person uuid, of_step bigint) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  update public.totp_credential set last_step = of_step where person_id = of_person and last_step < of_step;
  return found;
end $$;
create function kembali.password_rehash(of_person uuid, of_before text, of_hash text) returns void
language sql security definer set search_path = '' as $$
  update public.password_credential set hash = of_hash where person_id = of_person and hash = of_before
$$;

create function kembali.passkey_facts(of_id text) returns table (
  person_id uuid, public_key bytea, counter bigint, transports text[]
) language sql stable security definer set search_path = '' as $$
  select k.person_id, k.public_key, k.counter, k.transports from public.passkey k join public.app_user u on u.id = k.person_id
   where k.id = of_id and u.ended_at is null and u.disabled_at is null
$$;
-- A counter that does not move on is a copied key: refused, also when two use it in the same moment.
create function kembali.passkey_used(of_id text, of_counter bigint) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  update public.passkey set counter = of_counter, used_at = kembali.now()
   where id = of_id and (counter < of_counter or (counter = 0 and of_counter = 0));
  return found;
end $$;

-- Starts a session for a person who has proved who she is; the fourth one ends the oldest (security.md 4).
-- False: this account is closed, or its role needs another key.
drop function kembali.session_start(uuid, bytea, text);
create function kembali.session_start(
  of_person uuid, of_hash bytea, of_strength text, of_shared boolean, of_browser text, of_system text
) returns boolean language plpgsql security definer set search_path = '' as $$
begin
  if of_strength = 'demo' and not exists (select from public.deployment where mode = 'demo') then
    raise exception 'one-click sign-in exists in the demo only' using errcode = '42501';
  end if;
  update public.app_user set active_at = kembali.now(), enrolled_at = coalesce(enrolled_at, kembali.now())
   where id = of_person and ended_at is null and disabled_at is null
     and (of_strength <> 'password_totp' or not kembali.is_sensitive(role));
  if not found then return false; end if;
  insert into public.session (token_hash, person_id, strength, idle, browser, system)
  values (of_hash, of_person, of_strength, case when of_shared then interval '5 minutes' else interval '15 minutes' end, of_browser, of_system);
  update public.session s set ended_at = kembali.now()
   where s.person_id = of_person and s.ended_at is null and s.token_hash not in (
     select token_hash from public.session where person_id = of_person and ended_at is null order by made_at desc, token_hash limit 3);
  return true;
end $$;

create function kembali.my_token() returns bytea language sql stable set search_path = '' as $$
  select pg_catalog.sha256(pg_catalog.convert_to(pg_catalog.current_setting('kembali.sid', true), 'UTF8'))
$$;
-- Proving it again gives a new token; the old one is dead. The day's end stays where it was.
create function kembali.session_renew(of_hash bytea, of_strength text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if kembali.actor() is null then raise exception 'nobody is signed in' using errcode = '42501'; end if;
  insert into public.session (token_hash, person_id, device_id, strength, idle, ends_at, browser, system)
  select of_hash, person_id, device_id, of_strength, idle, ends_at, browser, system from public.session where token_hash = kembali.my_token();
  update public.session set ended_at = kembali.now() where token_hash = kembali.my_token();
end $$;
create function kembali.my_sessions() returns table (
  id uuid, strength text, browser text, system text, made_at timestamptz, last_seen_at timestamptz, ends_at timestamptz, here boolean
) language sql stable security definer set search_path = '' as $$
  select id, strength, browser, system, made_at, last_seen_at, ends_at, token_hash = kembali.my_token() from public.session
   where person_id = kembali.actor() and ended_at is null and ends_at > kembali.now() and last_seen_at + idle > kembali.now()
   order by made_at desc
$$;
create function kembali.my_session_end(of_id uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  update public.session set ended_at = kembali.now() where id = of_id and person_id = kembali.actor() and ended_at is null;
  return found;
end $$;

-- Whether the asking person has proved who she is within five minutes (step-up).
create function kembali.is_fresh() returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from public.session where token_hash = kembali.my_token() and person_id = kembali.actor()
    and proved_at > kembali.now() - interval '5 minutes')
$$;
create function kembali.my_passkey_add(of_id text, of_key bytea, of_counter bigint, of_transports text[], of_backed_up boolean, of_request text)
returns text language plpgsql security definer set search_path = '' as $$
begin
  if not kembali.is_fresh() then return 'step_up'; end if;
  if (select count(*) from public.passkey where person_id = kembali.actor()) >= 10 then return 'too_many'; end if;
  insert into public.passkey (id, person_id, public_key, counter, transports, backed_up)
  values (of_id, kembali.actor(), of_key, of_counter, of_transports, of_backed_up) on conflict do nothing;
  if not found then return 'known_already'; end if;
  perform kembali.people_changed('add_passkey', kembali.actor(), null, null, null, of_request);
  return 'done';
end $$;
-- The last way in is not thrown away: without a password it is the only one.
create function kembali.my_passkey_remove(of_id text, of_request text) returns text
language plpgsql security definer set search_path = '' as $$
begin
  if not kembali.is_fresh() then return 'step_up'; end if;
  perform from public.passkey where person_id = kembali.actor() for update;
  if (select count(*) from public.passkey where person_id = kembali.actor()) < 2
     and not exists (select from public.password_credential where person_id = kembali.actor()) then return 'last_one'; end if;
  delete from public.passkey where id = of_id and person_id = kembali.actor();
  if not found then return 'not_found'; end if;
  perform kembali.people_changed('remove_passkey', kembali.actor(), null, null, null, of_request);
  return 'done';
end $$;

-- Somebody who knows the person stands beside her and holds a number; the link comes from somebody else. Only with
-- both can a key be enrolled, so that nobody can be made, or become, another person alone.
create table vouch (
  id         uuid primary key,
  person_id  uuid not null references app_user,
  voucher_id uuid not null references app_user,
  code_mac   bytea not null,
  made_at    timestamptz not null default kembali.now(),
  opens_at   timestamptz not null,
  ends_at    timestamptz not null,
  stopped_at timestamptz,
  used_at    timestamptz,
  check (person_id <> voucher_id)
);
create index vouch_person on vouch (person_id);
create table invitation (
  id           uuid primary key,
  -- Null only for the first administrator, who says herself who she is.
  person_id    uuid references app_user,
  token_hash   bytea not null unique,
  vouch_id     uuid references vouch,
  made_by      uuid references app_user,
  made_at      timestamptz not null default kembali.now(),
  ends_at      timestamptz not null,
  tries        integer not null default 0,
  used_at      timestamptz,
  stopped_at   timestamptz,
  totp_epoch   text,
  totp_wrapped bytea
);
create index invitation_person on invitation (person_id);
alter table vouch enable row level security;
alter table vouch force row level security;
alter table invitation enable row level security;
alter table invitation force row level security;
create policy vouch_owner on vouch to k_owner using (true) with check (true);
create policy invitation_owner on invitation to k_owner using (true) with check (true);
create policy vouch_read on vouch for select to k_app using (
  (select kembali.actor()) in (person_id, voucher_id) or (select kembali.actor_role()) in ('admin', 'dpo'));
create policy invitation_read on invitation for select to k_app using ((select kembali.actor_role()) in ('admin', 'dpo'));
-- Never the hash of a link or the code of a vouch.
grant select (id, person_id, voucher_id, made_at, opens_at, ends_at, stopped_at, used_at) on vouch to k_app;
grant select (id, person_id, made_by, made_at, ends_at, used_at, stopped_at) on invitation to k_app;

create function kembali.vouch_make(of_id uuid, of_person uuid, of_code bytea, of_request text) returns text
language plpgsql security definer set search_path = '' as $$
declare
  problem text := kembali.act_problem(array['supervisor', 'dpo', 'admin']);
  moment timestamptz := kembali.now();
  opens timestamptz;
  who record;
begin
  if problem is not null then return problem; end if;
  if of_person = kembali.actor() then return 'not_oneself'; end if;
  select role, org_id, enrolled_at into who from public.app_user where id = of_person and ended_at is null for update;
  if not found then return 'not_found'; end if;
  -- A supervisor vouches for people of her own office; for who opens doors to others an administrator or the DPO does.
  if kembali.actor_role() = 'supervisor' then
    if who.org_id <> kembali.actor_org() then return 'not_found'; end if;
    if kembali.is_sensitive(who.role) then return 'needs_administrator'; end if;
  end if;
  -- Who could open doors hears of it a day before, on every device, and can stop it.
  opens := moment + case when who.enrolled_at is not null and kembali.is_sensitive(who.role) then interval '24 hours' else interval '0' end;
  perform kembali.vouches_void(of_person);
  insert into public.vouch (id, person_id, voucher_id, code_mac, opens_at, ends_at)
  values (of_id, of_person, kembali.actor(), of_code, opens, opens + interval '24 hours');
  perform kembali.people_changed('vouch', of_person, who.org_id, null, null, of_request);
  return 'done';
end $$;
-- Stopped by the person herself, who may know that it is not she who asks, by who vouched, or by an administrator.
create function kembali.vouch_stop(of_id uuid, of_request text) returns text
language plpgsql security definer set search_path = '' as $$
declare of_person uuid;
begin
  select person_id into of_person from public.vouch where id = of_id and used_at is null and stopped_at is null
    and (kembali.actor() in (person_id, voucher_id) or kembali.actor_role() in ('admin', 'dpo'));
  if not found then return 'not_found'; end if;
  perform kembali.vouches_void(of_person);
  perform kembali.people_changed('stop_vouch', of_person, null, null, null, of_request);
  return 'done';
end $$;

-- A one-time link for 15 minutes. In set-up the first administrator gives it alone; from then on never to a person she
-- vouched for herself.
create function kembali.invitation_make(of_id uuid, of_person uuid, of_token bytea, of_request text) returns text
language plpgsql security definer set search_path = '' as $$
declare
  problem text := kembali.act_problem(array['dpo', 'admin']);
  moment timestamptz := kembali.now();
  v record;
  of_vouch uuid;
begin
  if problem is not null then return problem; end if;
  if of_person = kembali.actor() then return 'not_oneself'; end if;
  perform from public.app_user where id = of_person and ended_at is null for update;
  if not found then return 'not_found'; end if;
  if not kembali.in_set_up() then
    select id, voucher_id, opens_at into v from public.vouch
     where person_id = of_person and used_at is null and stopped_at is null and ends_at > moment;
    if not found then return 'needs_vouch'; end if;
    if v.voucher_id = kembali.actor() then return 'needs_another_person'; end if;
    if v.opens_at > moment then return 'too_early'; end if;
    of_vouch := v.id;
  end if;
  update public.invitation set stopped_at = moment where person_id = of_person and used_at is null and stopped_at is null;
  insert into public.invitation (id, person_id, token_hash, vouch_id, made_by, ends_at)
  values (of_id, of_person, of_token, of_vouch, kembali.actor(), moment + interval '15 minutes');
  perform kembali.people_changed('give_link', of_person, null, null, null, of_request);
  return 'done';
end $$;

-- Who a link is for; no row when it is used, over, or never was.
create function kembali.invitation_facts(of_token bytea) returns table (
  id uuid, vouch_id uuid, person_id uuid, name text, login text, role text, language text, passkey_only boolean,
  totp_epoch text, totp_wrapped bytea, moment timestamptz
) language sql stable security definer set search_path = '' as $$
  select i.id, i.vouch_id, u.id, u.name, u.login, u.role, u.language, coalesce(kembali.is_sensitive(u.role), true),
         i.totp_epoch, i.totp_wrapped, kembali.now()
    from public.invitation i left join public.app_user u on u.id = i.person_id
    left join public.vouch v on v.id = i.vouch_id
   where i.token_hash = of_token and i.used_at is null and i.stopped_at is null and i.ends_at > kembali.now() and i.tries < 5
     and u.ended_at is null and v.stopped_at is null and v.used_at is null
$$;
-- Link and number together: the invitation they open, or null. Five wrong numbers and the link is dead.
create function kembali.invitation_open(of_token bytea, of_code bytea) returns uuid
language plpgsql security definer set search_path = '' as $$
declare i record;
begin
  select id, vouch_id into i from kembali.invitation_facts(of_token);
  if not found then return null; end if;
  perform from public.invitation where id = i.id and tries < 5 for update;
  if not found then return null; end if;
  if i.vouch_id is not null and not exists (select from public.vouch where id = i.vouch_id and code_mac = of_code) then
    update public.invitation set tries = tries + 1 where id = i.id;
    return null;
  end if;
  return i.id;
end $$;

-- The first administrator says who she is and for which office; only into a deployment that has nobody yet.
create function kembali.enrol_first(of_token bytea, of_person uuid, of_org uuid, of_name text, of_login text, of_language text,
  of_office text, of_sector text, of_request text) returns text
language plpgsql security definer set search_path = '' as $$
begin
  perform from public.invitation where token_hash = of_token and person_id is null for update;
  if not found or kembali.invitation_open(of_token, null) is null or not kembali.in_set_up() then return 'link_over'; end if;
  if not kembali.role_fits('admin', of_sector) then return 'firewall'; end if;
  insert into public.organisation (id, name, sector) values (of_org, of_office, of_sector);
  insert into public.app_user (id, org_id, sector, name, login, role, language)
  values (of_person, of_org, of_sector, of_name, of_login, 'admin', of_language);
  update public.invitation set person_id = of_person where token_hash = of_token;
  update public.deployment set first_admin = of_person where first_admin is null;
  perform kembali.people_changed('first_administrator', of_person, of_org, null, 'admin', of_request);
  return 'done';
end $$;

create function kembali.enrol_totp(of_token bytea, of_code bytea, of_epoch text, of_wrapped bytea) returns boolean
language plpgsql security definer set search_path = '' as $$
declare found_id uuid := kembali.invitation_open(of_token, of_code);
begin
  update public.invitation set totp_epoch = of_epoch, totp_wrapped = of_wrapped where id = found_id;
  return found;
end $$;

-- What was there before is gone with its sessions: who lost a key need not fear who found it.
create function kembali.enrol_done(of_invitation uuid, of_request text) returns uuid
language plpgsql security definer set search_path = '' as $$
declare of_person uuid;
begin
  update public.invitation set used_at = kembali.now(), totp_wrapped = null where id = of_invitation returning person_id into of_person;
  update public.vouch set used_at = kembali.now() where id = (select vouch_id from public.invitation where id = of_invitation);
  delete from public.password_credential where person_id = of_person;
  delete from public.totp_credential where person_id = of_person;
  delete from public.passkey where person_id = of_person;
  update public.session set ended_at = kembali.now() where person_id = of_person and ended_at is null;
  update public.app_user set enrolled_at = kembali.now(), active_at = kembali.now(), disabled_at = null where id = of_person;
  return of_person;
end $$;
create function kembali.enrol_password(of_token bytea, of_code bytea, of_hash text, of_step bigint, of_request text) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  found_id uuid := kembali.invitation_open(of_token, of_code);
  i record;
  of_person uuid;
begin
  select totp_epoch, totp_wrapped into i from public.invitation n join public.app_user u on u.id = n.person_id
   where n.id = found_id and n.totp_wrapped is not null and not kembali.is_sensitive(u.role);
  if not found then return null; end if;
  of_person := kembali.enrol_done(found_id, of_request);
  insert into public.password_credential (person_id, hash) values (of_person, of_hash);
  insert into public.totp_credential (person_id, epoch, wrapped, last_step) values (of_person, i.totp_epoch, i.totp_wrapped, of_step);
  perform kembali.people_changed('enrol_password', of_person, null, null, null, of_request);
  return of_person;
end $$;
create function kembali.enrol_passkey(of_token bytea, of_code bytea, of_id text, of_key bytea, of_counter bigint,
  of_transports text[], of_backed_up boolean, of_request text) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  found_id uuid := kembali.invitation_open(of_token, of_code);
  of_person uuid;
begin
  if not exists (select from public.invitation where id = found_id and person_id is not null) then return null; end if;
  of_person := kembali.enrol_done(found_id, of_request);
  insert into public.passkey (id, person_id, public_key, counter, transports, backed_up)
  values (of_id, of_person, of_key, of_counter, of_transports, of_backed_up);
  perform kembali.people_changed('enrol_passkey', of_person, null, null, null, of_request);
  perform kembali.end_set_up(of_request);
  return of_person;
end $$;

-- Once a day: what is over is forgotten, and an account nobody used for 45 days is put away. Never the last
-- administrator: there would be nobody left to open it again.
create function kembali.tidy_accounts() returns integer language plpgsql security definer set search_path = '' as $$
declare
  moment timestamptz := kembali.now();
  put_away integer;
begin
  delete from public.throttle where forget_at <= moment;
  delete from public.challenge where ends_at <= moment;
  delete from public.session where coalesce(ended_at, least(ends_at, last_seen_at + idle)) < moment - interval '90 days';
  if not exists (select from public.deployment where mode = 'production') then return 0; end if;
  update public.app_user u set disabled_at = moment
   where u.enrolled_at is not null and u.ended_at is null and u.disabled_at is null
     and greatest(u.active_at, u.enrolled_at, (select max(last_seen_at) from public.session where person_id = u.id)) < moment - interval '45 days'
     and (u.role <> 'admin' or exists (select from public.app_user a where a.role = 'admin' and a.id <> u.id
       and a.enrolled_at is not null and a.ended_at is null and a.disabled_at is null
       and greatest(a.active_at, a.enrolled_at) >= moment - interval '45 days'));
  get diagnostics put_away = row_count;
  update public.session s set ended_at = moment from public.app_user u
   where u.id = s.person_id and s.ended_at is null and u.disabled_at = moment;
  if put_away > 0 then
    perform kembali.audit_append('access.put_away_idle', null, null, null, null, 'done', put_away, 'job', null);
  end if;
  return put_away;
end $$;

grant execute on function
  kembali.in_set_up(), kembali.my_token(), kembali.is_fresh(), kembali.my_sessions(), kembali.my_session_end(uuid),
  kembali.vouch_make(uuid, uuid, bytea, text), kembali.vouch_stop(uuid, text), kembali.invitation_make(uuid, uuid, bytea, text),
  kembali.throttle_take(text[], integer[], integer[], integer[]), kembali.throttle_right(text[], text[]),
  kembali.challenge_put(uuid, text, text, uuid), kembali.challenge_take(uuid, text, uuid),
  kembali.password_facts(text), kembali.totp_take(uuid, bigint), kembali.password_rehash(uuid, text, text),
  kembali.passkey_facts(text), kembali.passkey_used(text, bigint),
  kembali.session_start(uuid, bytea, text, boolean, text, text), kembali.session_renew(bytea, text),
  kembali.my_passkey_add(text, bytea, bigint, text[], boolean, text), kembali.my_passkey_remove(text, text),
  kembali.invitation_facts(bytea),
  kembali.enrol_totp(bytea, bytea, text, bytea),
  kembali.enrol_first(bytea, uuid, uuid, text, text, text, text, text, text),
  kembali.enrol_password(bytea, bytea, text, bigint, text),
  kembali.enrol_passkey(bytea, bytea, text, bytea, bigint, text[], boolean, text),
  kembali.invitation_open(bytea, bytea) to k_app;
grant execute on function kembali.tidy_accounts() to k_clock;
