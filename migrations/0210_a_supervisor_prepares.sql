-- 0210_a_supervisor_prepares.sql: whoever supervises a case may put a conference that was called on another day, with another
-- agenda or other people. She begins none and writes no minutes: `services` she reads and does not change.
create policy case_conference_prepare on case_conference for insert to k_app with check (
  replaces is not null and called_by = (select kembali.actor()) and (select kembali.actor_role()) = 'supervisor' and exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = case_conference.case_id and a.part = 'services'
     and a.basis = 'supervision' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
