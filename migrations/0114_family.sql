-- 0114_family.sql: the people around a child, its household, cases that belong together, and the way back to a family (part
-- `family`). Names, numbers and words are in `body`; the clear columns are coded.
create table family_person (
  id           uuid primary key,
  case_id      uuid not null references child_case,
  op_id        uuid not null,
  version      integer not null,
  begun_at     timestamptz not null default kembali.now(),
  state        text not null check (state in ('now', 'before')),
  relation     text not null,
  roles        text[] not null check (roles <@ array['caregiver', 'trusted_adult', 'guardian', 'interpreter', 'lawyer', 'emergency']),
  in_household boolean not null,
  may_be_called text not null check (may_be_called in ('any_time', 'at_times', 'through_child', 'never')),
  language     text,
  body         bytea not null
);
create index family_person_case on family_person (case_id);

create table family_tracing (
  id           uuid primary key,
  case_id      uuid not null references child_case,
  op_id        uuid not null,
  version      integer not null,
  begun_at     timestamptz not null default kembali.now(),
  state        text not null,
  child_wants  text not null check (child_wants in ('yes', 'no', 'not_asked_yet', 'no_answer')),
  relation     text not null,
  next_on      date,
  body         bytea not null,
  unique (id, case_id)
);
create index family_tracing_case on family_tracing (case_id);
create table tracing_step (
  id         uuid primary key,
  case_id    uuid not null references child_case,
  op_id      uuid not null,
  tracing_id uuid not null,
  action     text not null,
  done_on    date not null,
  came_of_it text not null check (came_of_it in ('nothing_yet', 'a_trace', 'found', 'would_rather_not')),
  body       bytea not null,
  foreign key (tracing_id, case_id) references family_tracing (id, case_id)
);
create index tracing_step_case on tracing_step (case_id);
create table family_verification (
  id         uuid primary key,
  case_id    uuid not null references child_case,
  op_id      uuid not null,
  tracing_id uuid not null,
  done_on    date not null,
  is_family  boolean not null,
  decided_at timestamptz not null,
  body       bytea not null,
  foreign key (tracing_id, case_id) references family_tracing (id, case_id)
);
create index family_verification_case on family_verification (case_id);
create table family_reunification (
  id         uuid primary key,
  case_id    uuid not null references child_case,
  op_id      uuid not null,
  tracing_id uuid not null,
  kind       text not null,
  from_on    date not null,
  child_agrees text not null check (child_agrees in ('agrees', 'disagrees', 'no_answer', 'not_asked_yet')),
  first_visit_on date not null,
  decided_at timestamptz not null,
  body       bytea not null,
  foreign key (tracing_id, case_id) references family_tracing (id, case_id)
);
create index family_reunification_case on family_reunification (case_id);
-- Nobody brings a child to people of whom nobody has made sure that they are its family: the database asks once more.
create function kembali.must_be_verified() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if new.kind <> 'not_in_best_interests' and not exists (
       select from public.family_verification v
        where v.tracing_id = new.tracing_id and v.is_family and v.done_on <= new.from_on
          and not exists (select from public.family_verification n where n.tracing_id = v.tracing_id and not n.is_family and n.done_on >= v.done_on)) then
    raise exception 'a family is verified before a reunification' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger family_reunification_verified before insert on family_reunification for each row execute function kembali.must_be_verified();
-- Nor before it was weighed whether that is best for the child. Contact alone brings nobody anywhere.
create trigger family_reunification_weighed before insert on family_reunification for each row
  when (new.kind not in ('not_in_best_interests', 'contact_only')) execute function kembali.must_be_weighed('return');

-- Cases that belong together: one row on each side, and neither side sees the other before both have agreed. Whoever asks
-- gets the same answer whether there is such a case or not; `other_case` is shown to nobody.
create table family_link (
  id          uuid primary key default gen_random_uuid(),
  case_id     uuid not null references child_case,
  pair_id     uuid not null,
  side        text not null check (side in ('asked', 'was_asked')),
  -- What the other child is to this one.
  relation    text not null check (relation in ('sibling', 'mother', 'child')),
  state       text not null check (state in ('waiting', 'agreed', 'declined', 'ended')),
  asked_by    uuid not null references app_user,
  asked_at    timestamptz not null default kembali.now(),
  answered_at timestamptz,
  other_case  uuid references child_case on delete set null,
  -- So that a device hears of a row that no operation on its case has made.
  xid         xid8 not null default pg_current_xact_id(),
  unique (pair_id, side),
  check (other_case <> case_id)
);
create index family_link_case on family_link (case_id);
create index family_link_other on family_link (other_case);
create index family_link_asked on family_link (asked_by, asked_at);

do $$
declare name text;
begin
  foreach name in array array['family_person', 'family_tracing', 'tracing_step', 'family_verification', 'family_reunification', 'family_link'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy %I on %I to k_owner using (true) with check (true)', name || '_owner', name);
    execute format($p$create policy %I on %I for select to k_app using (exists (
      select from access a where a.actor = (select kembali.actor()) and a.case_id = %I.case_id
         and a.part = 'family' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])))$p$, name || '_read', name, name);
  end loop;
  foreach name in array array['family_person', 'family_tracing', 'tracing_step', 'family_verification', 'family_reunification'] loop
    execute format('grant select, insert on %I to k_app', name);
    execute format($p$create policy %I on %I for insert to k_app with check (exists (
      select from access a where a.actor = (select kembali.actor()) and a.case_id = %I.case_id
         and a.part = 'family' and a.level = 'write' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])))$p$, name || '_make', name, name);
  end loop;
  foreach name in array array['family_person', 'family_tracing'] loop
    execute format($p$create policy %I on %I for update to k_app using (exists (
      select from access a where a.actor = (select kembali.actor()) and a.case_id = %I.case_id
         and a.part = 'family' and a.level = 'write' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])))$p$, name || '_write', name, name);
    execute format('grant update on %I to k_app', name);
  end loop;
