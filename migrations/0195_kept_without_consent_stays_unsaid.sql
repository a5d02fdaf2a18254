-- 0195_kept_without_consent_stays_unsaid.sql: the log of an answer to a record kept without consent is read by whoever reads that
-- request (0179): the account's readers, and whoever answered. On nobody else's timeline does it stand that there was one.
-- `any` and not `=`: as in 0179, so that the log belongs to no part by this policy.
create policy op_log_answer_of_the_file on op_log as restrictive for select to k_app using (
  (type = 'signatures.answer' and clear ->> 'act' = 'record_without_consent') is not true
  or actor = (select kembali.actor())
  or exists (select from access a where a.actor = (select kembali.actor()) and a.case_id = op_log.case_id
     and a.part = any (array['narrative']) and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
