-- 0242_an_answer_keeps_the_file_a_while.sql: what a former child asked to read or to take with it is still there when it comes for it: an
-- answer holds the file for fourteen days, counted by the server (to be confirmed: no source names a time).

create function kembali.answered_lately(of_case uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from public.later_answer a join public.op_log l on l.op_id = a.op_id
     where a.case_id = of_case and l.at > kembali.now() - interval '14 days')
$$;
revoke execute on function kembali.answered_lately(uuid) from public;
create or replace function kembali.is_held(of_case uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select kembali.hold_stands(of_case) or kembali.request_waits(of_case) or kembali.answered_lately(of_case)
$$;

-- Whoever reads a part as a supervisor does for one request alone, or was called to sign one, notes no contact as made and puts no
-- conference on another day: that is for who supervises the case's own team, and for who carries or works beside it.
create policy case_closing_contact_of_the_team on case_closing as restrictive for update to k_app using (exists (
  select from access a join child_case c on c.id = a.case_id
   where a.actor = (select kembali.actor()) and a.case_id = case_closing.case_id and a.part = 'services'
     and (a.basis <> 'supervision' or a.basis_id = c.team_id)
     and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
drop policy case_conference_prepare on case_conference;
create policy case_conference_prepare on case_conference for insert to k_app with check (
  replaces is not null and called_by = (select kembali.actor()) and (select kembali.actor_role()) = 'supervisor' and exists (
  select from access a join child_case c on c.id = a.case_id and a.basis_id = c.team_id
   where a.actor = (select kembali.actor()) and a.case_id = case_conference.case_id and a.part = 'services'
     and a.basis = 'supervision' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
