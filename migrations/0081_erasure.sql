-- 0081_erasure.sql: holds of erasure, warnings before it, and erasure itself: the keys of a class go, and with them what
-- they locked, in the database and, once its epoch key is destroyed, in every copy of it (security.md 2.4 and 7.1).

-- Why something is kept beyond its day: a named instrument, two persons, at most 180 days (part `services`, which the child's
-- lawyer reads; the data protection officer sees that there is one, and no word of it).
create table legal_hold (
  id       uuid primary key,
  case_id  uuid not null references child_case,
  op_id    uuid not null,
  asked_by uuid not null references app_user,
  asked_at timestamptz not null,
  until_on date not null,
  ended_at timestamptz,
  ended_by uuid references app_user,
  body     bytea not null,
  check ((ended_at is null) = (ended_by is null))
);
create index legal_hold_case on legal_hold (case_id) where ended_at is null;
alter table legal_hold enable row level security;
alter table legal_hold force row level security;
create policy legal_hold_owner on legal_hold to k_owner using (true) with check (true);
create policy legal_hold_read on legal_hold for select to k_app using (exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = legal_hold.case_id
     and a.part = 'services' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
create policy legal_hold_make on legal_hold for insert to k_app with check (
  asked_by = (select kembali.actor()) and ended_at is null and exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = legal_hold.case_id and a.part = 'services'
     and a.level = 'write' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
create policy legal_hold_end on legal_hold for update to k_app using (exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = legal_hold.case_id and a.part = 'case'
     and a.level = 'write' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])))
  with check (ended_by = (select kembali.actor()));
grant select, insert on legal_hold to k_app;
grant update (ended_at, ended_by) on legal_hold to k_app;

-- Whether a live hold stands on a case: from the moment it is asked, until its day, its end, or a second person's no.
create function kembali.is_held(of_case uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from public.legal_hold h where h.case_id = of_case and h.ended_at is null
     and h.until_on >= (kembali.now() at time zone 'UTC')::date
     and not exists (select from public.second_signature s join public.second_signature_answer a on a.signature_id = s.id
                      where s.about_id = h.id and a.decision = 'declined'))
$$;

