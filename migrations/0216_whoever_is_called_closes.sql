-- 0216_whoever_is_called_closes.sql: a case is closed by the answer to what was asked, whoever may give it (decisions 0030 and 0053): also by
-- a stand-in or somebody of the roster, who reads the request and may write nothing of the file. Until now her yes to a closing, and her
-- no to an opening, were refused by the policies of the file itself.
create function kembali.close_as_answered(of_case uuid, of_op uuid, of_at timestamptz, of_reason text, of_clocks jsonb)
returns void language plpgsql security definer set search_path = '' as $$
begin
  -- Her own answer, given in this very transaction; as it was asked, or as the file was closed before.
  if not exists (select from public.second_signature_answer a join public.second_signature s on s.id = a.signature_id
       join public.case_closing k on k.case_id = of_case and k.reason = of_reason
      where a.case_id = of_case and a.op_id = of_op and a.answered_by = kembali.actor() and a.xid = pg_catalog.pg_current_xact_id()
        and (s.act = 'close_case' and a.decision = 'signed' and k.id = s.about_id or s.act = 'reopen_case' and a.decision = 'declined')) then
    raise exception 'not allowed' using errcode = '42501';
  end if;
  update public.child_case set state = 'closed', closed_at = of_at, closed_for = of_reason, version = version + 1
   where id = of_case and state = 'open';
  if not found then return; end if;
  insert into public.retention_clock (case_id, class, parts, starts_at, ends_on)
  select of_case, c.class, c.parts, of_at, c.ends_on
    from pg_catalog.jsonb_to_recordset(of_clocks) c (class text, parts text[], ends_on date);
end $$;
revoke execute on function kembali.close_as_answered(uuid, uuid, timestamptz, text, jsonb) from public;
grant execute on function kembali.close_as_answered(uuid, uuid, timestamptz, text, jsonb) to k_app;
