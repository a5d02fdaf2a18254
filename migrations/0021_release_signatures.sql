-- 0021_release_signatures.sql: a release is prepared by the job and signed by two people before anybody else reads it
-- (security.md 7.2, rule 9); what stands of each row is kept apart from what was shown of it.

-- A row as it stands before its neighbours are protected: the next release carries it forward or works it out anew.
create table stat_standing (
  cell     text primary key,
  standing jsonb not null
);
alter table stat_standing enable row level security;
alter table stat_standing force row level security;
create policy stat_standing_owner on stat_standing to k_owner using (true) with check (true);
create policy stat_standing_stats on stat_standing to k_stats using (true) with check (true);
grant select, insert, update on stat_standing to k_stats;

-- A row may rest on no fact at all; what of a fact a figure shows is more than its hearing.
alter table stat_basis rename column hearing to state;

create table release_signature (
  release_id uuid not null references release,
  signs_as   text not null check (signs_as in ('statistician', 'dpo')),
  person_id  uuid not null references app_user,
  -- What was signed: the hash of the table this person was shown.
  hash       bytea not null,
  signed_at  timestamptz not null default kembali.now(),
  primary key (release_id, signs_as),
  -- Two signatures are two people, whatever roles one of them has had.
  unique (release_id, person_id)
);
alter table release_signature enable row level security;
alter table release_signature force row level security;
create policy release_signature_owner on release_signature to k_owner using (true) with check (true);
create policy release_signature_read on release_signature for select to k_app using (
  (select kembali.actor_role()) in ('national_officer', 'supervisor', 'dpo', 'auditor'));
-- Who signed is staff data; that it was signed, as what and when is for every reader.
grant select (release_id, signs_as, hash, signed_at) on release_signature to k_app;

-- The two who sign see what is prepared; everybody else a release is made for sees it once both have signed.
drop policy release_read on release;
create policy release_prepared_read on release for select to k_app using (
  (select kembali.actor_role()) in ('national_officer', 'dpo'));
create policy release_signed_read on release for select to k_app using (
  (select kembali.actor_role()) in ('supervisor', 'auditor')
  and (select count(*) from release_signature s where s.release_id = release.id) = 2);

-- Signs a prepared release, in the ledger and in one transaction. Answers 'signed', or why not.
create function kembali.release_sign(of_release uuid, of_hash bytea, of_request text) returns text
language plpgsql security definer set search_path = '' as $$
declare
  me uuid := kembali.actor();
  as_what text := case kembali.actor_role() when 'national_officer' then 'statistician' when 'dpo' then 'dpo' end;
  prepared record;
  answer text;
begin
  -- The row is locked: two who sign in the same moment come one after the other.
  select r.hash, r.made_at into prepared from public.release r where r.id = of_release for update;
  answer := case
    when me is null or as_what is null then 'not_allowed'
    when prepared.hash is null then 'not_prepared'
    when prepared.hash <> of_hash then 'other_table'
    when exists (select from public.release r where r.code = 'held' and r.made_at > prepared.made_at) then 'superseded'
    when exists (select from public.release_signature s where s.release_id = of_release and s.signs_as = as_what) then 'already_signed'
    when exists (select from public.release_signature s where s.release_id = of_release and s.person_id = me) then 'same_person'
    else 'signed' end;
  if answer = 'signed' then
    insert into public.release_signature (release_id, signs_as, person_id, hash) values (of_release, as_what, me, of_hash);
  end if;
  perform kembali.audit_append('reports.sign_release', null, null, 'oversight', null,
    case answer when 'signed' then 'done' else 'denied' end, 1, of_request, of_hash);
  return answer;
end $$;
grant execute on function kembali.release_sign(uuid, bytea, text) to k_app;

-- Coverage, from what is public: offices of child protection that use this system, and the regions they are in.
create function kembali.reporting_offices() returns table (offices integer, regions text[])
language sql stable security definer set search_path = '' as $$
  select count(*)::integer, coalesce(array_agg(distinct o.region) filter (where o.region is not null), '{}')
    from public.organisation o
   where o.sector = 'child_protection'
     and exists (select from public.app_user u where u.org_id = o.id and u.ended_at is null)
$$;
revoke execute on function kembali.reporting_offices() from public;
grant execute on function kembali.reporting_offices() to k_stats;
