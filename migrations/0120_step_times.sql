-- 0120_step_times.sql: when the steps of a case were taken, worked out as each operation arrives, so that a supervisor's day need
-- not read the whole log of her teams. A row for each part the log says it in, read by whoever reads those lines of the log.
create table case_step_time (
  case_id           uuid not null references child_case,
  part              text not null,
  -- The child was seen or spoken with.
  first_touch_at    timestamptz,
  last_touch_at     timestamptz,
  safe_now_said     boolean not null default false,
  plan_handed_in_at timestamptz,
  plan_decided_at   timestamptz,
  plan_decision     text,
  primary key (case_id, part),
  check ((first_touch_at is null) = (last_touch_at is null)),
  check ((plan_decided_at is null) = (plan_decision is null))
);
alter table case_step_time enable row level security;
alter table case_step_time force row level security;
create policy case_step_time_owner on case_step_time to k_owner using (true) with check (true);
create policy case_step_time_read on case_step_time for select to k_app using (exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = case_step_time.case_id
     and a.part = case_step_time.part and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
grant select on case_step_time to k_app;

-- What one line of the log says of a step; null where it says nothing of any.
create function kembali.step_time_of(line op_log) returns case_step_time language sql immutable set search_path = '' as $$
  select case when line.case_id is not null and line.part is not null then row(line.case_id, line.part, touch.at, touch.at,
           line.type = 'cases.edit_safe_start' and line.clear->'set'->>'safeNow' is not null,
           case when line.type = 'care.submit_plan' then line.at end,
           case when line.type = 'care.decide_plan' then line.at end,
           case when line.type = 'care.decide_plan' then line.clear->>'decision' end)::public.case_step_time end
    from (select case when line.type in ('care.add_note', 'care.add_follow_up', 'assessment.check_safety')
                       and coalesce(line.clear->>'kind', line.clear->>'how')
                           in ('home_visit', 'call', 'office_visit', 'school_visit', 'seen', 'spoken')
                      then (line.clear->>'at')::timestamptz end as at) touch
$$;

create function kembali.keep_step_time(found case_step_time) returns void language sql security definer set search_path = '' as $$
  insert into public.case_step_time as kept select found.*
   where found.first_touch_at is not null or found.safe_now_said or found.plan_handed_in_at is not null or found.plan_decided_at is not null
  on conflict (case_id, part) do update set
    first_touch_at = least(kept.first_touch_at, excluded.first_touch_at),
    last_touch_at = greatest(kept.last_touch_at, excluded.last_touch_at),
    safe_now_said = kept.safe_now_said or excluded.safe_now_said,
    plan_handed_in_at = greatest(kept.plan_handed_in_at, excluded.plan_handed_in_at),
    plan_decided_at = greatest(kept.plan_decided_at, excluded.plan_decided_at),
    plan_decision = case when excluded.plan_decided_at >= coalesce(kept.plan_decided_at, '-infinity')
                         then excluded.plan_decision else kept.plan_decision end
$$;

create function kembali.note_step_time() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform kembali.keep_step_time(kembali.step_time_of(new));
  return null;
end $$;
create trigger op_log_step_time after insert on op_log for each row
  when (new.type in ('care.add_note', 'care.add_follow_up', 'assessment.check_safety', 'cases.edit_safe_start',
                     'care.submit_plan', 'care.decide_plan') and new.case_id is not null)
  execute function kembali.note_step_time();

select count(kembali.keep_step_time(kembali.step_time_of(l))) from op_log l where l.case_id is not null;
