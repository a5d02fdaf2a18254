-- 0158_taken_in_by_the_import.sql: only a run of the import says of a case that it comes from another system and counts its steps from
-- today; from anybody else it would be a way to report late and be late with nothing.
alter table session add column takes_in boolean not null default false;

create function kembali.is_import() returns boolean language sql stable security definer set search_path = '' as $$
  select exists (select from public.session where token_hash = kembali.my_token() and takes_in)
$$;
create policy child_case_taken_in on child_case as restrictive for insert to k_app
  with check (taken_in_at is null or (select kembali.is_import()));

-- As before (0115): its session says what it is for.
create or replace function kembali.import_word_use(of_hash bytea, of_session bytea) returns boolean
language plpgsql security definer set search_path = '' as $$
declare word record;
begin
  delete from public.import_word where word_hash = of_hash returning person_id, strength, ends_at into word;
  if not found or word.ends_at <= kembali.now() then return false; end if;
  insert into public.session (token_hash, person_id, strength, takes_in)
  select of_session, id, word.strength, true from public.app_user where id = word.person_id and ended_at is null and disabled_at is null;
  return found;
end $$;
-- In the demo a run is somebody's of its people, by her login at the terminal.
create function kembali.import_in_demo() returns void language sql security definer set search_path = '' as $$
  update public.session set takes_in = true
   where token_hash = kembali.my_token() and strength = 'demo' and exists (select from public.deployment where mode = 'demo')
$$;
revoke execute on function kembali.is_import(), kembali.import_in_demo() from public;
grant execute on function kembali.is_import(), kembali.import_in_demo() to k_app;
