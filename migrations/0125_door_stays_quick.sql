-- 0125_door_stays_quick.sql: what gives way at the passkey door and in the inbox is looked for once (security.md 4, 5). Planned while the table was
-- almost empty, `id in (select …)` looked for it anew for each row: five thousand questions then took longer than a statement
-- may, and the flood shut the door after all. As an array it is found once, whatever was counted when it was planned.
create or replace function kembali.challenge_put(of_id uuid, of_value text, of_purpose text, of_about uuid, of_asker text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  -- What another request is taking away at this moment is left to it.
  delete from public.challenge where id = any (array(
    select id from public.challenge where ends_at <= kembali.now() for update skip locked));
  if of_purpose = 'sign_in' then
    delete from public.challenge where id = any (array(
      select id from public.challenge where purpose = 'sign_in' and asker = of_asker
       order by ends_at desc offset 99 for update skip locked));
    delete from public.challenge where id = any (array(
      select id from public.challenge where purpose = 'sign_in' order by ends_at desc offset 4999 for update skip locked));
  else
    delete from public.challenge where id = any (array(
      select id from public.challenge where purpose = of_purpose and about = of_about
       order by ends_at desc offset 9 for update skip locked));
  end if;
  insert into public.challenge (id, value, purpose, about, asker) values (of_id, of_value, of_purpose, of_about, of_asker);
end $$;

create or replace function kembali.inbox_put(of_person uuid, of_op uuid, of_device uuid, of_sealed bytea, of_sender text) returns boolean
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
  delete from public.op_inbox i where i.ctid = any (array(
    select o.ctid from public.op_inbox o where o.arrived_at < moment - interval '7 days'
       and not exists (select from public.app_user u where u.id = o.person_id) for update skip locked));
  delete from public.op_inbox i where i.ctid = any (array(
    select o.ctid from public.op_inbox o where o.size = 0 order by o.arrived_at desc offset 4999 for update skip locked));
  select count(*) filter (where i.person_id = of_person), count(*) filter (where i.size > 0 and i.arrived_at > moment - interval '1 hour'),
         coalesce(sum(i.size), 0) into hers, lately, bytes from public.op_inbox i;
  if hers >= 300 or lately >= 2000 or bytes >= 268435456 then return false; end if;
  insert into public.op_inbox (person_id, op_id, device, digest, sealed, size)
  values (of_person, of_op, of_device, pg_catalog.sha256(of_sealed), body, pg_catalog.length(body)) on conflict do nothing;
  return true;
end $$;
