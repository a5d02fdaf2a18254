-- 0215_a_call_about_it_stays_unsaid.sql: as in 0195, and of the words of a telephone call about such a record (0198): on nobody else's
-- timeline or news does it stand that there was a record kept without consent, or what was said of it.
drop policy op_log_answer_of_the_file on op_log;
create policy op_log_answer_of_the_file on op_log as restrictive for select to k_app using (
  (type in ('signatures.answer', 'signatures.note_talk') and clear ->> 'act' = 'record_without_consent') is not true
  or actor = (select kembali.actor())
  or exists (select from access a where a.actor = (select kembali.actor()) and a.case_id = op_log.case_id
     and a.part = any (array['narrative']) and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
