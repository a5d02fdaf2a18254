-- 0086_crowded_passkey_door.sql: nobody shuts the passkey door by asking (security.md 4). Who has not signed in has a table's
-- room of her own kind, and each address a small part of it; where it is full the oldest unanswered question gives way.
-- What somebody signed in, or somebody with a one-time link, is asked counts per person and is never crowded out.
alter table challenge add column asker text; -- a hash; gone with the question, in five minutes
create index challenge_asker on challenge (purpose, asker, ends_at);

drop function kembali.challenge_put(uuid, text, text, uuid);
create function kembali.challenge_put(of_id uuid, of_value text, of_purpose text, of_about uuid, of_asker text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  -- What another request is taking away at this moment is left to it.
  delete from public.challenge where id in (
    select id from public.challenge where ends_at <= kembali.now() for update skip locked);
  if of_purpose = 'sign_in' then
    delete from public.challenge where id in (
      select id from public.challenge where purpose = 'sign_in' and asker = of_asker
       order by ends_at desc offset 99 for update skip locked);
    delete from public.challenge where id in (
      select id from public.challenge where purpose = 'sign_in' order by ends_at desc offset 4999 for update skip locked);
  else
    delete from public.challenge where id in (
      select id from public.challenge where purpose = of_purpose and about = of_about
       order by ends_at desc offset 9 for update skip locked);
  end if;
  insert into public.challenge (id, value, purpose, about, asker) values (of_id, of_value, of_purpose, of_about, of_asker);
end $$;
grant execute on function kembali.challenge_put(uuid, text, text, uuid, text) to k_app;
