-- 0126_nothing_outlives_its_ground.sql: what a reading of the whole found to last longer, or to reach further, than what it rests on.

-- A yes that has run out is no ground for a letter or a copy any more. Days are the child's own: until the last of them is over everywhere.
create or replace function kembali.may_be_told(of_case uuid, of_consent uuid, of_basis uuid, of_recipient text) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from public.consent_record c
                  where c.id = of_consent and c.case_id = of_case and c.recipient = of_recipient and c.standing = 'given'
                    and (c.ends_on is null or c.ends_on >= (kembali.now() - interval '12 hours')::date)
                    and not exists (select from public.consent_withdrawal w where w.consent_id = c.id))
      or exists (select from public.lawful_basis b
                   join public.second_signature s on s.about_id = b.id and s.act = 'share_without_consent'
                   join public.second_signature_answer a on a.signature_id = s.id and a.decision = 'signed'
                  where b.id = of_basis and b.case_id = of_case and b.recipient = of_recipient)
$$;

-- What a worker and her supervisor talked about stays in their office when the case moves.
create policy supervision_note_own_office on supervision_note as restrictive for select to k_app using (
  with_id = (select kembali.actor()) or exists (
    select from app_user w where w.id = supervision_note.written_by and w.org_id = (select kembali.actor_org())));

-- Whoever was only offered a case reads the offer, and nothing that colleagues say of the work on it.
do $$ declare name text; begin
  foreach name in array array['case_question', 'case_attention', 'file_review', 'file_put_right'] loop
    execute format($p$create policy %I on %I as restrictive to k_app using (not exists (
      select from sharing_grant g where g.case_id = %I.case_id and g.person_id = (select kembali.actor())
         and g.purpose = 'transfer' and g.revoked_at is null and g.ends_at > (select kembali.now())))$p$, name || '_not_offered', name, name);
  end loop;
end $$;

-- Nobody is given a child she is kept away from, and an offer that is over is accepted by nobody.
create function kembali.transfer_may_be_accepted() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if exists (select from public.case_exclusion e where e.case_id = new.case_id and e.person_id = new.worker_id)
     or exists (select from public.case_transfer t where t.id = new.transfer_id and t.ends_at <= kembali.now()) then
    raise exception 'not allowed' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger case_transfer_accepted before insert on case_transfer_answer for each row
  when (new.answer = 'accepted') execute function kembali.transfer_may_be_accepted();

-- A person kept away from the other child learns nothing of it through a link, and nobody where a threatened child is cared for.
create or replace function kembali.family_link_others(of_cases uuid[]) returns table (id uuid, alias text, worker text, office text)
language sql stable security definer set search_path = '' as $$
  select l.id, case when l.state = 'agreed' then c.alias end,
         case when l.state = 'agreed' and not c.threatened then w.name when l.state <> 'agreed' and l.side = 'was_asked' then a.name end,
         case when l.state = 'agreed' and not c.threatened then o.name when l.state <> 'agreed' and l.side = 'was_asked' then ao.name end
    from public.family_link l left join public.child_case c on c.id = l.other_case and not exists (
      select from public.case_exclusion e where e.case_id = l.other_case and e.person_id = kembali.actor())
    left join public.app_user w on w.id = c.worker_id left join public.organisation o on o.id = c.org_id
    join public.app_user a on a.id = l.asked_by join public.organisation ao on ao.id = a.org_id
   where l.case_id = any (of_cases) and exists (select from public.access x where x.actor = kembali.actor() and x.case_id = l.case_id
     and x.part = 'family' and x.ends_at > kembali.now() and x.basis = any (kembali.bases()))
$$;
