-- 0186_one_child_two_files.sql: two files of one child. Both workers say so, as they say that two children are sisters; nothing is moved
-- from one file to the other, one of them is closed as a duplicate, and opening it again undoes that. No child is left without a file.
alter table family_link drop constraint family_link_relation_check;
alter table family_link add constraint family_link_relation_check check (relation in ('sibling', 'mother', 'child', 'same_child'));

-- As before (0114) otherwise: what the other side is asked is seen from there.
create or replace function kembali.ask_family_link(of_pair uuid, of_case uuid, of_alias text, of_relation text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  me uuid := kembali.actor();
  other uuid;
begin
  if not kembali.may_write_family(of_case) then raise insufficient_privilege; end if;
  select c.id into other from public.child_case c
   where pg_catalog.lower(c.alias) = pg_catalog.lower(of_alias) and c.id <> of_case and c.state = 'open'
     and not exists (select from public.family_link l where l.case_id = of_case and l.other_case = c.id and l.state in ('waiting', 'agreed'));
  insert into public.family_link (case_id, pair_id, side, relation, state, asked_by, other_case)
  values (of_case, of_pair, 'asked', of_relation, 'waiting', me, other);
  if other is not null then
    insert into public.family_link (case_id, pair_id, side, relation, state, asked_by, other_case)
    values (other, of_pair, 'was_asked', case of_relation when 'mother' then 'child' when 'child' then 'mother' else of_relation end,
      'waiting', me, of_case);
  end if;
end $$;

-- Whether somebody was asked to close a case, for the given reason or any, and has not answered.
create function kembali.closing_waits(of_case uuid, of_reason text) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from public.case_closing k where k.case_id = of_case and k.reason = coalesce(of_reason, k.reason)
    and not exists (select from public.second_signature s join public.second_signature_answer a on a.signature_id = s.id where s.about_id = k.id))
$$;
revoke execute on function kembali.closing_waits(uuid, text) from public;

-- Whoever is kept away from a file learns nothing of it from another one (0126).
create function kembali.is_kept_away(of_case uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from public.case_exclusion x where x.case_id = of_case and x.person_id = kembali.actor())
$$;
revoke execute on function kembali.is_kept_away(uuid) from public;

-- Whether another file of the same child goes on: both workers have said so, it is open, and nobody has asked to close it.
create function kembali.has_another_file(of_case uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from public.access a where a.actor = kembali.actor() and a.case_id = of_case and a.part = 'services'
     and a.ends_at > kembali.now() and a.basis = any (kembali.bases()))
   and exists (select from public.family_link l join public.child_case c on c.id = l.other_case and c.state = 'open'
     where l.case_id = of_case and l.relation = 'same_child' and l.state = 'agreed' and not kembali.closing_waits(c.id, null)
       and not kembali.is_kept_away(c.id))
$$;

-- Whether another file of this child waits to be closed because this one goes on: until that is answered this one stays, and so does
-- what both workers said.
create function kembali.goes_on_for_another(of_case uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from public.access a where a.actor = kembali.actor() and a.case_id = of_case and a.part in ('services', 'family')
     and a.ends_at > kembali.now() and a.basis = any (kembali.bases()))
   and exists (select from public.family_link l join public.child_case c on c.id = l.other_case and c.state = 'open'
     where l.case_id = of_case and l.relation = 'same_child' and l.state = 'agreed' and kembali.closing_waits(c.id, 'duplicate')
       and not kembali.is_kept_away(c.id))
$$;

create function kembali.link_is_leaned_on(of_row uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select coalesce((select l.relation = 'same_child' and l.state = 'agreed'
                          and (kembali.closing_waits(l.case_id, 'duplicate') or kembali.closing_waits(l.other_case, 'duplicate'))
                     from public.family_link l where l.id = of_row and kembali.may_write_family(l.case_id)), false)
$$;
revoke execute on function kembali.has_another_file(uuid), kembali.goes_on_for_another(uuid), kembali.link_is_leaned_on(uuid) from public;
grant execute on function kembali.has_another_file(uuid), kembali.goes_on_for_another(uuid), kembali.link_is_leaned_on(uuid) to k_app;

-- The two words of the file that goes on, for whoever reads why this one was closed.
create function kembali.other_file(of_case uuid) returns text language sql stable security definer set search_path = '' as $$
  select c.alias from public.family_link l join public.child_case c on c.id = l.other_case
   where l.case_id = of_case and l.relation = 'same_child' and l.state = 'agreed' and not kembali.is_kept_away(c.id)
     and exists (select from public.access a where a.actor = kembali.actor() and a.case_id = of_case and a.part = 'services'
       and a.ends_at > kembali.now() and a.basis = any (kembali.bases()))
   order by (c.state = 'open') desc, l.answered_at desc limit 1
$$;
revoke execute on function kembali.other_file(uuid) from public;
grant execute on function kembali.other_file(uuid) to k_app;

-- Whoever writes past the rules, and two people who close each the other's file in one moment: a child keeps an open file. One that was
-- opened again and is closed as it was before stands beside a file that ended in its own way.
create function kembali.must_go_on_elsewhere() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform from public.child_case c join public.family_link l on l.other_case = c.id
    where l.case_id = new.id and l.relation = 'same_child' for no key update of c;
  if not exists (select from public.family_link l join public.child_case c on c.id = l.other_case
    where l.case_id = new.id and l.relation = 'same_child' and l.state in ('agreed', 'ended')
      and (c.state = 'open' or (c.closed_for <> 'duplicate' and exists (select from public.case_reopening r where r.case_id = new.id))))
  then raise exception 'no file of this child goes on' using errcode = 'check_violation'; end if;
  return new;
end $$;
create trigger child_case_goes_on before update on child_case for each row
  when (old.state = 'open' and new.state = 'closed' and new.closed_for = 'duplicate') execute function kembali.must_go_on_elsewhere();
