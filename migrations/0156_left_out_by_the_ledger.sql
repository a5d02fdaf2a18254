-- 0156_left_out_by_the_ledger.sql: whether a child is in the figures follows from the ledger of consent alone (SDC-13), and those
-- who said no before 0146 are left out too, as soon as keys are there to find the name by which facts know them.

-- A no, or a yes that was taken back: the answer that was asked last.
create function kembali.is_not_counted(of_case uuid) returns boolean language sql stable security definer set search_path = '' as $$
  select coalesce((
    select r.standing = 'refused' or exists (select from public.consent_withdrawal w where w.consent_id = r.id)
      from public.consent_record r
     where r.case_id = of_case and r.purpose = 'anonymous_reporting' and r.standing <> 'not_complete'
     order by r.asked_at desc, (r.standing = 'refused' or exists (select from public.consent_withdrawal w where w.consent_id = r.id)) desc
     limit 1), false)
$$;
revoke execute on function kembali.is_not_counted(uuid) from public;

-- Nobody says of a child whether it is counted: whoever may write its answers asks that the ledger be followed.
drop function kembali.leave_out(bytea[], boolean);
create function kembali.leave_out(of_case uuid, of_children bytea[]) returns boolean
language plpgsql security definer set search_path = '' as $$
declare is_out boolean := kembali.is_not_counted(of_case);
begin
  if not exists (select from public.access a where a.actor = kembali.actor() and a.case_id = of_case and a.part = 'services'
       and a.level = 'write' and a.ends_at > kembali.now() and a.basis = any (kembali.bases())) then
    raise exception 'not allowed' using errcode = '42501';
  end if;
  perform kembali.put_left_out(of_children, is_out);
  return is_out;
end $$;
create function kembali.put_left_out(of_children bytea[], is_out boolean) returns void
language sql security definer set search_path = '' as $$
  delete from public.stat_left_out where not is_out and child = any (of_children);
  insert into public.stat_left_out (child) select c from pg_catalog.unnest(of_children) as c where is_out on conflict do nothing;
$$;
revoke execute on function kembali.put_left_out(bytea[], boolean), kembali.leave_out(uuid, bytea[]) from public;
grant execute on function kembali.leave_out(uuid, bytea[]) to k_app;

-- The cases whose child has said no so far: a job goes over them once, and none is added later.
create table left_out_waiting (case_id uuid primary key references child_case);
alter table left_out_waiting enable row level security;
alter table left_out_waiting force row level security;
create policy left_out_waiting_owner on left_out_waiting to k_owner using (true) with check (true);
insert into left_out_waiting (case_id)
  select distinct r.case_id from consent_record r where r.purpose = 'anonymous_reporting' and kembali.is_not_counted(r.case_id);

create function kembali.left_out_next(of_most integer) returns setof uuid language sql security definer set search_path = '' as $$
  select case_id from public.left_out_waiting order by case_id limit of_most
$$;
-- Only of a case that waits, and only as the ledger says now.
create function kembali.left_out_done(of_case uuid, of_children bytea[]) returns void language plpgsql security definer set search_path = '' as $$
begin
  delete from public.left_out_waiting where case_id = of_case;
  if found then perform kembali.put_left_out(of_children, kembali.is_not_counted(of_case)); end if;
end $$;
revoke execute on function kembali.left_out_next(integer), kembali.left_out_done(uuid, bytea[]) from public;
grant execute on function kembali.left_out_next(integer), kembali.left_out_done(uuid, bytea[]) to k_clock;
