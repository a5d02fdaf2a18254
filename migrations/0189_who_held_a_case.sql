-- 0189_who_held_a_case.sql: from when to when a case was open in an office's hands, how it came and how it went. The office's monthly
-- figures are counted from it, so that what stood at the start, what came and what went always make what stands at the end (0058).
create table case_held (
  id       uuid primary key default gen_random_uuid(),
  case_id  uuid not null references child_case,
  org_id   uuid not null references organisation,
  team_id  uuid not null references team,
  came     text not null check (came in ('opened', 'taken_over', 'reopened')),
  from_at  timestamptz not null,
  went     text check (went in ('closed', 'handed_over')),
  to_at    timestamptz check (to_at >= from_at),
  -- As they stood on the day the case left: what the next office writes changes no figure of the one before.
  sex      text,
  age_band text,
  check ((went is null) = (to_at is null))
);
create index case_held_case on case_held (case_id);
create index case_held_team on case_held (team_id);
alter table case_held enable row level security;
alter table case_held force row level security;
-- Nobody reads a row: an office hears sums of its own, from the function below.
create policy case_held_owner on case_held to k_owner using (true) with check (true);

-- A case that changes its office begins there on that day, whichever way it moves: what the old office did or let lie is not late work
-- of the new worker. The same moment as for a file from another system (0131).
create function kembali.begin_here() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  new.taken_in_at := kembali.now();
  return new;
end $$;
create trigger child_case_begins_here before update of org_id on child_case for each row
  when (new.org_id is distinct from old.org_id) execute function kembali.begin_here();

create function kembali.hold_case() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'INSERT' then
    insert into public.case_held (case_id, org_id, team_id, came, from_at, went, to_at)
    values (new.id, new.org_id, new.team_id, 'opened', new.opened_at, case when new.state = 'closed' then 'closed' end,
      case when new.state = 'closed' then greatest(new.opened_at, new.closed_at) end);
    return null;
  end if;
  if new.org_id is distinct from old.org_id then
    update public.case_held set sex = old.sex, age_band = old.age_band where case_id = new.id and org_id = old.org_id and sex is null;
    update public.case_held set went = 'handed_over', to_at = greatest(from_at, new.taken_in_at) where case_id = new.id and to_at is null;
    if new.state = 'open' then
      insert into public.case_held (case_id, org_id, team_id, came, from_at)
      values (new.id, new.org_id, new.team_id, case old.state when 'open' then 'taken_over' else 'reopened' end, new.taken_in_at);
    end if;
    return null;
  end if;
  if new.team_id <> old.team_id then
    -- Inside an office a case takes its past with it: its team counts it as its own, as its list does.
    update public.case_held set team_id = new.team_id where case_id = new.id and org_id = new.org_id;
  end if;
  if old.state = 'open' and new.state = 'closed' then
    update public.case_held set went = 'closed', to_at = greatest(from_at, new.closed_at) where case_id = new.id and to_at is null;
  elsif old.state = 'closed' and new.state = 'open' then
    insert into public.case_held (case_id, org_id, team_id, came, from_at)
    values (new.id, new.org_id, new.team_id, 'reopened', kembali.now());
  end if;
  return null;
end $$;
create trigger child_case_held after insert or update of org_id, team_id, state on child_case
  for each row execute function kembali.hold_case();

-- What moved before this: each office from its takeover to the next. When a case was closed and opened again in between is not told.
with moved as (
  select x.case_id, x.from_org, t.org_id as to_org, x.to_team, a.answered_at, x.offered_by,
         row_number() over of_case as nth, lead(a.answered_at) over of_case as next_at, lag(x.to_team) over of_case as from_team
    from case_transfer x join case_transfer_answer a on a.transfer_id = x.id and a.answer = 'accepted' join team t on t.id = x.to_team
  window of_case as (partition by x.case_id order by a.answered_at)),
held as (
  select m.case_id, m.from_org as org_id, coalesce(m.from_team, s.team_id) as team_id, 'opened' as came, c.opened_at as from_at,
         m.answered_at as left_at
    from moved m join child_case c on c.id = m.case_id
    left join lateral (select w.team_id from team_member w join team t on t.id = w.team_id and t.org_id = m.from_org
                        where w.person_id = m.offered_by and w.supervises order by w.ended_at nulls first limit 1) s on true
   where m.nth = 1
  union all
  select m.case_id, m.to_org, case when m.next_at is null then c.team_id else m.to_team end, 'taken_over', m.answered_at, m.next_at
    from moved m join child_case c on c.id = m.case_id
  union all
  select c.id, c.org_id, c.team_id, 'opened', c.opened_at, null
    from child_case c where not exists (select from moved m where m.case_id = c.id))
insert into case_held (case_id, org_id, team_id, came, from_at, went, to_at, sex, age_band)
select h.case_id, h.org_id, h.team_id, h.came, h.from_at,
       case when h.left_at is not null then 'handed_over' when c.state = 'closed' then 'closed' end,
       greatest(h.from_at, coalesce(h.left_at, c.closed_at)),
       case when h.left_at is not null then c.sex end, case when h.left_at is not null then c.age_band end
  from held h join child_case c on c.id = h.case_id where h.team_id is not null;
update child_case c set taken_in_at = m.at
  from (select case_id, max(answered_at) as at from case_transfer_answer where answer = 'accepted' group by case_id) m
 where m.case_id = c.id;

-- What a supervisor's teams held in a time, in sums: no case is named, and none is counted that she is kept away from.
create function kembali.cases_held(of_from timestamptz, of_to timestamptz) returns table (counts text, sex text, age_band text, n integer)
language sql stable security definer set search_path = '' as $$
  select k.counts, coalesce(h.sex, c.sex), coalesce(h.age_band, c.age_band), count(*)::integer
    from public.team_member m join public.case_held h on h.team_id = m.team_id join public.child_case c on c.id = h.case_id
    cross join lateral (values
      ('open_at_start', h.from_at < of_from and coalesce(h.to_at >= of_from, true)),
      (h.came, h.from_at >= of_from and h.from_at < of_to),
      (h.went, h.to_at >= of_from and h.to_at < of_to),
      ('open_at_end', h.from_at < of_to and coalesce(h.to_at >= of_to, true))) as k (counts, holds)
   where m.person_id = kembali.actor() and m.supervises and m.ended_at is null and k.holds and kembali.actor_role() = 'supervisor'
     and 'supervision' = any (kembali.bases())
     and not exists (select from public.case_exclusion e where e.case_id = h.case_id and e.person_id = m.person_id)
   group by 1, 2, 3
$$;
revoke execute on function kembali.cases_held(timestamptz, timestamptz) from public;
grant execute on function kembali.cases_held(timestamptz, timestamptz) to k_app;
