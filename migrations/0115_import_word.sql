-- 0115_import_word.sql: who takes a list of cases in at the server's terminal: a word she made on her own screen, good for
-- one run within a quarter of an hour. Nobody reads this table; of the word only its hash is kept.
create table import_word (
  person_id uuid primary key references app_user,
  word_hash bytea not null unique check (octet_length(word_hash) = 32),
  strength  text not null check (strength in ('demo', 'password_totp', 'passkey')),
  ends_at   timestamptz not null default kembali.now() + interval '15 minutes'
);
alter table import_word enable row level security;
alter table import_word force row level security;
create policy import_word_owner on import_word to k_owner using (true) with check (true);

-- Only whoever may register a child makes one; a new one takes the place of the one before.
create function kembali.import_word_make(of_hash bytea) returns timestamptz
language plpgsql security definer set search_path = '' as $$
declare until timestamptz;
begin
  if kembali.actor() is null or kembali.actor_role() not in ('case_worker', 'intake') then return null; end if;
  insert into public.import_word as w (person_id, word_hash, strength)
  select s.person_id, of_hash, s.strength from public.session s where s.token_hash = kembali.my_token()
  on conflict (person_id) do update set word_hash = excluded.word_hash, strength = excluded.strength, ends_at = excluded.ends_at
  returning w.ends_at into until;
  return until;
end $$;

-- Takes the word and begins a session for the run, beside those its person has; a word that was taken is gone.
create function kembali.import_word_use(of_hash bytea, of_session bytea) returns boolean
language plpgsql security definer set search_path = '' as $$
declare word record;
begin
  delete from public.import_word where word_hash = of_hash returning person_id, strength, ends_at into word;
  if not found or word.ends_at <= kembali.now() then return false; end if;
  insert into public.session (token_hash, person_id, strength)
  select of_session, id, word.strength from public.app_user where id = word.person_id and ended_at is null and disabled_at is null;
  return found;
end $$;
grant execute on function kembali.import_word_make(bytea), kembali.import_word_use(bytea, bytea) to k_app;