-- What the words on a child's paper are compared with, sealed: the words themselves are on that paper only.
create table return_code (
  id      uuid primary key,
  case_id uuid not null references child_case,
  op_id   uuid not null,
  made_at timestamptz not null,
  body    bytea not null
);
create index return_code_case on return_code (case_id, made_at);
alter table return_code enable row level security;
alter table return_code force row level security;
create policy return_code_owner on return_code to k_owner using (true) with check (true);
create policy return_code_read on return_code for select to k_app using (exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = return_code.case_id
     and a.part = 'services' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
create policy return_code_make on return_code for insert to k_app with check (exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = return_code.case_id and a.part = 'services'
     and a.level = 'write' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
grant select, insert on return_code to k_app;

-- The ledger of erasures: a hash of the case's id and nothing else of it. A restored copy is held against it.
create table erasure (
  id         uuid primary key default gen_random_uuid(),
  case_hash  bytea not null check (length(case_hash) = 32),
  class      text not null,
  whole      boolean not null,
  erased_at  timestamptz not null default kembali.now()
);
alter table erasure enable row level security;
alter table erasure force row level security;
create policy erasure_owner on erasure to k_owner using (true) with check (true);
create policy erasure_backup on erasure for select to k_backup using (true);

create function kembali.case_hash(of_case uuid) returns bytea language sql immutable set search_path = '' as $$
  select pg_catalog.sha256(pg_catalog.convert_to('kembali/case/1|' || of_case::text, 'UTF8'))
$$;

-- What must be deleted for a part of a case to be gone: a table belongs to the part its own read policy asks for, or says
-- its part row by row. Nobody keeps a list that a new table could be missing from.
create function kembali.tables_of(of_parts text[]) returns table (name text, by_row boolean)
language sql stable security definer set search_path = '' as $$
  select c.relname::text, false
    from pg_catalog.pg_class c
   where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
     and exists (select from pg_catalog.pg_attribute a where a.attrelid = c.oid and a.attname = 'case_id' and not a.attisdropped)
     and exists (select from pg_catalog.pg_policy p
                  cross join lateral pg_catalog.regexp_matches(pg_catalog.pg_get_expr(p.polqual, p.polrelid), 'part = ''(\w+)''', 'g') as m (found)
                  where p.polrelid = c.oid and p.polcmd in ('r', '*')
                    and (select r.oid from pg_catalog.pg_roles r where r.rolname = 'k_app') = any (p.polroles)
                    and m.found[1] = any (of_parts) and m.found[1] <> 'case')
  union all
  select c.relname::text, true
    from pg_catalog.pg_class c
   where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
     and c.relname not in ('op_log', 'access', 'sharing_grant')
     and 2 = (select count(*) from pg_catalog.pg_attribute a where a.attrelid = c.oid and a.attname in ('case_id', 'part') and not a.attisdropped)
$$;

-- Deletes in whatever order the references allow; what another part still names is a fault and undoes everything.
create function kembali.delete_all(statements text[], of_case uuid, of_parts text[]) returns void
language plpgsql security definer set search_path = '' as $$
declare
  one text;
  rest text[];
  todo text[] := statements;
begin
  while pg_catalog.cardinality(todo) > 0 loop
    rest := '{}';
    foreach one in array todo loop
      begin
        execute one using of_case, of_parts;
      exception when foreign_key_violation then
        rest := rest || one;
      end;
    end loop;
    if pg_catalog.cardinality(rest) = pg_catalog.cardinality(todo) then
      raise exception 'what is erased is still named elsewhere: %', rest;
    end if;
    todo := rest;
  end loop;
end $$;

-- An operation stays so that it cannot take effect twice: who sent one and when, and nothing of whom it was about.
create function kembali.forget_operations(of_case uuid, of_parts text[]) returns void
language sql security definer set search_path = '' as $$
  update public.op_log set case_id = null, part = null, row_id = null, clear = null, body = null,
         answer = pg_catalog.jsonb_build_object('opId', op_id, 'answer', 'not_allowed')
   where case_id = of_case and (of_parts is null or part = any (of_parts))
$$;

create function kembali.erase_parts(of_case uuid, of_parts text[]) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform kembali.delete_all(
    array(select pg_catalog.format('delete from public.%I where case_id = $1 and %s', t.name,
                 case when t.by_row then 'part = any ($2)' else '$2 is not null' end) from kembali.tables_of(of_parts) t),
    of_case, of_parts);
  if 'identity' = any (of_parts) then
    delete from public.match_index where case_id = of_case;
    delete from public.match_request where case_id = of_case;
  end if;
  perform kembali.forget_operations(of_case, of_parts);
end $$;

-- Nothing of a case is left: its row, its rights, its keys. Only the hash in the ledger of erasures knows that it was.
create function kembali.erase_case(of_case uuid) returns void language plpgsql security definer set search_path = '' as $$
begin
  perform kembali.forget_operations(of_case, null);
  perform kembali.delete_all(
    array(select pg_catalog.format('delete from public.%I where case_id = $1 and $2 is null', c.relname)
            from pg_catalog.pg_class c
           where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname not in ('op_log', 'access')
             and exists (select from pg_catalog.pg_attribute a where a.attrelid = c.oid and a.attname = 'case_id' and not a.attisdropped)),
    of_case, null);
  delete from public.child_case where id = of_case;
  delete from public.access where case_id = of_case;
end $$;

-- Warns whoever answers for a file of what will be erased soon, once; answers how many clocks.
create function kembali.warn_of_erasure(before interval) returns integer language plpgsql security definer set search_path = '' as $$
declare warned integer;
begin
  with due as (
    update public.retention_clock r set warned_at = kembali.now()
     where r.erased_at is null and r.warned_at is null
       and r.ends_on <= ((kembali.now() + before) at time zone 'UTC')::date
    returning r.case_id, r.class, r.starts_at, r.ends_on
  ), told as (
    insert into public.notice (person_id, case_id, about, stage, due_at)
    select distinct t.person_id, d.case_id, 'retention|' || d.class || '|' || d.case_id || '|' || d.starts_at, 'due_soon', d.ends_on::timestamptz
      from due d join public.child_case c on c.id = d.case_id
      join public.team_member t on t.team_id = c.team_id and t.supervises and t.ended_at is null
    on conflict do nothing
  ) select count(*)::integer from due into warned;
  return warned;
end $$;

-- Erases what is due and not held, a class at a time and each exactly once. Nobody's file goes without two weeks' warning,
-- also where a hold has just ended. A case that somebody is working on in this moment waits for the next run.
create function kembali.erase_due(at_most integer) returns table (erased_case uuid, erased_class text, whole boolean)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare r record;
begin
  for r in select k.case_id, k.class, k.starts_at, k.parts from public.retention_clock k
            where k.erased_at is null and k.ends_on <= (kembali.now() at time zone 'UTC')::date
              and k.warned_at <= kembali.now() - interval '14 days' and not kembali.is_held(k.case_id)
            order by k.ends_on, k.case_id, k.class limit at_most for update skip locked loop
    -- The gate's own lock: no operation reaches the case while its keys go.
    continue when not pg_catalog.pg_try_advisory_xact_lock(pg_catalog.hashtextextended(r.case_id::text, 7046));
    perform kembali.erase_parts(r.case_id, r.parts);
    update public.retention_clock k set erased_at = kembali.now()
     where k.case_id = r.case_id and k.class = r.class and k.starts_at = r.starts_at;
    whole := not exists (select from public.retention_clock k where k.case_id = r.case_id and k.erased_at is null);
    insert into public.erasure (case_hash, class, whole) values (kembali.case_hash(r.case_id), r.class, whole);
    if whole then perform kembali.erase_case(r.case_id); end if;
    erased_case := r.case_id;
    erased_class := r.class;
    return next;
  end loop;
end $$;
grant execute on function kembali.warn_of_erasure(interval), kembali.erase_due(integer) to k_clock;

-- What the data protection officer sees (E11): a reference, an office, a class, days. No alias, no file.
create function kembali.retention_queue() returns table (
  ref text, office text, class text, ends_on date, warned_at timestamptz, held_until date, hold_signed boolean
) language sql stable security definer set search_path = '' as $$
  select pg_catalog.left(pg_catalog.encode(kembali.case_hash(k.case_id), 'hex'), 8), o.name, k.class, k.ends_on, k.warned_at,
         h.until_on, h.signed
    from public.retention_clock k join public.child_case c on c.id = k.case_id join public.organisation o on o.id = c.org_id
    left join lateral (
      select max(l.until_on) as until_on, pg_catalog.bool_or(exists (
               select from public.second_signature s join public.second_signature_answer a on a.signature_id = s.id
                where s.about_id = l.id and a.decision = 'signed')) as signed
        from public.legal_hold l where l.case_id = k.case_id and l.ended_at is null and kembali.is_held(k.case_id)) h on true
   where kembali.actor_role() = 'dpo' and k.erased_at is null and (k.warned_at is not null or h.until_on is not null)
   order by k.ends_on, k.case_id, k.class limit 500
$$;
create function kembali.erasures() returns table (ref text, class text, whole boolean, erased_at timestamptz)
language sql stable security definer set search_path = '' as $$
  select pg_catalog.left(pg_catalog.encode(e.case_hash, 'hex'), 8), e.class, e.whole, e.erased_at
    from public.erasure e where kembali.actor_role() = 'dpo' order by e.erased_at desc, e.id limit 200
$$;
grant execute on function kembali.retention_queue(), kembali.erasures(), kembali.is_held(uuid), kembali.case_hash(uuid) to k_app;
