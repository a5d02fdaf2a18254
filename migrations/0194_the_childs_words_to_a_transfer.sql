-- 0194_the_childs_words_to_a_transfer.sql: what a child says to its transfer lies apart, in part `services`: whoever holds the
-- file's own part alone, as those do who are offered it, reads the offer and not the child.
create table case_transfer_voice (
  id      uuid primary key,
  case_id uuid not null references child_case,
  body    bytea not null,
  foreign key (id, case_id) references case_transfer (id, case_id)
);
create index case_transfer_voice_case on case_transfer_voice (case_id);
alter table case_transfer_voice enable row level security;
alter table case_transfer_voice force row level security;
create policy case_transfer_voice_owner on case_transfer_voice to k_owner using (true) with check (true);
create policy case_transfer_voice_read on case_transfer_voice for select to k_app using (exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = case_transfer_voice.case_id
     and a.part = 'services' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
grant select on case_transfer_voice to k_app;

-- As before (0110), with the child's words.
drop function kembali.offer_transfer(uuid, uuid, uuid, uuid, text, timestamptz, bytea);
create function kembali.offer_transfer(of_id uuid, of_case uuid, of_op uuid, to_team uuid, of_told text, of_at timestamptz, of_body bytea, of_voice bytea default null)
returns text language plpgsql security definer set search_path = '' as $$
declare
  me uuid := kembali.actor();
  over timestamptz := kembali.now() + interval '14 days';
begin
  if not exists (select from public.access a where a.actor = me and a.case_id = of_case and a.part = 'case' and a.level = 'write'
     and a.basis = 'supervision' and a.ends_at > kembali.now() and a.basis = any (kembali.bases())) then
    raise exception 'not allowed' using errcode = '42501';
  end if;
  if not exists (select from kembali.offices_to_offer() o where o.team_id = offer_transfer.to_team) then return 'unknown_office'; end if;
  if exists (select from public.case_transfer x where x.case_id = of_case and x.ends_at > kembali.now()
     and not exists (select from public.case_transfer_answer a where a.transfer_id = x.id)) then return 'offered_already'; end if;
  insert into public.case_transfer (id, case_id, op_id, from_org, to_team, child_told, offered_by, decided_at, ends_at, body)
  select of_id, of_case, of_op, c.org_id, offer_transfer.to_team, of_told, me, of_at, over, of_body
    from public.child_case c where c.id = of_case and c.state = 'open';
  if of_voice is not null then
    insert into public.case_transfer_voice (id, case_id, body) values (of_id, of_case, of_voice);
  end if;
  insert into public.sharing_grant (id, case_id, person_id, sector, part, purpose, basis, starts_at, ends_at)
  select gen_random_uuid(), of_case, u.id, u.sector, 'case', 'transfer', 'best_interests', kembali.now(), over
    from public.team_member m join public.app_user u on u.id = m.person_id and u.ended_at is null
   where m.team_id = offer_transfer.to_team and m.supervises and m.ended_at is null;
  return 'done';
end $$;
revoke execute on function kembali.offer_transfer(uuid, uuid, uuid, uuid, text, timestamptz, bytea, bytea) from public;
grant execute on function kembali.offer_transfer(uuid, uuid, uuid, uuid, text, timestamptz, bytea, bytea) to k_app;
select kembali.hide_from_a_shift('case_transfer_voice');
