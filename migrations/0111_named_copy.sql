-- 0111_named_copy.sql: a copy of one case for one named body outside (security.md 7.3). It rests on a yes that stands or on a
-- basis that was signed, waits for a second person, is fetched once, and is over after seven days at most. What it holds is
-- read in the moment it is fetched: nothing of it lies here.
create table named_copy (
  id         uuid primary key,
  case_id    uuid not null references child_case,
  op_id      uuid not null,
  recipient  text not null,
  -- What the ground it rests on was given for.
  purpose    text not null,
  -- Never the parts that say what kind of child it is, how it is ill, or what its lawyer knows.
  parts      text[] not null check (cardinality(parts) > 0 and parts <@ array['identity', 'family', 'services']),
  consent_id uuid,
  basis_id   uuid,
  asked_by   uuid not null references app_user,
  asked_at   timestamptz not null,
  ends_at    timestamptz not null,
  fetched_at timestamptz,
  body       bytea not null,
  foreign key (consent_id, case_id) references consent_record (id, case_id),
  foreign key (basis_id, case_id) references lawful_basis (id, case_id),
  constraint on_one_ground check (num_nonnulls(consent_id, basis_id) = 1),
  constraint a_week_at_most check (ends_at > asked_at and ends_at <= asked_at + interval '7 days')
);
create index named_copy_case on named_copy (case_id, asked_at);
alter table named_copy enable row level security;
alter table named_copy force row level security;
create policy named_copy_owner on named_copy to k_owner using (true) with check (true);
create policy named_copy_read on named_copy for select to k_app using (exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = named_copy.case_id
     and a.part = 'services' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
create policy named_copy_make on named_copy for insert to k_app with check (
  asked_by = (select kembali.actor()) and fetched_at is null and (select kembali.actor_role()) = 'case_worker'
  and kembali.may_be_told(case_id, consent_id, basis_id, recipient) and exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = named_copy.case_id
     and a.part = 'services' and a.level = 'write' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
grant select, insert on named_copy to k_app;

-- On what a body may be told something of a case: the newest yes that stands and has not ended, else a basis that was signed.
create function kembali.grounds_to_tell(of_case uuid) returns table (recipient text, purpose text, consent_id uuid, basis_id uuid)
language sql stable security definer set search_path = '' as $$
  with mine as (
    select exists (select from public.access a where a.actor = kembali.actor() and a.case_id = of_case and a.part = 'services'
      and a.ends_at > kembali.now() and a.basis = any (kembali.bases())) as is)
  select distinct on (g.recipient) g.recipient, g.purpose, g.consent_id, g.basis_id from mine cross join (
    select c.recipient, c.purpose, c.id as consent_id, null::uuid as basis_id, c.asked_at as at from public.consent_record c
     where c.case_id = of_case and c.recipient is not null and (c.ends_on is null or c.ends_on >= kembali.now()::date)
    union all
    select b.recipient, b.purpose, null, b.id, b.decided_at from public.lawful_basis b where b.case_id = of_case) g
   where mine.is and kembali.may_be_told(of_case, g.consent_id, g.basis_id, g.recipient)
   order by g.recipient, g.consent_id is null, g.at desc
$$;

-- Fetches a copy, once: by whoever asked for it, freshly proved, signed for by a second person, on a ground that still stands.
create function kembali.fetch_named_copy(of_id uuid, of_case uuid) returns text
language plpgsql security definer set search_path = '' as $$
declare of public.named_copy;
begin
  select * into of from public.named_copy n where n.id = of_id and n.case_id = of_case for update;
  if not found or of.asked_by <> kembali.actor() or not exists (
    select from public.access a where a.actor = kembali.actor() and a.case_id = of_case and a.part = 'services' and a.level = 'write'
       and a.ends_at > kembali.now() and a.basis = any (kembali.bases())) then return 'not_found'; end if;
  if of.fetched_at is not null then return 'copy_fetched'; end if;
  if of.ends_at <= kembali.now() then return 'copy_over'; end if;
  if not kembali.is_signed('give_named_copy', of.id) then return 'copy_not_signed'; end if;
  if not kembali.may_be_told(of_case, of.consent_id, of.basis_id, of.recipient) then return 'copy_withdrawn'; end if;
  if not kembali.is_fresh() then return 'step_up'; end if;
  update public.named_copy set fetched_at = kembali.now() where id = of_id;
  return 'done';
end $$;
revoke execute on function kembali.grounds_to_tell(uuid), kembali.fetch_named_copy(uuid, uuid) from public;
grant execute on function kembali.grounds_to_tell(uuid), kembali.fetch_named_copy(uuid, uuid) to k_app;
