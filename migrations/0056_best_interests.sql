-- 0056_best_interests.sql: best-interests records, urgent protection and major decisions (part `services`, facts).
-- In the clear: what kind of record, which decisions it weighs, whether it permits them, when. What was weighed, who was
-- heard, why, and what set a determination off lie sealed. A major decision needs a record dated before it: the last
-- function here says so past every rule.
create table best_interests_record (
  id          uuid primary key,
  case_id     uuid not null references child_case,
  op_id       uuid not null,
  kind        text not null check (kind in ('bia_short', 'bia_comprehensive', 'bid', 'bid_review')),
  about       text[] not null check (about <@ array['separation', 'return', 'transfer', 'detention_handover', 'closure']),
  outcome     text not null check (outcome in ('act', 'not_act', 'not_share')),
  decided_at  timestamptz not null,
  review_on   date,
  -- The record this one looks at again: from then on this one stands in its place.
  reviews     uuid,
  recorded_by uuid not null references app_user,
  body        bytea not null,
  unique (id, case_id),
  foreign key (reviews, case_id) references best_interests_record (id, case_id)
);
create index best_interests_record_case on best_interests_record (case_id, decided_at);

create table best_interests_appeal (
  id          uuid primary key,
  case_id     uuid not null references child_case,
  op_id       uuid not null,
  record_id   uuid not null,
  asked_by    text not null check (asked_by in ('child', 'carer', 'guardian', 'lawyer')),
  asked_at    timestamptz not null,
  recorded_by uuid not null references app_user,
  body        bytea not null,
  foreign key (record_id, case_id) references best_interests_record (id, case_id)
);
create index best_interests_appeal_case on best_interests_appeal (case_id);

create table urgent_protection (
  id           uuid primary key,
  case_id      uuid not null references child_case,
  op_id        uuid not null,
  decision     text check (decision in ('separation', 'transfer')),
  protected_at timestamptz not null,
  recorded_by  uuid not null references app_user,
  body         bytea not null
);
create index urgent_protection_case on urgent_protection (case_id);

create table major_decision (
  id          uuid primary key,
  case_id     uuid not null references child_case,
  op_id       uuid not null,
  decision    text not null check (decision in ('separation', 'return', 'transfer', 'detention_handover')),
  decided_at  timestamptz not null,
  recorded_by uuid not null references app_user,
  body        bytea not null
);
create index major_decision_case on major_decision (case_id);

do $$
declare name text;
begin
  foreach name in array array['best_interests_record', 'best_interests_appeal', 'urgent_protection', 'major_decision'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy %I on %I to k_owner using (true) with check (true)', name || '_owner', name);
    execute format($p$create policy %I on %I for select to k_app using (exists (
      select from access a where a.actor = (select kembali.actor()) and a.case_id = %I.case_id
         and a.part = 'services' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])))$p$, name || '_read', name, name);
    execute format($p$create policy %I on %I for insert to k_app with check (recorded_by = (select kembali.actor()) and exists (
      select from access a where a.actor = (select kembali.actor()) and a.case_id = %I.case_id
         and a.part = 'services' and a.level = 'write' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])))$p$, name || '_make', name, name);
    execute format('grant select, insert on %I to k_app', name);
  end loop;
end $$;

-- Whether a second person has signed, or has not declined where she signs after.
create function kembali.is_signed(of_act text, of_about uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from public.second_signature s join public.second_signature_answer a on a.signature_id = s.id
                  where s.act = of_act and s.about_id = of_about and a.decision = 'signed')
$$;
create function kembali.is_declined(of_act text, of_about uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from public.second_signature s join public.second_signature_answer a on a.signature_id = s.id
                  where s.act = of_act and s.about_id = of_about and a.decision = 'declined')
$$;

-- Whether a record holds: an assessment from the moment it is recorded, a determination once a second person has signed.
create function kembali.record_holds(of_record uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select case when r.kind in ('bid', 'bid_review') then kembali.is_signed('best_interests_determination', r.id) else true end
    from public.best_interests_record r where r.id = of_record
$$;

-- Whether a decision about a case was weighed before it. A record that another one has looked at again counts no more. Urgent
-- protection stands in for 72 hours, declined or not asked about again it does not; `cases/major-decision.ts` says the same.
create function kembali.is_weighed(of_case uuid, of_decision text, of_at timestamptz) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (
    select from public.best_interests_record r
     where r.case_id = of_case and of_decision = any (r.about) and r.outcome = 'act' and r.decided_at < of_at
       and kembali.record_holds(r.id)
       and not exists (select from public.best_interests_record n where n.reviews = r.id and kembali.record_holds(n.id)))
  or exists (
    select from public.urgent_protection u
     where u.case_id = of_case and u.decision = of_decision and u.protected_at <= of_at
       and of_at < u.protected_at + interval '72 hours' and not kembali.is_declined('urgent_protection', u.id))
$$;

-- The same question, of whoever may see the case.
create function kembali.best_interests_before(of_case uuid, of_decision text, of_at timestamptz) returns boolean
language sql stable security definer set search_path = '' as $$
  select kembali.is_weighed(of_case, of_decision, of_at) and exists (
    select from public.access a where a.actor = kembali.actor() and a.case_id = of_case and a.part = 'case'
       and a.ends_at > kembali.now() and a.basis = any (kembali.bases()))
$$;
grant execute on function kembali.best_interests_before(uuid, text, timestamptz) to k_app;

-- Any table of major decisions is guarded by this: `execute function kembali.must_be_weighed('transfer')`, or without a word
-- where a column `decision` names it. The table says when in `decided_at`.
create function kembali.must_be_weighed() returns trigger language plpgsql security definer set search_path = '' as $$
declare what text := coalesce(tg_argv[0], to_jsonb(new) ->> 'decision');
begin
  if not kembali.is_weighed(new.case_id, what, new.decided_at) then
    raise exception 'a best-interests record comes before this decision' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger major_decision_weighed before insert on major_decision for each row execute function kembali.must_be_weighed();

-- Why a case was closed, so that the end of a file that decides nothing about a child needs no weighing.
alter table child_case add column closed_for text;
grant update (closed_for) on child_case to k_app;
create function kembali.closure_must_be_weighed() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if coalesce(new.closed_for, '') not in ('duplicate', 'death')
     and not kembali.is_weighed(new.id, 'closure', new.closed_at) then
    raise exception 'a best-interests record comes before this decision' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger child_case_closed before update on child_case for each row
  when (old.state = 'open' and new.state = 'closed') execute function kembali.closure_must_be_weighed();
