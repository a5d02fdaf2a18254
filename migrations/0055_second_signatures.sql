-- 0055_second_signatures.sql: the one store of second signatures (decision 0030): what is asked, who is called, what was
-- answered. Codes and moments in the clear; why somebody asks and why somebody declines lie sealed under the part it is about.
create table second_signature (
  id       uuid primary key,
  case_id  uuid not null references child_case,
  op_id    uuid not null,
  act      text not null,
  part     text not null check (part in ('identity', 'family', 'narrative', 'services', 'justice', 'legal')),
  -- The row of its feature that is asked about.
  about_id uuid not null,
  asked_by uuid not null references app_user,
  asked_at timestamptz not null,
  due_at   timestamptz not null,
  body     bytea not null,
  -- So that a device hears of a request that an operation of another thing has made.
  xid      xid8 not null default pg_current_xact_id(),
  unique (id, case_id, part, asked_by)
);
create index second_signature_case on second_signature (case_id);
create index second_signature_about on second_signature (about_id);

create table second_signature_answer (
  id           uuid primary key,
  case_id      uuid not null references child_case,
  op_id        uuid not null,
  -- One answer to each: of two supervisors who answer in the same moment one is heard, and the other is told.
  signature_id uuid not null unique,
  part         text not null,
  asked_by     uuid not null,
  answered_by  uuid not null references app_user,
  decision     text not null check (decision in ('signed', 'declined')),
  answered_at  timestamptz not null,
  body         bytea not null,
  xid          xid8 not null default pg_current_xact_id(),
  foreign key (signature_id, case_id, part, asked_by) references second_signature (id, case_id, part, asked_by),
  constraint never_ones_own check (answered_by <> asked_by)
);
create index second_signature_answer_case on second_signature_answer (case_id);

-- Who signs for a team when its own supervisors are silent or away; where nobody is named, the other supervisors of the office.
create table team_stand_in (
  team_id   uuid not null references team,
  person_id uuid not null references app_user,
  named_by  uuid not null references app_user,
  named_at  timestamptz not null default kembali.now(),
  primary key (team_id, person_id)
);

-- A stand-in who was called: she reads what this one request is about, of this one case, until a day after the answer.
create table signature_call (
  signature_id uuid not null references second_signature,
  case_id      uuid not null references child_case,
  person_id    uuid not null references app_user,
  called_at    timestamptz not null default kembali.now(),
  ends_at      timestamptz not null default 'infinity',
  primary key (signature_id, person_id)
);
create index signature_call_person on signature_call (person_id);
create index signature_call_case on signature_call (case_id);

do $$
declare name text;
begin
  foreach name in array array['second_signature', 'second_signature_answer', 'team_stand_in', 'signature_call'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy %I on %I to k_owner using (true) with check (true)', name || '_owner', name);
    execute format('grant select on %I to k_app', name);
  end loop;
  foreach name in array array['second_signature', 'second_signature_answer'] loop
    execute format($p$create policy %I on %I for select to k_app using (exists (
      select from access a where a.actor = (select kembali.actor()) and a.case_id = %I.case_id
         and a.part = %I.part and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])))$p$, name || '_read', name, name, name);
    execute format('grant insert on %I to k_app', name);
  end loop;
