-- 0201_a_request_holds_the_file.sql: nothing of a file is erased while what its former child asked waits for an answer; what was due
-- meanwhile goes after it.
create function kembali.request_waits(of_case uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from public.later_request r where r.case_id = of_case
     and not exists (select from public.later_answer a where a.request_id = r.id))
$$;
revoke execute on function kembali.request_waits(uuid) from public;

-- As before (0081): a live hold, from the moment it is asked until its day, its end, or a second person's no.
create function kembali.hold_stands(of_case uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from public.legal_hold h where h.case_id = of_case and h.ended_at is null
     and h.until_on >= (kembali.now() at time zone 'UTC')::date
     and not exists (select from public.second_signature s join public.second_signature_answer a on a.signature_id = s.id
                      where s.about_id = h.id and a.decision = 'declined'))
$$;
revoke execute on function kembali.hold_stands(uuid) from public;
create or replace function kembali.is_held(of_case uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select kembali.hold_stands(of_case) or kembali.request_waits(of_case)
$$;

-- As before (0081), and asked once more behind the lock: a request that came in between is not overtaken.
create or replace function kembali.erase_due(at_most integer) returns table (erased_case uuid, erased_class text, whole boolean)
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
    continue when kembali.is_held(r.case_id);
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

-- As before (0081), with whether an answer is waited for; who asked and what is not there.
drop function kembali.retention_queue();
create function kembali.retention_queue() returns table (
  ref text, office text, class text, ends_on date, warned_at timestamptz, held_until date, hold_signed boolean, request_waits boolean
) language sql stable security definer set search_path = '' as $$
  select pg_catalog.left(pg_catalog.encode(kembali.case_hash(k.case_id), 'hex'), 8), o.name, k.class, k.ends_on, k.warned_at,
         h.until_on, h.signed, kembali.request_waits(k.case_id)
    from public.retention_clock k join public.child_case c on c.id = k.case_id join public.organisation o on o.id = c.org_id
    left join lateral (
      select max(l.until_on) as until_on, pg_catalog.bool_or(exists (
               select from public.second_signature s join public.second_signature_answer a on a.signature_id = s.id
                where s.about_id = l.id and a.decision = 'signed')) as signed
        from public.legal_hold l where l.case_id = k.case_id and l.ended_at is null and kembali.hold_stands(k.case_id)) h on true
   where kembali.actor_role() = 'dpo' and k.erased_at is null and (k.warned_at is not null or h.until_on is not null)
   order by k.ends_on, k.case_id, k.class limit 500
$$;
revoke execute on function kembali.retention_queue() from public;
grant execute on function kembali.retention_queue() to k_app;
