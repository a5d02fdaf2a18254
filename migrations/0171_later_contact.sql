-- 0171_later_contact.sql: contact that was agreed for after a case is closed is reminded of, and written down once it was made.
alter table case_closing add column contact_made_on date, add column contact_made_by uuid references app_user;
alter table case_closing add constraint contact_made_by_somebody check ((contact_made_on is null) = (contact_made_by is null));
-- Whoever reads the services of a closed case says that it was made, once and in her own name; nothing else of a request changes.
create policy case_closing_contact_made on case_closing for update to k_app using (contact_made_on is null
  and exists (select from access a where a.actor = (select kembali.actor()) and a.case_id = case_closing.case_id and a.part = 'services'
     and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[]))
  and exists (select from child_case c where c.id = case_closing.case_id and c.state = 'closed'))
  with check (contact_made_by = (select kembali.actor()));
grant update (contact_made_on, contact_made_by) on case_closing to k_app;
-- When a day of this country ends is no secret.
grant execute on function kembali.end_of_day(date) to k_app;

-- Tells the worker of a closed case, or where she has gone its supervisors, when the agreed day comes near and when it has
-- passed, each exactly once; and nobody after the last day the child agreed to. What was asked last is what the case was closed by.
create function kembali.remind_of_later_contact(before interval) returns integer
language plpgsql security definer set search_path = '' as $$
declare written integer;
begin
  with last as (
    select distinct on (k.case_id) k.id, k.case_id, k.contact, k.contact_on, k.contact_until, k.contact_made_on, c.worker_id, c.team_id, c.org_id
      from public.case_closing k join public.child_case c on c.id = k.case_id and c.state = 'closed'
     order by k.case_id, k.asked_at desc, k.id
  ), due as (
    select l.*, case when kembali.end_of_day(l.contact_on) <= kembali.now() then 'passed' else 'due_soon' end as stage,
           exists (select from public.app_user u where u.id = l.worker_id and u.ended_at is null and u.org_id = l.org_id) as has_worker
      from last l
     where l.contact = 'agreed' and l.contact_made_on is null and kembali.end_of_day(l.contact_on - 1) <= kembali.now() + before
       and (l.contact_until is null or kembali.end_of_day(l.contact_until) > kembali.now())
  ), told as (
    select d.worker_id as person_id, d.case_id, d.id, d.stage, d.contact_on from due d where d.has_worker
    union
    select m.person_id, d.case_id, d.id, d.stage, d.contact_on from due d
      join public.team_member m on m.team_id = d.team_id and m.supervises and m.ended_at is null where not d.has_worker
  )
  insert into public.notice (person_id, case_id, about, stage, due_at)
  select person_id, case_id, 'later_contact|' || id, stage, contact_on::timestamptz from told
  on conflict (person_id, about, stage) do nothing;
  get diagnostics written = row_count;
  return written;
end $$;
revoke execute on function kembali.remind_of_later_contact(interval) from public;
grant execute on function kembali.remind_of_later_contact(interval) to k_clock;

-- Nobody is reminded of what was made, or of a case that is open again.
create function kembali.on_later_contact() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if tg_table_name = 'child_case' then
    delete from public.notice where case_id = new.id and about like 'later_contact|%';
  else
    delete from public.notice where case_id = new.case_id and about = 'later_contact|' || new.id;
  end if;
  return null;
end $$;
create trigger case_closing_contact_made after update on case_closing for each row
  when (old.contact_made_on is null and new.contact_made_on is not null) execute function kembali.on_later_contact();
create trigger child_case_contact_over after update on child_case for each row
  when (old.state = 'closed' and new.state = 'open') execute function kembali.on_later_contact();
