-- 0180_an_agreed_contact_is_put_right.sql: the day an agreed contact was made may be put right, and taken back where it was not
-- made after all. Every word of it stays in the log; the same people as before, each in her own name.
drop policy case_closing_contact_made on case_closing;
create policy case_closing_contact_made on case_closing for update to k_app using (contact = 'agreed'
  and exists (select from access a where a.actor = (select kembali.actor()) and a.case_id = case_closing.case_id and a.part = 'services'
     and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[]))
  and exists (select from child_case c where c.id = case_closing.case_id and c.state = 'closed'))
  with check (contact_made_by is null or contact_made_by = (select kembali.actor()));
