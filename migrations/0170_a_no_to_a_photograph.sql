-- 0170_a_no_to_a_photograph.sql: after a no to keeping a photograph no new one of the child is kept (decision 0048). The last
-- answer counts: a no, or a yes that was taken back. Whoever works on the case is held to it, also who does not read the ledger.
create function kembali.said_no(of_case uuid, of_purpose text) returns boolean
language sql stable security definer set search_path = '' as $$
  select coalesce((
    select r.standing = 'refused' or exists (select from public.consent_withdrawal w where w.consent_id = r.id) as is_no
      from public.consent_record r
     where r.case_id = of_case and r.purpose = of_purpose and r.standing <> 'not_complete'
       and exists (select from public.access a where a.actor = (select kembali.actor()) and a.case_id = of_case
                      and a.ends_at > (select kembali.now()))
     order by r.asked_at desc, is_no desc limit 1), false)
$$;
revoke execute on function kembali.said_no(uuid, text) from public;
grant execute on function kembali.said_no(uuid, text) to k_app;
create policy case_attachment_no_photograph on case_attachment as restrictive for insert to k_app with check (
  kind <> 'photo' or not kembali.said_no(case_id, 'photo'));
