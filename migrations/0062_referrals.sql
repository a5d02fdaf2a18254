-- 0062_referrals.sql: letters to one receiver, what came back, the lawful basis where nobody could be asked, and one-time links.
-- A letter rests on a yes that stands or on a basis that was signed; the database says so too. A link is kept as two hashes
-- and an envelope under a key that only the link holds: whoever steals this table can open none of them.
create table lawful_basis (
  id         uuid primary key,
  case_id    uuid not null references child_case,
  op_id      uuid not null,
  purpose    text not null,
  recipient  text not null,
  basis      text not null,
  not_asked  text not null check (not_asked in ('not_safe_to_ask', 'nobody_to_ask', 'cannot_be_asked_now')),
  decided_at timestamptz not null,
  written_by uuid not null references app_user,
  body       bytea not null,
  unique (id, case_id)
);
create index lawful_basis_case on lawful_basis (case_id);

create table referral (
  id         uuid primary key,
  case_id    uuid not null references child_case,
  op_id      uuid not null,
  consent_id uuid,
  basis_id   uuid,
  need       text not null,
  recipient  text not null,
  sent_at    timestamptz not null,
  answer_by  date not null,
  written_by uuid not null references app_user,
  body       bytea not null,
  unique (id, case_id),
  foreign key (consent_id, case_id) references consent_record (id, case_id),
  foreign key (basis_id, case_id) references lawful_basis (id, case_id),
  constraint on_one_ground check (num_nonnulls(consent_id, basis_id) = 1)
);
create index referral_case on referral (case_id, sent_at);
create index referral_consent on referral (consent_id) where consent_id is not null;

create table referral_answer (
  id          uuid primary key,
  case_id     uuid not null references child_case,
  op_id       uuid not null,
  referral_id uuid not null,
  answer      text not null check (answer in ('accepted', 'asked', 'declined', 'unavailable')),
  answered_at timestamptz not null,
  written_by  uuid not null references app_user,
  body        bytea not null,
  foreign key (referral_id, case_id) references referral (id, case_id)
);
create index referral_answer_case on referral_answer (case_id, answered_at);

create table letter_link (
  id          uuid primary key,
  case_id     uuid not null references child_case,
  op_id       uuid not null,
  referral_id uuid not null,
  token_hash  bytea not null unique check (length(token_hash) = 32),
  number_hash bytea not null check (length(number_hash) = 32),
  made_at     timestamptz not null default kembali.now(),
  ends_at     timestamptz not null,
  tries       integer not null default 0,
  opened_at   timestamptz,
  read_at     timestamptz,
  ended_at    timestamptz,
  ended_why   text check (ended_why in ('read', 'withdrawn', 'tries', 'ended')),
  answer      text check (answer in ('accepted', 'asked', 'declined')),
  answered_at timestamptz,
  written_by  uuid not null references app_user,
  -- Gone as soon as the link has ended, so that nothing is left to open.
  body        bytea,
  -- So that the worker's device hears of what the receiver did.
  xid         xid8 not null default pg_current_xact_id(),
  foreign key (referral_id, case_id) references referral (id, case_id),
  check (ends_at <= made_at + interval '8 days'),
  check ((ended_at is null) = (ended_why is null)),
  constraint nothing_left check (ended_at is null or body is null)
);
create index letter_link_case on letter_link (case_id);
create index letter_link_referral on letter_link (referral_id);

do $$
declare name text;
begin
  foreach name in array array['lawful_basis', 'referral', 'referral_answer', 'letter_link'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy %I on %I to k_owner using (true) with check (true)', name || '_owner', name);
    execute format($p$create policy %I on %I for select to k_app using (exists (
      select from access a where a.actor = (select kembali.actor()) and a.case_id = %I.case_id
         and a.part = 'services' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])))$p$, name || '_read', name, name);
    execute format($p$create policy %I on %I for insert to k_app with check (written_by = (select kembali.actor()) and exists (
      select from access a where a.actor = (select kembali.actor()) and a.case_id = %I.case_id
         and a.part = 'services' and a.level = 'write' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])))$p$, name || '_make', name, name);
    execute format('grant insert on %I to k_app', name);
  end loop;
  foreach name in array array['lawful_basis', 'referral', 'referral_answer'] loop
    execute format('grant select on %I to k_app', name);
  end loop;
end $$;
-- Of a link its worker sees how it stands, and neither hash nor envelope.
grant select (id, case_id, op_id, referral_id, made_at, ends_at, tries, opened_at, read_at, ended_at, ended_why, answer,
  answered_at, written_by, xid) on letter_link to k_app;
create policy letter_link_end on letter_link for update to k_app using (exists (
  select from access a where a.actor = (select kembali.actor()) and a.case_id = letter_link.case_id
     and a.part = 'services' and a.level = 'write' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])));
