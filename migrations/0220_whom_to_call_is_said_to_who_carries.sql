-- 0220_whom_to_call_is_said_to_who_carries.sql: whoever was given a part of a file reads its requests, and has nobody to call for them. Names
-- and work numbers of who signs are for the people of the file's office, and those who carry the child (decision 0053).
create or replace function kembali.signers_of(of_signatures uuid[]) returns table (
  signature_id uuid, person_id uuid, name text, organisation text, stage text, phone text, called_at timestamptz
) language sql stable security definer set search_path = '' as $$
  select s.id, u.id, u.name, case when u.org_id <> c.org_id then o.name end, w.stage, p.phone,
         case w.stage when 'first' then s.asked_at else k.called_at end
    from public.second_signature s join public.child_case c on c.id = s.case_id
    cross join lateral (
      select f as person_id, 'first' as stage from kembali.first_signers_of(s.id) f
      union all select i, 'stand_in' from kembali.stand_ins_of(s.id) i
      union all select r.person_id, 'roster' from kembali.roster_of(s.id) r) w
    join public.app_user u on u.id = w.person_id join public.organisation o on o.id = u.org_id
    left join public.work_phone p on p.person_id = u.id
    left join public.signature_call k on k.signature_id = s.id and k.person_id = u.id and k.ends_at > kembali.now()
   where s.id = any (of_signatures)
     and not exists (select from public.second_signature_answer a where a.signature_id = s.id)
     and exists (select from public.access a where a.actor = kembali.actor() and a.case_id = s.case_id and a.part = s.part
           and a.ends_at > kembali.now() and a.basis = any (kembali.bases())
           and (a.basis in ('membership', 'supervision') or c.org_id = kembali.actor_org()))
   order by s.id, pg_catalog.array_position(array['first', 'stand_in', 'roster'], w.stage), u.name, u.id
$$;
