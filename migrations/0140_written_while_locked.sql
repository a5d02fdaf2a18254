-- 0140_written_while_locked.sql: what a worker writes down without unlocking her phone (decision 0044). It is sealed on the
-- phone to this server's key and waits here, unopened, until she herself has signed in and says whose it is. No row names a
-- child or a case: nobody knows yet, and a clerk of this database must not either.

-- A phone that was set up, by the key of its browser: it names nobody when it sends, and a stranger's phone is not heard.
create table jotting_device (
  device     uuid primary key,
  person_id  uuid not null references app_user,
  device_key bytea not null check (octet_length(device_key) = 65),
  met_at     timestamptz not null default kembali.now()
);

create table jotting (
  id        uuid primary key,
  person_id uuid not null references app_user,
  device    uuid not null,
  pieces    smallint not null check (pieces between 1 and 64),
  begun_at  timestamptz not null default kembali.now(),
  ended_at  timestamptz,
  -- What stays for two months, so that a phone that sends it once more is told that it is over.
  outcome   text check (outcome in ('kept', 'thrown_away', 'term_over')),
  check ((ended_at is null) = (outcome is null))
);
create index jotting_of on jotting (person_id) where ended_at is null;

create table jotting_piece (
  jotting_id uuid not null references jotting on delete cascade,
  person_id  uuid not null references app_user,
  place      smallint not null check (place between 0 and 63),
  sealed     bytea not null check (octet_length(sealed) between 98 and 140000),
  primary key (jotting_id, place)
);

do $$
declare name text;
begin
  foreach name in array array['jotting_device', 'jotting', 'jotting_piece'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy %I on %I to k_owner using (true) with check (true)', name || '_owner', name);
    execute format('create policy %I on %I to k_app using (person_id = (select kembali.actor())) with check (person_id = (select kembali.actor()))', name || '_own', name);
    execute format('grant select on %I to k_app', name);
  end loop;
end $$;
grant update (ended_at, outcome) on jotting to k_app;
grant delete on jotting_piece to k_app;

-- Makes this browser known as the phone of whoever has signed in in it; false where it keeps no key, or is somebody else's.
create function kembali.jotting_know(of_device uuid) returns boolean language plpgsql security definer set search_path = '' as $$
declare
  me uuid := kembali.actor();
  key bytea := kembali.my_device_key();
begin
  if me is null or key is null then return false; end if;
  insert into public.jotting_device as d (device, person_id, device_key) values (of_device, me, key)
  on conflict (device) do update set device_key = excluded.device_key, met_at = kembali.now() where d.person_id = me;
  return found;
end $$;

-- The key by which a phone proves that it is the one that was set up; none two months after it was last here, or when its
-- owner does not work here any more.
create function kembali.jotting_key(of_device uuid) returns bytea language sql stable security definer set search_path = '' as $$
  select d.device_key from public.jotting_device d join public.app_user u on u.id = d.person_id
   where d.device = of_device and d.met_at > kembali.now() - interval '60 days' and u.ended_at is null and u.disabled_at is null
$$;

-- Keeps one piece. `ended`: she has dealt with it already. `other`: something else lies under this id. `full`: more waits than
-- one person can look through; a phone keeps the rest until she has.
create function kembali.jotting_put(of_device uuid, of_id uuid, of_place integer, of_count integer, of_sealed bytea) returns text
language plpgsql security definer set search_path = '' as $$
declare
  whose uuid;
  there public.jotting;
  before bytea;
  waiting integer;
  bytes bigint;
begin
  select d.person_id into whose from public.jotting_device d where d.device = of_device;
  if whose is null then return 'unknown'; end if;
  perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(whose::text, 7140));
  select * into there from public.jotting j where j.id = of_id;
  if there.id is not null then
    if there.person_id <> whose or there.device <> of_device or there.pieces <> of_count then return 'other'; end if;
    if there.ended_at is not null then return 'ended'; end if;
  end if;
  select p.sealed into before from public.jotting_piece p where p.jotting_id = of_id and p.place = of_place;
  if before is not null then return case when before = of_sealed then 'kept' else 'other' end; end if;
  select count(*) into waiting from public.jotting j where j.person_id = whose and j.ended_at is null;
  select coalesce(sum(pg_catalog.octet_length(p.sealed)), 0) into bytes from public.jotting_piece p where p.person_id = whose;
  if (there.id is null and waiting >= 50) or bytes + pg_catalog.octet_length(of_sealed) > 100663296 then return 'full'; end if;
  -- What she has dealt with counts as well: one phone cannot make a row a second.
  if there.id is null and (select count(*) from public.jotting j where j.device = of_device and j.begun_at > kembali.now() - interval '1 day') >= 200
  then return 'full'; end if;
  if there.id is null then
    insert into public.jotting (id, person_id, device, pieces) values (of_id, whose, of_device, of_count);
  end if;
  insert into public.jotting_piece (jotting_id, person_id, place, sealed) values (of_id, whose, of_place, of_sealed);
  return 'kept';
end $$;

-- Once a day: what nobody has confirmed within 30 days is erased, and what is left of anything goes two months later.
create function kembali.jottings_over() returns integer language plpgsql security definer set search_path = '' as $$
declare
  moment timestamptz := kembali.now();
  over integer;
begin
  update public.jotting set ended_at = moment, outcome = 'term_over' where ended_at is null and begun_at < moment - interval '30 days';
  get diagnostics over = row_count;
  delete from public.jotting_piece p using public.jotting j where j.id = p.jotting_id and j.ended_at is not null;
  delete from public.jotting where ended_at < moment - interval '60 days';
  delete from public.jotting_device where met_at < moment - interval '60 days';
  return over;
end $$;
grant execute on function kembali.jotting_know(uuid), kembali.jotting_key(uuid),
  kembali.jotting_put(uuid, uuid, integer, integer, bytea) to k_app;
grant execute on function kembali.jottings_over() to k_clock;