grant update (ended_at, ended_why, body, xid) on letter_link to k_app;

-- Whether a letter may go out: its yes stands, or its basis was signed by a second person.
create function kembali.may_be_told(of_case uuid, of_consent uuid, of_basis uuid, of_recipient text) returns boolean
language sql stable security definer set search_path = '' as $$
  select exists (select from public.consent_record c
                  where c.id = of_consent and c.case_id = of_case and c.recipient = of_recipient and c.standing = 'given'
                    and not exists (select from public.consent_withdrawal w where w.consent_id = c.id))
      or exists (select from public.lawful_basis b
                   join public.second_signature s on s.about_id = b.id and s.act = 'share_without_consent'
                   join public.second_signature_answer a on a.signature_id = s.id and a.decision = 'signed'
                  where b.id = of_basis and b.case_id = of_case and b.recipient = of_recipient)
$$;
grant execute on function kembali.may_be_told(uuid, uuid, uuid, text) to k_app;
create policy referral_on_a_ground on referral as restrictive for insert to k_app
  with check (kembali.may_be_told(case_id, consent_id, basis_id, recipient));
create policy letter_link_on_a_ground on letter_link as restrictive for insert to k_app
  with check (exists (select from referral r where r.id = letter_link.referral_id
                        and kembali.may_be_told(r.case_id, r.consent_id, r.basis_id, r.recipient)));

-- A yes that is taken back closes grants and links, in the same transaction, whoever writes the row.
create or replace function kembali.close_what_a_yes_opened() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update public.sharing_grant set revoked_at = kembali.now() where consent_id = new.consent_id and revoked_at is null;
  update public.letter_link l set ended_at = kembali.now(), ended_why = 'withdrawn', body = null, xid = pg_current_xact_id()
   where l.ended_at is null and l.referral_id in (select r.id from public.referral r where r.consent_id = new.consent_id);
  return null;
end $$;

-- What somebody without an account can do with a link: try the number five times, read while it is open, end it, answer once.
-- The row is locked, so that a yes that is taken back in the same moment comes wholly before or wholly after.
create function kembali.letter_knock(of_token bytea, of_number bytea) returns table (
  state text, id uuid, case_id uuid, body bytea, ends_at timestamptz, answer text
) language plpgsql volatile security definer set search_path = '' as $$
#variable_conflict use_column
declare
  link record;
begin
  select * into link from public.letter_link l where l.token_hash = of_token for update;
  if not found then return query select 'unknown', null::uuid, null::uuid, null::bytea, null::timestamptz, null::text; return; end if;
  if link.ended_why = 'withdrawn' or link.ended_why = 'ended' or link.ended_why = 'tries' then state := link.ended_why;
  elsif link.ends_at <= kembali.now() then
    state := 'over';
    update public.letter_link l set body = null, ended_at = coalesce(l.ended_at, kembali.now()), ended_why = coalesce(l.ended_why, 'ended'),
      xid = pg_current_xact_id() where l.id = link.id and l.ended_at is null;
  elsif link.number_hash <> of_number then
    state := case when link.tries >= 4 and link.ended_at is null then 'tries' else 'wrong_number' end;
    update public.letter_link l set tries = l.tries + 1, xid = pg_current_xact_id() where l.id = link.id;
    if state = 'tries' then
      update public.letter_link l set ended_at = kembali.now(), ended_why = 'tries', body = null where l.id = link.id;
    end if;
  elsif link.ended_why = 'read' then state := 'read';
  else
    state := 'open';
    if link.opened_at is null then
      update public.letter_link l set opened_at = kembali.now(), xid = pg_current_xact_id() where l.id = link.id;
    end if;
  end if;
  if state in ('open', 'read') then
    return query select state, link.id, link.case_id, case when state = 'open' then link.body end, link.ends_at, link.answer;
  else
    return query select state, null::uuid, link.case_id, null::bytea, null::timestamptz, null::text;
  end if;
end $$;
create function kembali.letter_done(of_id uuid) returns void language sql security definer set search_path = '' as $$
  update public.letter_link set read_at = kembali.now(), ended_at = kembali.now(), ended_why = 'read', body = null,
    xid = pg_current_xact_id() where id = of_id and ended_at is null
$$;
create function kembali.letter_answer(of_id uuid, of_answer text) returns void language sql security definer set search_path = '' as $$
  update public.letter_link set answer = of_answer, answered_at = kembali.now(), xid = pg_current_xact_id()
   where id = of_id and answer is null
$$;
grant execute on function kembali.letter_knock(bytea, bytea), kembali.letter_done(uuid), kembali.letter_answer(uuid, text) to k_app;
