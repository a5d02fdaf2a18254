-- 0187_an_incident_is_heard_of.sql: what happens to a child in a house reaches her worker and the supervisor: that something did, no word more.
alter table notice_out drop constraint notice_out_source_check;
alter table notice_out add constraint notice_out_source_check check (source in ('notice', 'signature', 'question', 'plan', 'assessment', 'incident'));
create index shelter_entry_incident on shelter_entry (case_id, saved_at) where kind = 'incident';

-- It goes to whoever carries the case and to whoever supervises it, never back to whom it came from.
create function kembali.on_incident() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  perform kembali.put_notice_out(p.person_id, 'incident', new.id, 'waits', null) from (
      select c.worker_id as person_id from public.child_case c where c.id = new.case_id
      union select m.person_id from public.child_case c
        join public.team_member m on m.team_id = c.team_id and m.supervises and m.ended_at is null
       where c.id = new.case_id) p
    where p.person_id <> new.written_by;
  return null;
end $$;
create trigger incident_goes_out after insert on shelter_entry
  for each row when (new.kind = 'incident') execute function kembali.on_incident();

-- Who has looked at the case meanwhile knows of it already, and needs no message after it.
create function kembali.on_look() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update public.notice_out o set ended_at = kembali.now(), outcome = 'over'
   where o.person_id = new.person_id and o.source = 'incident' and o.ended_at is null
     and exists (select from public.shelter_entry e where e.id = o.about and e.case_id = new.case_id);
  return null;
end $$;
create trigger look_ends_notices after insert or update on case_look for each row execute function kembali.on_look();

-- As before (0102) otherwise.
create or replace function kembali.still_waits(of_source text, of_about uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select case of_source
    when 'notice' then exists (select from public.notice where id = of_about and read_at is null)
    when 'signature' then exists (select from public.second_signature where id = of_about)
      and not exists (select from public.second_signature_answer where signature_id = of_about)
    when 'plan' then exists (select from public.care_submission where id = of_about)
      and not exists (select from public.care_decision where submission_id = of_about)
    when 'assessment' then exists (select from public.assessment_submission where id = of_about)
      and not exists (select from public.assessment_decision where submission_id = of_about)
    when 'question' then exists (select from public.case_question where id = of_about)
      and not exists (select from public.case_question where answers = of_about)
    when 'incident' then exists (select from public.shelter_entry where id = of_about)
  end
$$;
