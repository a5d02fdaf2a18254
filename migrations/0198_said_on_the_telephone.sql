-- 0198_said_on_the_telephone.sql: whom somebody called for a signature, when, and what was said (decision 0053): a fact on the
-- request, never a signature. And the number a supervisor can be called on at work: a work number and no other.
alter table second_signature add constraint second_signature_of_its_part unique (id, case_id, part);
create table signature_talk (
  id           uuid primary key,
  case_id      uuid not null references child_case,
  op_id        uuid not null,
  signature_id uuid not null,
  part         text not null,
  -- Null where a phone without signal did not know who can be called: then her name lies in the words.
  person_id    uuid references app_user,
  at           timestamptz not null,
  said         text not null check (said in ('agreed', 'not_agreed', 'not_reached')),
  written_by   uuid not null references app_user,
  body         bytea not null,
  xid          xid8 not null default pg_current_xact_id(),
  foreign key (signature_id, case_id, part) references second_signature (id, case_id, part) on delete cascade,
  constraint never_with_oneself check (person_id <> written_by)
);
create index signature_talk_case on signature_talk (case_id);
create index signature_talk_of on signature_talk (signature_id);
alter table signature_talk enable row level security;
alter table signature_talk force row level security;
create policy signature_talk_owner on signature_talk to k_owner using (true) with check (true);
create policy signature_talk_read on signature_talk for select to k_app using (exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = signature_talk.case_id
     and a.part = signature_talk.part and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
-- Read and written by whoever sees the request it is about: a stand-in called for something else does not (0179).
create policy signature_talk_of_a_seen_request on signature_talk as restrictive for select to k_app using (
  exists (select from second_signature s where s.id = signature_talk.signature_id));
grant select, insert on signature_talk to k_app;
select kembali.hide_from_a_shift('signature_talk');

create table work_phone (
  person_id uuid primary key references app_user,
  phone     text not null check (phone ~ '^\+?[0-9][0-9 ()/.-]{3,23}$'),
  set_at    timestamptz not null default kembali.now()
);
alter table work_phone enable row level security;
alter table work_phone force row level security;
create policy work_phone_owner on work_phone to k_owner using (true) with check (true);
-- Her own to keep; others read it beside a request she can be called for, and nowhere else.
create policy work_phone_own on work_phone to k_app using (person_id = (select kembali.actor()))
  with check (person_id = (select kembali.actor()) and (select kembali.actor_role()) = 'supervisor');
grant select, insert, update, delete on work_phone to k_app;
create function kembali.drop_work_phone() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  delete from public.work_phone where person_id = new.id;
  return null;
end $$;
create trigger app_user_drops_work_phone after update of role, ended_at on app_user for each row
  when (new.role <> old.role or new.ended_at is not null) execute function kembali.drop_work_phone();

-- Whom a worker may have called: a supervisor of the office, whoever stands or stood above it for this request. Not who is kept
-- away from this child: what is answered here would tell it.
create function kembali.may_be_called(of_signature uuid, of_person uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from public.second_signature s join public.child_case c on c.id = s.case_id
      join public.app_user u on u.id = of_person and u.id <> s.asked_by
     where s.id = of_signature
       and (u.org_id = c.org_id and u.role = 'supervisor'
            or exists (select from public.signature_roster r where r.org_id = c.org_id and r.person_id = u.id)
            or exists (select from public.signature_call k where k.signature_id = s.id and k.person_id = u.id))
       and exists (select from public.access a where a.actor = kembali.actor() and a.case_id = s.case_id and a.part = s.part
             and a.ends_at > kembali.now() and a.basis = any (kembali.bases())))
$$;
grant execute on function kembali.may_be_called(uuid, uuid) to k_app;
create policy signature_talk_make on signature_talk for insert to k_app with check (
  written_by = (select kembali.actor()) and exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = signature_talk.case_id and a.part = signature_talk.part
     and a.level = 'write' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[]))
  and exists (select from second_signature s where s.id = signature_talk.signature_id)
  and (person_id is null or kembali.may_be_called(signature_id, person_id)));

-- Who can sign what nobody has answered, in the turn in which they are called, for whoever reads the request.
create function kembali.signers_of(of_signatures uuid[]) returns table (
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
           and a.ends_at > kembali.now() and a.basis = any (kembali.bases()))
   order by s.id, pg_catalog.array_position(array['first', 'stand_in', 'roster'], w.stage), u.name, u.id
$$;
grant execute on function kembali.signers_of(uuid[]) to k_app;

-- As before (0197), and whoever was called on the telephone or wrote of it.
create or replace function kembali.name_on_signature(of_signature uuid, of_person uuid) returns text
language sql stable security definer set search_path = '' as $$
  select u.name from public.app_user u join public.second_signature s on s.id = of_signature
   where u.id = of_person
     and (s.asked_by = u.id
          or exists (select from public.second_signature_answer a where a.signature_id = s.id and a.answered_by = u.id)
          or exists (select from public.signature_call k where k.signature_id = s.id and k.person_id = u.id)
          or exists (select from public.signature_talk t where t.signature_id = s.id and u.id in (t.person_id, t.written_by)))
     and exists (select from public.access a where a.actor = kembali.actor() and a.case_id = s.case_id and a.part = s.part
           and a.ends_at > kembali.now() and a.basis = any (kembali.bases()))
$$;
