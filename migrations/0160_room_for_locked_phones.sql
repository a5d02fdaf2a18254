-- 0160_room_for_locked_phones.sql: what waits sealed for its writers has a bound for each person, for each of her phones, so that a
-- lost one leaves room for the other, and for all together, so that many phones do not fill the disk of a district's server.
create function kembali.jotting_bounds() returns table (of_person bigint, of_phone bigint, of_all bigint) language sql immutable as $$
  select 96 * 1048576::bigint, 64 * 1048576::bigint, 2048 * 1048576::bigint
$$;
revoke execute on function kembali.jotting_bounds() from public;

-- As before (0149) otherwise. `no_room`: of all phones together too much waits; the phone keeps it and tries again.
create or replace function kembali.jotting_put(of_device uuid, of_id uuid, of_place integer, of_count integer, of_sealed bytea) returns text
language plpgsql security definer set search_path = '' as $$
declare
  whose uuid;
  there public.jotting;
  before bytea;
  whole integer;
  of_this integer;
  unfinished integer;
  bytes bigint;
  here bigint;
  bounds record;
begin
  select d.person_id into whose from public.jotting_device d where d.device = of_device;
  if whose is null then return 'unknown'; end if;
  perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(whose::text, 7140));
  select * into there from public.jotting j where j.id = of_id;
  if there.id is null and of_place > 0 then return 'begin'; end if;
  if there.id is not null then
    if there.person_id <> whose or there.device <> of_device or there.pieces <> of_count then return 'other'; end if;
    if there.ended_at is not null then return 'ended'; end if;
  end if;
  select p.sealed into before from public.jotting_piece p where p.jotting_id = of_id and p.place = of_place;
  if before is not null then return case when before = of_sealed then 'kept' else 'other' end; end if;
  select * into bounds from kembali.jotting_bounds();
  select coalesce(sum(pg_catalog.octet_length(p.sealed)), 0), coalesce(sum(pg_catalog.octet_length(p.sealed)) filter (where j.device = of_device), 0)
    into bytes, here from public.jotting_piece p join public.jotting j on j.id = p.jotting_id where p.person_id = whose;
  if bytes + pg_catalog.octet_length(of_sealed) > bounds.of_person or here + pg_catalog.octet_length(of_sealed) > bounds.of_phone
  then return 'full'; end if;
  select coalesce(sum(pg_catalog.octet_length(p.sealed)), 0) into bytes from public.jotting_piece p;
  if bytes + pg_catalog.octet_length(of_sealed) > bounds.of_all then return 'no_room'; end if;
  if there.id is null then
    select count(*) filter (where w.came = w.pieces), count(*) filter (where w.device = of_device),
           count(*) filter (where w.device = of_device and w.came < w.pieces)
      into whole, of_this, unfinished
      from (select j.device, j.pieces, (select count(*) from public.jotting_piece p where p.jotting_id = j.id) as came
              from public.jotting j where j.person_id = whose and j.ended_at is null) w;
    if whole >= 50 or of_this >= 25 or (of_count > 1 and unfinished >= 5) then return 'full'; end if;
    -- What she has dealt with counts as well: one phone cannot make a row a second.
    if (select count(*) from public.jotting j where j.device = of_device and j.begun_at > kembali.now() - interval '1 day') >= 200
    then return 'full'; end if;
    insert into public.jotting (id, person_id, device, pieces) values (of_id, whose, of_device, of_count);
  end if;
  insert into public.jotting_piece (jotting_id, person_id, place, sealed) values (of_id, whose, of_place, of_sealed);
  return 'kept';
end $$;
