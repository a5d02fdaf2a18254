-- 0196_a_noted_contact_is_its_writers.sql: the day of an agreed contact may be put right by another, who does not become the one that
-- noted it; taken back it is by whoever noted it, and by nobody else.
drop policy case_closing_contact_made on case_closing;
create policy case_closing_contact_made on case_closing for update to k_app using (contact = 'agreed'
  and exists (select from access a where a.actor = (select kembali.actor()) and a.case_id = case_closing.case_id and a.part = 'services'
     and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[]))
  and exists (select from child_case c where c.id = case_closing.case_id and c.state = 'closed'))
  with check (true);
create function kembali.contact_is_its_writers() returns trigger language plpgsql set search_path = '' as $$
begin
  if (old.contact_made_by is null and new.contact_made_by <> kembali.actor())
     or (new.contact_made_by is null and old.contact_made_by <> kembali.actor())
     or old.contact_made_by <> new.contact_made_by then
    raise exception 'this contact was noted by somebody else' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger case_closing_contact_writer before update of contact_made_on, contact_made_by on case_closing
  for each row execute function kembali.contact_is_its_writers();
