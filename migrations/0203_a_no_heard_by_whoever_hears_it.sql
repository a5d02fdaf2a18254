-- 0203_a_no_heard_by_whoever_hears_it.sql: a no to the record asks for a new look at once, whoever on the case hears it (decision 0054): also
-- somebody who reads no account and may not change the file itself. She asks in her own name, sees nothing of the request, and a
-- supervisor answers it as any other. Nothing is asked where the law's basis does not stand, or where a request waits already.
create function kembali.ask_after_a_no(of_id uuid, of_case uuid, of_op uuid, of_due timestamptz, of_body bytea)
returns void language plpgsql security definer set search_path = '' as $$
begin
  if not exists (select from public.access a where a.actor = kembali.actor() and a.case_id = of_case and a.part = 'services'
       and a.level = 'write' and a.ends_at > kembali.now() and a.basis = any (kembali.bases()))
     or not exists (select from public.consent_record r where r.case_id = of_case and r.purpose = 'case_management' and (r.op_id = of_op
       or exists (select from public.consent_withdrawal w where w.consent_id = r.id and w.op_id = of_op))) then
    raise exception 'not allowed' using errcode = '42501';
  end if;
  insert into public.second_signature (id, case_id, op_id, act, part, about_id, asked_by, asked_at, due_at, body)
  select of_id, of_case, of_op, 'record_without_consent', 'case', of_case, kembali.actor(), kembali.now(), of_due, of_body
   where kembali.said_no(of_case, 'case_management')
     and 'lawful_basis' = coalesce((select s.basis from public.safe_start s where s.case_id = of_case),
       (select f.basis from public.first_answers f where f.case_id = of_case and f.basis is not null order by f.said_at desc limit 1))
     and not exists (select from public.second_signature q where q.case_id = of_case and q.act = 'record_without_consent'
       and not exists (select from public.second_signature_answer a where a.signature_id = q.id));
end $$;
revoke execute on function kembali.ask_after_a_no(uuid, uuid, uuid, timestamptz, bytea) from public;
grant execute on function kembali.ask_after_a_no(uuid, uuid, uuid, timestamptz, bytea) to k_app;
