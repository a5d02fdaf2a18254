-- 0199_called_for_one_request.sql: whoever was called for a signature, from the office or from the roster above it, reads a part of
-- one case as a supervisor does, and decides that one request. Other things that a supervisor decides or writes about what she may
-- read are for those who supervise the case's own team.
do $$
declare name text;
begin
  foreach name in array array['care_decision', 'assessment_decision', 'supervision_note', 'file_review'] loop
    execute format($p$create policy %I on %I as restrictive for insert to k_app with check (exists (
      select from access a join child_case c on c.id = a.case_id and a.basis_id = c.team_id
       where a.actor = (select kembali.actor()) and a.case_id = %I.case_id and a.basis = 'supervision'
         and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])))$p$,
      name || '_of_the_team', name, name);
  end loop;
end $$;
