-- 0003_cases.sql: a child's case, who works on it, grants, exclusions, and the triggers that keep `access`.
-- Clear columns are coded and few: nothing here says what kind of case it is (security.md 2.1).
create table child_case (
  id         uuid primary key,
  op_id      uuid not null,
  alias      text not null unique,
  org_id     uuid not null references organisation,
  team_id    uuid not null references team,
  opened_by  uuid not null references app_user,
  worker_id  uuid not null references app_user,
  region     text not null,
  state      text not null default 'open' check (state in ('open', 'closed')),
  sex        text not null check (sex in ('female', 'male', 'other', 'not_known')),
  age_band   text not null check (age_band in ('0_5', '6_11', '12_14', '15_17', '18_plus', 'not_known')),
  threatened boolean not null default false,
  opened_at  timestamptz not null,
  closed_at  timestamptz,
  version    integer not null default 1,
  check ((state = 'closed') = (closed_at is not null))
);
create index child_case_team on child_case (team_id, state);
create index child_case_worker on child_case (worker_id, state);

create table case_team (
  case_id   uuid not null references child_case,
  person_id uuid not null,
  sector    text not null,
  role      text not null,
  from_at   timestamptz not null default kembali.now(),
  ends_at   timestamptz not null default 'infinity',
  primary key (case_id, person_id, role),
  foreign key (person_id, sector) references app_user (id, sector) on update cascade,
  constraint case_team_firewall check (sector in ('child_protection', 'health', 'education', 'legal_aid',
    'civil_society', 'child_justice', 'oversight'))
);
create index case_team_person on case_team (person_id);

create table sharing_grant (
  id         uuid primary key,
  case_id    uuid not null references child_case,
  person_id  uuid not null,
  sector     text not null,
  part       text not null check (part <> 'sealed'),
  purpose    text not null,
  basis      text not null check (basis in ('consent', 'assent', 'best_interests')),
  starts_at  timestamptz not null,
  ends_at    timestamptz not null,
  revoked_at timestamptz,
  check (ends_at > starts_at and ends_at <= starts_at + interval '365 days'),
  foreign key (person_id, sector) references app_user (id, sector) on update cascade,
  constraint sharing_grant_firewall check (part = 'handover' or sector in ('child_protection', 'health', 'education',
    'legal_aid', 'civil_society', 'child_justice', 'oversight'))
);
create index sharing_grant_case on sharing_grant (case_id);

-- A relative works here, a neighbour, somebody the child fears: beats every basis.
create table case_exclusion (
  case_id   uuid not null references child_case,
  person_id uuid not null references app_user,
  primary key (case_id, person_id)
);

-- Every right that follows from the facts: the one definition the triggers write from.
create view kembali.computed_access as
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
    from sharing_grant g where g.revoked_at is null and g.part not in ('handover', 'case');

create function kembali.refresh_access(of_case uuid) returns void language sql security definer set search_path = '' as $$
  delete from public.access where case_id = of_case;
  insert into public.access (actor, sector, case_id, part, level, basis, basis_id, ends_at)
  select w.actor, w.sector, w.case_id, w.part, w.level, w.basis, w.basis_id, w.ends_at
    from kembali.computed_access w
   where w.case_id = of_case
     and not exists (select from public.case_exclusion x where x.case_id = of_case and x.person_id = w.actor)
     and exists (select from public.app_user u where u.id = w.actor and u.ended_at is null);
$$;

create function kembali.on_case_change() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    -- The person who opens a case is on it; whoever only takes the call is on it for 72 hours (security.md 3.4).
    insert into public.case_team (case_id, person_id, sector, role, ends_at)
    select new.id, u.id, u.sector, u.role, case u.role when 'intake' then kembali.now() + interval '72 hours' else 'infinity' end
      from public.app_user u where u.id = new.opened_by;
  elsif new.team_id is distinct from old.team_id or new.threatened is distinct from old.threatened
     or new.org_id is distinct from old.org_id then
    perform kembali.refresh_access(new.id);
  end if;
  return null;
end $$;
create trigger child_case_access after insert or update on child_case for each row execute function kembali.on_case_change();

create function kembali.on_case_fact() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if tg_op <> 'INSERT' then perform kembali.refresh_access(old.case_id); end if;
  if tg_op <> 'DELETE' and (tg_op = 'INSERT' or new.case_id <> old.case_id) then perform kembali.refresh_access(new.case_id); end if;
  return null;
end $$;
create trigger case_team_access after insert or update or delete on case_team for each row execute function kembali.on_case_fact();
create trigger sharing_grant_access after insert or update or delete on sharing_grant for each row execute function kembali.on_case_fact();
create trigger case_exclusion_access after insert or update or delete on case_exclusion for each row execute function kembali.on_case_fact();

