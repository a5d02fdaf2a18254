-- 0049_one_link_once.sql: of two requests with the same link in the same moment, one enrols. The link is locked first and read
-- only then: what was read before waiting for the other one is no longer true.
create or replace function kembali.invitation_open(of_token bytea, of_code bytea) returns uuid
language plpgsql security definer set search_path = '' as $$
declare i record;
begin
  perform from public.invitation where token_hash = of_token for update;
  select id, vouch_id into i from kembali.invitation_facts(of_token);
  if not found then return null; end if;
  if i.vouch_id is not null and not exists (select from public.vouch where id = i.vouch_id and code_mac = of_code) then
    update public.invitation set tries = tries + 1 where id = i.id;
    return null;
  end if;
  return i.id;
end $$;
