-- 0135_step_times_read_at_once.sql: whoever reads the step times of 1,500 cases is looked up once, not once a row. The same condition
-- as before, for the two parts that are read from here; a row of another part is read by nobody.
alter policy case_step_time_read on case_step_time using ((case_id, part) in (
  select a.case_id, a.part from access a where a.actor = (select kembali.actor()) and a.part in ('services', 'narrative')
     and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
