-- 0150_asked_together.sql: what the operations of several cases ask in the same moment is asked as one question, with one look at who
-- is asking (decision 0045). The ledger's entries, and what each of them is hashed over, stay as they were.

-- The hash of an entry, made in one place.
create function kembali.audit_leaf(
  moment timestamptz, of_actor uuid, of_org uuid, of_role text, of_action text, of_pseudonym bytea, of_part text, of_purpose text,
  of_basis text, of_outcome text, of_items integer, of_request text, of_commitment bytea
) returns bytea language sql stable return
  pg_catalog.sha256(pg_catalog.convert_to(pg_catalog.jsonb_build_array(
    'kembali/audit/1', extract(epoch from moment), of_actor, of_org, of_role, of_action, pg_catalog.encode(of_pseudonym, 'hex'),
    of_part, of_purpose, of_basis, of_outcome, of_items, of_request, pg_catalog.encode(of_commitment, 'hex'))::text, 'UTF8'));

create or replace function kembali.audit_append(
  of_action text, of_pseudonym bytea, of_part text, of_purpose text, of_basis text, of_outcome text,
  of_items integer, of_request text, of_commitment bytea
) returns void language plpgsql security definer set search_path = '' as $$
declare
  me uuid := kembali.actor();
  my_org uuid;
  my_role text;
  moment timestamptz := kembali.now();
begin
  select org_id, role into my_org, my_role from public.app_user where id = me;
  insert into public.audit_entry (at, actor, org_id, role, action, pseudonym, part, purpose, basis, outcome, items, request_id, commitment, leaf)
  values (moment, me, my_org, my_role, of_action, of_pseudonym, of_part, of_purpose, of_basis, of_outcome, of_items, of_request, of_commitment,
    kembali.audit_leaf(moment, me, my_org, my_role, of_action, of_pseudonym, of_part, of_purpose, of_basis, of_outcome, of_items,
      of_request, of_commitment));
end $$;

-- The same for several acts of one person, in their order.
create function kembali.audit_append_all(of_entries jsonb) returns void language plpgsql security definer set search_path = '' as $$
declare
  me uuid := kembali.actor();
  my_org uuid;
  my_role text;
  moment timestamptz := kembali.now();
begin
  select org_id, role into my_org, my_role from public.app_user where id = me;
  insert into public.audit_entry (at, actor, org_id, role, action, pseudonym, part, purpose, basis, outcome, items, request_id, leaf)
  select moment, me, my_org, my_role, e.action, e.pseudonym, e.part, e.purpose, e.basis, e.outcome, 1, e.request,
         kembali.audit_leaf(moment, me, my_org, my_role, e.action, e.pseudonym, e.part, e.purpose, e.basis, e.outcome, 1, e.request, null)
    from rows from (pg_catalog.jsonb_to_recordset(of_entries) as (action text, pseudonym bytea, part text, purpose text, basis text,
           outcome text, request text)) with ordinality as e(action, pseudonym, part, purpose, basis, outcome, request, place)
   order by e.place;
end $$;
grant execute on function kembali.audit_append_all(jsonb) to k_app;

-- Locks cases in the order given until the transaction ends, and only then looks for the answers: each question of this function sees
-- what was committed while it waited.
drop function kembali.lock_for_operation(text, uuid);
create function kembali.lock_for_operations(of_cases text[], of_ops uuid[])
  returns table (op_id uuid, mine boolean, payload_mac bytea, answer jsonb)
language plpgsql volatile security definer set search_path = '' as $$
declare
  me uuid := kembali.actor();
  of_case text;
begin
  foreach of_case in array of_cases loop
    perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(of_case, 7046));
  end loop;
  return query select l.op_id, l.actor = me, case when l.actor = me then l.payload_mac end, case when l.actor = me then l.answer end
    from public.op_log l where l.op_id = any (of_ops);
end $$;
grant execute on function kembali.lock_for_operations(text[], uuid[]) to k_app;

-- When each of these devices was last heard of; no row for one that never was.
drop function kembali.device_last_heard(uuid);
create function kembali.devices_last_heard(of_devices uuid[]) returns table (device uuid, heard_at timestamptz)
language plpgsql stable security definer set search_path = '' as $$
declare me uuid := kembali.actor();
begin
  return query select d.device, (select max(l.at) from public.op_log l where l.actor = me and l.device = d.device)
    from pg_catalog.unnest(of_devices) d(device);
end $$;
grant execute on function kembali.devices_last_heard(uuid[]) to k_app;

-- Which of these aliases stand for a case already, so that the gate can make others.
drop function kembali.alias_taken(text);
create function kembali.aliases_taken(of_aliases text[]) returns setof text
language plpgsql stable security definer set search_path = '' as $$
begin
  return query select c.alias from public.child_case c where c.alias = any (of_aliases);
end $$;
grant execute on function kembali.aliases_taken(text[]) to k_app;

-- Puts the buckets of files in the place of the ones before; null where a file says too little for that compound.
drop function kembali.match_index_put(uuid, integer, integer, integer);
create function kembali.match_index_put(of_files jsonb) returns void
language plpgsql security definer set search_path = '' as $$
declare
  me uuid := kembali.actor();
begin
  if exists (select from pg_catalog.jsonb_to_recordset(of_files) as f(case_id uuid)
              where not exists (select from public.access x where x.actor = me and x.case_id = f.case_id and x.part = 'identity'
                and x.level = 'write' and x.ends_at > kembali.now() and x.basis = any (kembali.bases()))) then
    raise exception 'not allowed' using errcode = '42501';
  end if;
  delete from public.match_index
   where case_id in (select f.case_id from pg_catalog.jsonb_to_recordset(of_files) as f(case_id uuid));
  insert into public.match_index (case_id, compound, bucket)
  select f.case_id, v.compound, v.bucket
    from pg_catalog.jsonb_to_recordset(of_files) as f(case_id uuid, a integer, b integer, c integer),
         lateral (values ('a', f.a), ('b', f.b), ('c', f.c)) as v (compound, bucket)
   where v.bucket is not null;
end $$;
grant execute on function kembali.match_index_put(jsonb) to k_app;
