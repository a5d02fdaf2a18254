-- 0090_case_conference.sql: case conferences and what came of them (part `services`, facts).
-- In the clear: when one is called for, whether it was held, and which row stands in whose place. Who sits there, what was
-- said, how each decided and what is to be done lie sealed.
create table case_conference (
  id        uuid primary key,
  case_id   uuid not null references child_case,
  op_id     uuid not null,
  at        timestamptz not null,
  -- The call that this one stands in the place of: one that moves is called anew, once.
  replaces  uuid unique,
  called_by uuid not null references app_user,
  body      bytea not null,
  unique (id, case_id),
  foreign key (replaces, case_id) references case_conference (id, case_id)
);
create index case_conference_case on case_conference (case_id, at);

create table conference_minutes (
  id            uuid primary key,
  case_id       uuid not null references child_case,
  op_id         uuid not null,
  conference_id uuid not null,
  kind          text not null check (kind in ('held', 'called_off')),
  at            timestamptz not null,
  -- The minutes that these put right.
  corrects      uuid unique,
  written_by    uuid not null references app_user,
  body          bytea not null,
  unique (id, conference_id),
  foreign key (conference_id, case_id) references case_conference (id, case_id),
  foreign key (corrects, conference_id) references conference_minutes (id, conference_id)
);
create index conference_minutes_case on conference_minutes (case_id, at);
-- Two people who write the same minutes in the same moment: one of them is told, and puts hers beside as a correction.
create unique index conference_minutes_once on conference_minutes (conference_id) where corrects is null;

do $$
declare t record;
begin
  for t in select * from (values ('case_conference', 'called_by'), ('conference_minutes', 'written_by')) as v (name, author) loop
    execute format('alter table %I enable row level security', t.name);
    execute format('alter table %I force row level security', t.name);
    execute format('create policy %I on %I to k_owner using (true) with check (true)', t.name || '_owner', t.name);
    execute format($p$create policy %I on %I for select to k_app using (exists (
      select from access a where a.actor = (select kembali.actor()) and a.case_id = %I.case_id
         and a.part = 'services' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])))$p$, t.name || '_read', t.name, t.name);
    execute format($p$create policy %I on %I for insert to k_app with check (%I = (select kembali.actor()) and exists (
      select from access a where a.actor = (select kembali.actor()) and a.case_id = %I.case_id
         and a.part = 'services' and a.level = 'write' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])))$p$, t.name || '_make', t.name, t.author, t.name);
    execute format('grant select, insert on %I to k_app', t.name);
  end loop;
end $$;

-- Kinds of body that may be told something of a child now, for whoever may read what was agreed: a yes stands that nobody has
-- taken back and whose day has not come, or a second person has signed on what telling rests.
create function kembali.may_be_told(of_case uuid) returns setof text language sql stable security definer set search_path = '' as $$
  select told.recipient from (
    select r.recipient from public.consent_record r
     where r.case_id = of_case and r.recipient is not null and r.standing = 'given'
       and (r.ends_on is null or r.ends_on >= (kembali.now() - interval '12 hours')::date)
       and not exists (select from public.consent_withdrawal w where w.consent_id = r.id)
    union
    select b.recipient from public.lawful_basis b
     where b.case_id = of_case and kembali.is_signed('share_without_consent', b.id)) as told
   where exists (select from public.access a where a.actor = kembali.actor() and a.case_id = of_case and a.part = 'services'
                    and a.ends_at > kembali.now() and a.basis = any (kembali.bases()))
$$;

-- Whom a conference about a case may be called with: the office that keeps it and whoever is on the case, but nobody who is
-- kept away from it. For whoever may read its services.
create function kembali.conference_people(of_case uuid) returns table (id uuid, name text, role text, is_on_case boolean)
language sql stable security definer set search_path = '' as $$
  select u.id, u.name, u.role, t.person_id is not null
    from public.child_case c
    join public.app_user u on u.ended_at is null
    left join public.case_team t on t.case_id = c.id and t.person_id = u.id and t.ends_at > kembali.now()
   where c.id = of_case and (t.person_id is not null or (u.org_id = c.org_id and u.role in ('case_worker', 'intake', 'supervisor', 'clinician')))
     and not exists (select from public.case_exclusion x where x.case_id = c.id and x.person_id = u.id)
     and exists (select from public.access a where a.actor = kembali.actor() and a.case_id = of_case and a.part = 'services'
                    and a.ends_at > kembali.now() and a.basis = any (kembali.bases()))
$$;
revoke execute on function kembali.may_be_told(uuid), kembali.conference_people(uuid) from public;
grant execute on function kembali.may_be_told(uuid), kembali.conference_people(uuid) to k_app;