end $$;
grant select (id, case_id, pair_id, side, relation, state, asked_at, answered_at, xid) on family_link to k_app;

create function kembali.may_write_family(of_case uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from public.access a where a.actor = kembali.actor() and a.case_id = of_case and a.part = 'family'
     and a.level = 'write' and a.ends_at > kembali.now() and a.basis = any (kembali.bases()))
$$;

-- Asks whether the case of another alias belongs to this one. Nothing comes back: neither whether it is there, nor whose it is.
create function kembali.ask_family_link(of_pair uuid, of_case uuid, of_alias text, of_relation text) returns void
language plpgsql security definer set search_path = '' as $$
declare
  me uuid := kembali.actor();
  other uuid;
begin
  if not kembali.may_write_family(of_case) then raise insufficient_privilege; end if;
  select c.id into other from public.child_case c
   where pg_catalog.lower(c.alias) = pg_catalog.lower(of_alias) and c.id <> of_case and c.state = 'open'
     and not exists (select from public.family_link l where l.case_id = of_case and l.other_case = c.id and l.state in ('waiting', 'agreed'));
  insert into public.family_link (case_id, pair_id, side, relation, state, asked_by, other_case)
  values (of_case, of_pair, 'asked', of_relation, 'waiting', me, other);
  if other is not null then
    insert into public.family_link (case_id, pair_id, side, relation, state, asked_by, other_case)
    values (other, of_pair, 'was_asked', case of_relation when 'mother' then 'child' when 'child' then 'mother' else 'sibling' end,
      'waiting', me, of_case);
  end if;
end $$;

-- Whether a child would become its own mother's mother, over as many generations as there are.
create function kembali.is_circular(mother_case uuid, child_case uuid) returns boolean language sql stable security definer set search_path = '' as $$
  with recursive above as (
    select l.other_case as one from public.family_link l where l.case_id = mother_case and l.relation = 'mother' and l.state = 'agreed'
    union
    select l.other_case from above b join public.family_link l on l.case_id = b.one and l.relation = 'mother' and l.state = 'agreed'
  ) select mother_case = child_case or exists (select from above where one = child_case)
$$;

-- Whether agreeing to a request would close a circle; only for who may answer it.
create function kembali.link_is_circular(of_row uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select coalesce((select case l.relation when 'mother' then kembali.is_circular(l.other_case, l.case_id)
                                          when 'child' then kembali.is_circular(l.case_id, l.other_case) else false end
                     from public.family_link l where l.id = of_row and kembali.may_write_family(l.case_id)), false)
$$;

-- The other side's answer, told to both where it is yes. A no is told to nobody: it would say that there is such a case.
create function kembali.answer_family_link(of_row uuid, of_decision text) returns void
language plpgsql security definer set search_path = '' as $$
declare l record;
begin
  select * into l from public.family_link f where f.id = of_row and f.side = 'was_asked' and f.state = 'waiting' for update;
  if not found or not kembali.may_write_family(l.case_id) then raise insufficient_privilege; end if;
  if of_decision = 'agreed' and kembali.link_is_circular(of_row) then raise check_violation; end if;
  update public.family_link f set state = of_decision, answered_at = kembali.now(), xid = pg_catalog.pg_current_xact_id()
   where f.pair_id = l.pair_id and (f.id = l.id or of_decision = 'agreed');
end $$;

-- Either side ends what both had agreed to, for both.
create function kembali.end_family_link(of_row uuid) returns void language plpgsql security definer set search_path = '' as $$
declare l record;
begin
  select * into l from public.family_link f where f.id = of_row and f.state in ('waiting', 'agreed') for update;
  if not found or not kembali.may_write_family(l.case_id) then raise insufficient_privilege; end if;
  update public.family_link f set state = 'ended', answered_at = kembali.now(), xid = pg_catalog.pg_current_xact_id() where f.pair_id = l.pair_id;
end $$;

-- What the two sides may know of each other: who asks, while it waits; the other's alias and worker, once both have agreed.
create function kembali.family_link_others(of_cases uuid[]) returns table (id uuid, alias text, worker text, office text)
language sql stable security definer set search_path = '' as $$
  select l.id, case when l.state = 'agreed' then c.alias end,
         case when l.state = 'agreed' then w.name when l.side = 'was_asked' then a.name end,
         case when l.state = 'agreed' then o.name when l.side = 'was_asked' then ao.name end
    from public.family_link l left join public.child_case c on c.id = l.other_case
    left join public.app_user w on w.id = c.worker_id left join public.organisation o on o.id = c.org_id
    join public.app_user a on a.id = l.asked_by join public.organisation ao on ao.id = a.org_id
   where l.case_id = any (of_cases) and exists (select from public.access x where x.actor = kembali.actor() and x.case_id = l.case_id
     and x.part = 'family' and x.ends_at > kembali.now() and x.basis = any (kembali.bases()))
$$;

create function kembali.family_links_today() returns integer language sql stable security definer set search_path = '' as $$
  select count(*)::integer from public.family_link where asked_by = kembali.actor() and side = 'asked' and asked_at > kembali.now() - interval '24 hours'
$$;
grant execute on function kembali.ask_family_link(uuid, uuid, text, text), kembali.answer_family_link(uuid, text),
  kembali.end_family_link(uuid), kembali.link_is_circular(uuid), kembali.family_link_others(uuid[]), kembali.family_links_today() to k_app;