create function kembali.on_team_change() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform kembali.refresh_access(c.id) from public.child_case c
    where c.team_id in (select coalesce(new.team_id, old.team_id) union select coalesce(old.team_id, new.team_id));
  return null;
end $$;
create trigger team_member_access after insert or update or delete on team_member for each row execute function kembali.on_team_change();

create function kembali.on_person_change() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if new.ended_at is distinct from old.ended_at and new.ended_at is not null then
    update public.case_team set ends_at = least(ends_at, new.ended_at) where person_id = new.id;
    delete from public.access where actor = new.id;
  elsif new.org_id <> old.org_id then
    perform kembali.refresh_access(c.id) from public.child_case c join public.team_member t on t.team_id = c.team_id where t.person_id = new.id;
  end if;
  return null;
end $$;
create trigger app_user_access after update on app_user for each row execute function kembali.on_person_change();

alter table child_case enable row level security;
alter table child_case force row level security;
alter table case_team enable row level security;
alter table case_team force row level security;
alter table sharing_grant enable row level security;
alter table sharing_grant force row level security;
alter table case_exclusion enable row level security;
alter table case_exclusion force row level security;
create policy child_case_owner on child_case to k_owner using (true) with check (true);
create policy case_team_owner on case_team to k_owner using (true) with check (true);
create policy sharing_grant_owner on sharing_grant to k_owner using (true) with check (true);
create policy case_exclusion_owner on case_exclusion to k_owner using (true) with check (true);

create policy child_case_read on child_case for select to k_app using (exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = child_case.id
     and a.part = 'case' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
-- A child is registered in one's own office by a role that registers children, in one's own name.
create policy child_case_open on child_case for insert to k_app with check (
  opened_by = (select kembali.actor()) and worker_id = opened_by and org_id = (select kembali.actor_org())
  and (select kembali.actor_role()) in ('case_worker', 'intake')
  and exists (select from team t where t.id = team_id and t.org_id = child_case.org_id));
create policy child_case_write on child_case for update to k_app using (exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = child_case.id
     and a.part = 'case' and a.level = 'write' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])))
  with check (org_id = (select kembali.actor_org()));
create policy case_team_read on case_team for select to k_app using (exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = case_team.case_id
     and a.part = 'case' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
-- Only who supervises the case puts people on it or takes them off; the person must be of the case's office.
create policy case_team_assign on case_team for insert to k_app with check (
  exists (select from access a where a.actor = (select kembali.actor()) and a.case_id = case_team.case_id
     and a.part = 'case' and a.level = 'write' and a.basis = 'supervision' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[]))
  and exists (select from app_user u where u.id = case_team.person_id and u.role = case_team.role
     and u.org_id = (select kembali.actor_org()) and u.ended_at is null));
create policy case_team_end on case_team for update to k_app using (
  exists (select from access a where a.actor = (select kembali.actor()) and a.case_id = case_team.case_id
     and a.part = 'case' and a.level = 'write' and a.basis = 'supervision' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
create policy sharing_grant_read on sharing_grant for select to k_app using (exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = sharing_grant.case_id
     and a.part = 'case' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
create policy child_case_clock on child_case for select to k_clock using (true);
create policy case_team_clock on case_team for select to k_clock using (true);

grant select, insert on child_case to k_app;
grant update (team_id, worker_id, state, closed_at, threatened, region, sex, age_band, version) on child_case to k_app;
grant select, insert on case_team to k_app;
grant update (ends_at) on case_team to k_app;
grant select on sharing_grant to k_app;
-- The clock knows whose duty it is, not whose child: no alias, no sex, no age.
grant select (id, team_id, worker_id, state) on child_case to k_clock;
grant select (case_id, person_id, role, ends_at) on case_team to k_clock;

-- Whether an alias stands for a case already, so that the gate can make another.
create function kembali.alias_taken(of_alias text) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from public.child_case where alias = of_alias)
$$;

-- "Who may see this": names of people on one case, for whoever may open that case; nobody's list of staff.
create function kembali.who_may_see(of_case uuid) returns table (
  name text, role text, organisation text, part text, level text, basis text, ends_at timestamptz
) language sql stable security definer set search_path = '' as $$
  select u.name, u.role, o.name, a.part, a.level, a.basis, a.ends_at
    from public.access a join public.app_user u on u.id = a.actor join public.organisation o on o.id = u.org_id
   where a.case_id = of_case and a.ends_at > kembali.now() and u.ended_at is null
     and exists (select from public.access me where me.actor = kembali.actor() and me.case_id = of_case
                   and me.part = 'case' and me.ends_at > kembali.now())
$$;
