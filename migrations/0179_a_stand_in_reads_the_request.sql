-- 0179_a_stand_in_reads_the_request.sql: whoever is called to look at a record kept without consent reads that request and
-- nothing of what happened to the child (decision 0054). The request lies under the file's own part and not with the account;
-- who sees it is said here. `any` and not `=`: a table belongs to the parts its read policy asks for by `=`, and this one says
-- its part row by row (migrations/0081).
alter table second_signature drop constraint second_signature_part_check;
alter table second_signature add constraint second_signature_part_check
  check (part in ('identity', 'family', 'narrative', 'services', 'justice', 'legal') or (part = 'case' and act = 'record_without_consent'));
create policy second_signature_of_the_file on second_signature as restrictive for select to k_app using (part <> 'case'
  or exists (select from access a where a.actor = (select kembali.actor()) and a.case_id = second_signature.case_id
     and a.part = any (array['narrative']) and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[]))
  or exists (select from signature_call k where k.signature_id = second_signature.id
     and k.person_id = (select kembali.actor()) and k.ends_at > (select kembali.now())));
create policy second_signature_asked_of_the_file on second_signature as restrictive for insert to k_app with check (part <> 'case'
  or exists (select from access a where a.actor = (select kembali.actor()) and a.case_id = second_signature.case_id
     and a.part = any (array['narrative']) and a.level = 'write' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
-- An answer is read and given by whoever sees what it answers: a stand-in called for something else does neither.
create policy second_signature_answer_of_the_file on second_signature_answer as restrictive for select to k_app using (part <> 'case'
  or exists (select from second_signature s where s.id = second_signature_answer.signature_id));
create policy second_signature_answered_of_the_file on second_signature_answer as restrictive for insert to k_app with check (part <> 'case'
  or exists (select from second_signature s where s.id = second_signature_answer.signature_id));
