-- 0157_named_people_stay_behind.sql: when a case leaves an office nobody reads it on that office's word any more: whoever was named
-- beside the child, anybody else the old office had let in. Within one office they stay, and the new worker is told of them.
alter table care_team add column handed_on_at timestamptz;

-- As before (0110) otherwise.
create or replace function kembali.answer_transfer(
  of_id uuid, of_transfer uuid, of_op uuid, of_answer text, of_worker uuid, of_at timestamptz, of_body bytea
) returns text language plpgsql security definer set search_path = '' as $$
declare
  me uuid := kembali.actor();
  offer record;
  new_org uuid;
begin
  select x.*, t.org_id as to_org into offer from public.case_transfer x join public.team t on t.id = x.to_team where x.id = of_transfer;
  if not found or not exists (select from public.access a where a.actor = me and a.case_id = offer.case_id and a.part = 'case'
     and a.ends_at > kembali.now() and a.basis = any (kembali.bases())) then
    raise exception 'not allowed' using errcode = '42501';
  end if;
  new_org := offer.to_org;
  if kembali.actor_role() <> 'supervisor' or kembali.actor_org() <> (case of_answer when 'withdrawn' then offer.from_org else new_org end)
     or (of_answer <> 'withdrawn' and not exists (select from public.team_member m where m.team_id = offer.to_team
        and m.person_id = me and m.supervises and m.ended_at is null)) then
    raise exception 'not allowed' using errcode = '42501';
  end if;
  if of_answer = 'accepted' and not exists (select from public.app_user u where u.id = of_worker and u.org_id = new_org
     and u.role = 'case_worker' and u.ended_at is null) then return 'not_a_worker_of_this_office'; end if;
  insert into public.case_transfer_answer (id, case_id, op_id, transfer_id, answer, worker_id, answered_by, answered_at, body)
  values (of_id, offer.case_id, of_op, of_transfer, of_answer, case of_answer when 'accepted' then of_worker end, me, of_at, of_body);
  if of_answer = 'accepted' then
    update public.child_case set org_id = new_org, team_id = offer.to_team, worker_id = of_worker, version = version + 1
     where id = offer.case_id;
    -- Of each ground and purpose somebody was named for last, nobody is named now: the file says so, and the new worker asks anew.
    insert into public.care_team (id, case_id, op_id, purpose, consent_id, basis_id, people, ends_on, written_by, handed_on_at)
    select pg_catalog.gen_random_uuid(), t.case_id, of_op, t.purpose, t.consent_id, t.basis_id, '{}', t.ends_on, me, kembali.now()
      from (select distinct on (n.purpose, n.consent_id, n.basis_id) n.* from public.care_team n where n.case_id = offer.case_id
             order by n.purpose, n.consent_id, n.basis_id, n.named_at desc, n.id desc) t
     where pg_catalog.cardinality(t.people) > 0;
    update public.case_team m set ends_at = kembali.now() where m.case_id = offer.case_id and m.ends_at > kembali.now();
    update public.sharing_grant set revoked_at = kembali.now() where case_id = offer.case_id and revoked_at is null;
    insert into public.case_team (case_id, person_id, sector, role)
    select offer.case_id, u.id, u.sector, u.role from public.app_user u where u.id = of_worker
    on conflict (case_id, person_id, role) do update set ends_at = 'infinity', named_in = null;
  end if;
  update public.sharing_grant set revoked_at = kembali.now()
   where case_id = offer.case_id and purpose = 'transfer' and revoked_at is null;
  return 'done';
end $$;

create function kembali.hand_on_care_teams() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update public.care_team t set handed_on_at = kembali.now()
   where t.case_id = new.id and pg_catalog.cardinality(t.people) > 0 and kembali.end_of_day(t.ends_on) > kembali.now();
  return null;
end $$;
create trigger child_case_hands_on after update of worker_id on child_case for each row
  when (new.worker_id is distinct from old.worker_id and new.org_id = old.org_id and new.state = 'open')
  execute function kembali.hand_on_care_teams();
