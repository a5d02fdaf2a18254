-- 0088_inbox_senders.sql: nobody shuts the inbox of locked-out phones by filling it (security.md 5). Each address may send
-- some, before what all may send together; and what is addressed to nobody keeps no words and takes nobody's room.
create index op_inbox_nobodys on op_inbox (arrived_at) where size = 0;

drop function kembali.inbox_put(uuid, uuid, uuid, bytea);
create function kembali.inbox_put(of_person uuid, of_op uuid, of_device uuid, of_sealed bytea, of_sender text) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  moment timestamptz := kembali.now();
  body bytea := of_sealed;
  hers integer;
  lately integer;
  bytes bigint;
begin
  -- By the hour, for whomever and whether kept or not. One phone that was full is 300.
  insert into public.throttle as t (key, failures, open_at, forget_at) values (of_sender, 1, moment, moment + interval '1 hour')
  on conflict (key) do update set
    failures = case when t.forget_at <= moment then 1 else least(t.failures + 1, 1000) end,
    forget_at = case when t.forget_at <= moment then excluded.forget_at else t.forget_at end
  returning failures into hers;
  if hers > 400 then return false; end if;
  -- A mark alone stands for what is nobody's, so that a sender is answered as if it were somebody's: a week, and the
  -- latest 5,000 of all.
  if not exists (select from public.app_user u where u.id = of_person) then body := ''; end if;
  delete from public.op_inbox i where i.ctid in (
    select o.ctid from public.op_inbox o where o.arrived_at < moment - interval '7 days'
       and not exists (select from public.app_user u where u.id = o.person_id) for update skip locked);
  delete from public.op_inbox i where i.ctid in (
    select o.ctid from public.op_inbox o where o.size = 0 order by o.arrived_at desc offset 4999 for update skip locked);
  select count(*) filter (where i.person_id = of_person), count(*) filter (where i.size > 0 and i.arrived_at > moment - interval '1 hour'),
         coalesce(sum(i.size), 0) into hers, lately, bytes from public.op_inbox i;
  if hers >= 300 or lately >= 2000 or bytes >= 268435456 then return false; end if;
  insert into public.op_inbox (person_id, op_id, device, digest, sealed, size)
  values (of_person, of_op, of_device, pg_catalog.sha256(of_sealed), body, pg_catalog.length(body)) on conflict do nothing;
  return true;
end $$;
grant execute on function kembali.inbox_put(uuid, uuid, uuid, bytea, text) to k_app;