end $$;
-- Whoever may write what it is about may ask, in her own name.
create policy second_signature_make on second_signature for insert to k_app with check (
  asked_by = (select kembali.actor()) and exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = second_signature.case_id and a.part = second_signature.part
     and a.level = 'write' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
-- Who supervises the case answers, or who was called in her place; nobody in another's name.
create policy second_signature_answer_make on second_signature_answer for insert to k_app with check (
  answered_by = (select kembali.actor()) and (select kembali.actor_role()) = 'supervisor' and exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = second_signature_answer.case_id
     and a.part = second_signature_answer.part and a.basis = 'supervision'
     and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
create policy signature_call_read on signature_call for select to k_app using (exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = signature_call.case_id
     and a.part = 'case' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
-- The roster of an office is read by the office; a team's supervisors name who stands in for them.
create policy team_stand_in_read on team_stand_in for select to k_app using (exists (
  select from team t where t.id = team_stand_in.team_id and t.org_id = (select kembali.actor_org())));
create policy team_stand_in_name on team_stand_in for insert to k_app with check (
  named_by = (select kembali.actor()) and person_id <> (select kembali.actor())
  and exists (select from team_member m where m.team_id = team_stand_in.team_id and m.person_id = (select kembali.actor())
                and m.supervises and m.ended_at is null)
  and exists (select from app_user u where u.id = team_stand_in.person_id and u.org_id = (select kembali.actor_org())
                and u.role = 'supervisor' and u.ended_at is null));
create policy team_stand_in_end on team_stand_in for delete to k_app using (
  exists (select from team_member m where m.team_id = team_stand_in.team_id and m.person_id = (select kembali.actor())
            and m.supervises and m.ended_at is null));
grant insert, delete on team_stand_in to k_app;

-- The clock knows that somebody waits and since when, never for what child or why.
create policy second_signature_clock on second_signature for select to k_clock using (true);
create policy second_signature_answer_clock on second_signature_answer for select to k_clock using (true);
create policy signature_call_clock on signature_call for select to k_clock using (true);
grant select (id, case_id, asked_by, asked_at, due_at) on second_signature to k_clock;
grant select (signature_id) on second_signature_answer to k_clock;
grant select on signature_call to k_clock;

-- A stand-in's right: the file's own row and the part that is asked about, to read.
create or replace view kembali.computed_access as
  select m.person_id as actor, m.sector, m.case_id, r.part, r.level, 'membership' as basis, m.case_id as basis_id, m.ends_at
    from case_team m join role_right r on r.role = m.role and r.basis = 'membership'
    join child_case c on c.id = m.case_id
   where not (r.part = 'location' and c.threatened)
  union all
  select t.person_id, u.sector, c.id, r.part, r.level, 'supervision', c.team_id, 'infinity'
    from child_case c join team_member t on t.team_id = c.team_id and t.supervises and t.ended_at is null
    join app_user u on u.id = t.person_id and u.ended_at is null and u.org_id = c.org_id
    join role_right r on r.role = 'supervisor' and r.basis = 'supervision'
  union all
  select g.person_id, g.sector, g.case_id, g.part, 'read', 'grant', g.id, g.ends_at
    from sharing_grant g where g.revoked_at is null
  union all
  -- The file's own row comes with any part but `handover`.
  select g.person_id, g.sector, g.case_id, 'case', 'read', 'grant', g.id, g.ends_at
    from sharing_grant g where g.revoked_at is null and g.part not in ('handover', 'case')
  union all
  select k.person_id, u.sector, s.case_id, r.part, 'read', 'supervision', s.id, k.ends_at
    from signature_call k join second_signature s on s.id = k.signature_id
    join child_case c on c.id = s.case_id
    join app_user u on u.id = k.person_id and u.role = 'supervisor' and u.org_id = c.org_id
    join role_right r on r.role = 'supervisor' and r.basis = 'supervision' and r.part in ('case', s.part);

create trigger signature_call_access after insert or update or delete on signature_call
  for each row execute function kembali.on_case_fact();

-- Calls the stand-ins of one request that nobody has answered; answers how many are new.
create function kembali.call_stand_ins(of_signature uuid) returns integer
language plpgsql security definer set search_path = '' as $$
declare called integer;
begin
  insert into public.signature_call (signature_id, case_id, person_id)
  select s.id, s.case_id, u.id
    from public.second_signature s join public.child_case c on c.id = s.case_id
    join public.app_user u on u.org_id = c.org_id and u.role = 'supervisor' and u.ended_at is null and u.id <> s.asked_by
   where s.id = of_signature
     and not exists (select from public.second_signature_answer a where a.signature_id = s.id)
     and not exists (select from public.case_exclusion x where x.case_id = s.case_id and x.person_id = u.id)
     and not exists (select from public.team_member m where m.team_id = c.team_id and m.person_id = u.id and m.supervises and m.ended_at is null)
     and (exists (select from public.team_stand_in i where i.team_id = c.team_id and i.person_id = u.id)
          or not exists (select from public.team_stand_in i join public.app_user n on n.id = i.person_id
                          where i.team_id = c.team_id and n.ended_at is null and n.role = 'supervisor' and n.org_id = c.org_id and n.id <> s.asked_by))
  on conflict do nothing;
  get diagnostics called = row_count;
  return called;
end $$;
grant execute on function kembali.call_stand_ins(uuid) to k_clock;

create function kembali.on_signature() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if tg_table_name = 'second_signature_answer' then
    update public.signature_call set ends_at = kembali.now() + interval '24 hours' where signature_id = new.signature_id;
  -- Nobody but the asker supervises this team: there is nobody to wait for.
  elsif not exists (
    select from public.child_case c join public.team_member m on m.team_id = c.team_id and m.supervises and m.ended_at is null
      join public.app_user u on u.id = m.person_id and u.ended_at is null and u.org_id = c.org_id
     where c.id = new.case_id and m.person_id <> new.asked_by
       and not exists (select from public.case_exclusion x where x.case_id = c.id and x.person_id = m.person_id)) then
    perform kembali.call_stand_ins(new.id);
  end if;
  return null;
end $$;
create trigger second_signature_asked after insert on second_signature for each row execute function kembali.on_signature();
create trigger second_signature_answered after insert on second_signature_answer for each row execute function kembali.on_signature();

-- A child is a victim first: a stand-in who signs that this may be left out makes the agreement in her own name.
drop policy victim_agreement_make on victim_agreement;
create policy victim_agreement_make on victim_agreement for insert to k_app with check (
  person_id = (select kembali.actor()) and (exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = victim_agreement.case_id and a.part = 'case' and a.level = 'write'
     and a.basis = 'supervision' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[]))
  or exists (select from signature_call k join second_signature s on s.id = k.signature_id
              where k.person_id = (select kembali.actor()) and s.case_id = victim_agreement.case_id and s.act = 'leave_out_victim'
                and k.ends_at > (select kembali.now()))));
