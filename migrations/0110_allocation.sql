-- 0110_allocation.sql: who should work with a child, what workers say of themselves, and how a case moves to another office.
-- What a worker speaks and whether she is a woman or a man she says herself; the child's wish is a wish and no rule.
create table worker_says (
  person_id uuid primary key references app_user,
  languages text[] not null default '{}',
  gender    text not null default 'not_said' check (gender in ('female', 'male', 'other', 'not_said'))
);
alter table worker_says enable row level security;
alter table worker_says force row level security;
create policy worker_says_owner on worker_says to k_owner using (true) with check (true);
-- Read by colleagues of one's own office, written by nobody but oneself.
create policy worker_says_read on worker_says for select to k_app using (exists (
  select from app_user u where u.id = worker_says.person_id and u.org_id = (select kembali.actor_org())));
create policy worker_says_make on worker_says for insert to k_app with check (person_id = (select kembali.actor()));
create policy worker_says_change on worker_says for update to k_app
  using (person_id = (select kembali.actor())) with check (person_id = (select kembali.actor()));
grant select, insert, update on worker_says to k_app;

create table child_wish (
  id       uuid primary key,
  case_id  uuid not null unique references child_case,
  op_id    uuid not null,
  version  integer not null,
  begun_at timestamptz not null default kembali.now(),
  prefers  text check (prefers in ('female', 'male', 'either', 'no_answer')),
  language text,
  said_on  date,
  body     bytea not null,
  check (id = case_id)
);
-- A case offered to another office: a major decision, weighed before it (0056). Until that office answers nothing changes;
-- `ends_at` is when the offer is over by itself.
create table case_transfer (
  id          uuid primary key,
  case_id     uuid not null references child_case,
  op_id       uuid not null,
  from_org    uuid not null references organisation,
  to_team     uuid not null references team,
  child_told  text not null check (child_told in ('told', 'told_before_it_moves', 'not_safe_to_tell')),
  offered_by  uuid not null references app_user,
  decided_at  timestamptz not null,
  ends_at     timestamptz not null,
  body        bytea not null,
  unique (id, case_id)
);
create index case_transfer_case on case_transfer (case_id);
create trigger case_transfer_weighed before insert on case_transfer for each row execute function kembali.must_be_weighed('transfer');
create table case_transfer_answer (
  id          uuid primary key,
  case_id     uuid not null references child_case,
  op_id       uuid not null,
  -- One answer to each offer.
  transfer_id uuid not null unique,
  answer      text not null check (answer in ('accepted', 'declined', 'withdrawn')),
  worker_id   uuid references app_user,
  answered_by uuid not null references app_user,
  answered_at timestamptz not null,
  body        bytea not null,
  foreign key (transfer_id, case_id) references case_transfer (id, case_id),
  check ((answer = 'accepted') = (worker_id is not null))
);

do $$
declare t record;
begin
  for t in select * from (values ('child_wish', 'services'), ('case_transfer', 'case'), ('case_transfer_answer', 'case')) as v (name, part) loop
    execute format('alter table %I enable row level security', t.name);
    execute format('alter table %I force row level security', t.name);
    execute format('create policy %I on %I to k_owner using (true) with check (true)', t.name || '_owner', t.name);
    execute format($p$create policy %I on %I for select to k_app using (exists (
      select from access a where a.actor = (select kembali.actor()) and a.case_id = %I.case_id
         and a.part = %L and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])))$p$, t.name || '_read', t.name, t.name, t.part);
    execute format('grant select on %I to k_app', t.name);
  end loop;
end $$;
create policy child_wish_make on child_wish for insert to k_app with check (exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = child_wish.case_id and a.part = 'services' and a.level = 'write'
     and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
create policy child_wish_write on child_wish for update to k_app using (exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = child_wish.case_id and a.part = 'services' and a.level = 'write'
     and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
grant insert, update on child_wish to k_app;

-- Offices a case can be offered to: child protection only, with somebody who supervises there. No person is named.
create function kembali.offices_to_offer() returns table (team_id uuid, team text, organisation text, region text)
language sql stable security definer set search_path = '' as $$
  select t.id, t.name, o.name, o.region from public.team t join public.organisation o on o.id = t.org_id
   where o.sector = 'child_protection' and o.id <> (select kembali.actor_org()) and (select kembali.actor_role()) = 'supervisor'
     and exists (select from public.team_member m join public.app_user u on u.id = m.person_id
                  where m.team_id = t.id and m.supervises and m.ended_at is null and u.ended_at is null)
   order by o.name, t.name
$$;

-- Who offered and to whom, in names: for whoever may read the offer.
create function kembali.transfer_names(of_transfer uuid) returns table (from_office text, to_office text, to_team text, offered_by text)
language sql stable security definer set search_path = '' as $$
  select f.name, o.name, t.name, u.name from public.case_transfer x
    join public.organisation f on f.id = x.from_org join public.team t on t.id = x.to_team
    join public.organisation o on o.id = t.org_id join public.app_user u on u.id = x.offered_by
   where x.id = of_transfer and exists (select from public.access a where a.actor = kembali.actor() and a.case_id = x.case_id
     and a.part = 'case' and a.ends_at > kembali.now())
$$;

-- Offers a case to a team of another office. Those who supervise there may read the file's own part until they answer,
-- and nothing of the child: what they need to decide stands in the offer.
create function kembali.offer_transfer(of_id uuid, of_case uuid, of_op uuid, to_team uuid, of_told text, of_at timestamptz, of_body bytea)
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
  insert into public.sharing_grant (id, case_id, person_id, sector, part, purpose, basis, starts_at, ends_at)
  select gen_random_uuid(), of_case, u.id, u.sector, 'case', 'transfer', 'best_interests', kembali.now(), over
    from public.team_member m join public.app_user u on u.id = m.person_id and u.ended_at is null
   where m.team_id = offer_transfer.to_team and m.supervises and m.ended_at is null;
  return 'done';
end $$;

-- Answers an offer. When it is accepted the new worker starts and everybody of the old office leaves in the same breath;
-- what was written stays in the file.
create function kembali.answer_transfer(
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
    update public.case_team m set ends_at = kembali.now() from public.app_user u
     where u.id = m.person_id and u.org_id = offer.from_org and m.case_id = offer.case_id and m.ends_at > kembali.now();
    insert into public.case_team (case_id, person_id, sector, role)
    select offer.case_id, u.id, u.sector, u.role from public.app_user u where u.id = of_worker
    on conflict (case_id, person_id, role) do update set ends_at = 'infinity';
  end if;
  update public.sharing_grant set revoked_at = kembali.now()
   where case_id = offer.case_id and purpose = 'transfer' and revoked_at is null;
  return 'done';
end $$;
revoke execute on function kembali.offices_to_offer(), kembali.transfer_names(uuid),
  kembali.offer_transfer(uuid, uuid, uuid, uuid, text, timestamptz, bytea),
  kembali.answer_transfer(uuid, uuid, uuid, text, uuid, timestamptz, bytea) from public;
grant execute on function kembali.offices_to_offer(), kembali.transfer_names(uuid),
  kembali.offer_transfer(uuid, uuid, uuid, uuid, text, timestamptz, bytea),
  kembali.answer_transfer(uuid, uuid, uuid, text, uuid, timestamptz, bytea) to k_app;
