-- 0060_consent.sql: what a child and its carer answered, and what they took back (part `services`).
-- Facts: nothing here is updated. A yes is ended by a row of its own, and the database ends with it whatever it had opened.
create table consent_record (
  id         uuid primary key,
  case_id    uuid not null references child_case,
  op_id      uuid not null,
  purpose    text not null,
  recipient  text,
  text       text not null,
  language   text not null,
  capacity   text not null check (capacity in ('0_5', '6_11', '12_14', '15_17', '18_plus', 'not_known')),
  child      text not null check (child in ('agrees', 'refuses', 'told', 'not_asked')),
  adult      text not null check (adult in ('agrees', 'refuses', 'not_safe_to_ask', 'not_reached', 'not_asked')),
  adult_is   text check (adult_is in ('parent_or_carer', 'guardian')),
  withheld   text,
  asked_at   timestamptz not null,
  ends_on    date,
  -- What the answers came to by the rules of the day they were given.
  standing   text not null check (standing in ('given', 'refused', 'not_complete')),
  written_by uuid not null references app_user,
  body       bytea not null,
  unique (id, case_id),
  constraint a_no_is_a_no check (standing <> 'given' or (child <> 'refuses' and adult <> 'refuses'))
);
create index consent_record_case on consent_record (case_id, asked_at);

create table consent_withdrawal (
  id           uuid primary key,
  case_id      uuid not null references child_case,
  op_id        uuid not null,
  consent_id   uuid not null unique,
  by           text not null check (by in ('child', 'parent_or_carer', 'guardian')),
  withdrawn_at timestamptz not null,
  written_by   uuid not null references app_user,
  body         bytea not null,
  foreign key (consent_id, case_id) references consent_record (id, case_id)
);
create index consent_withdrawal_case on consent_withdrawal (case_id);

do $$
declare name text;
begin
  foreach name in array array['consent_record', 'consent_withdrawal'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy %I on %I to k_owner using (true) with check (true)', name || '_owner', name);
    execute format($p$create policy %I on %I for select to k_app using (exists (
      select from access a where a.actor = (select kembali.actor()) and a.case_id = %I.case_id
         and a.part = 'services' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])))$p$, name || '_read', name, name);
    execute format($p$create policy %I on %I for insert to k_app with check (written_by = (select kembali.actor()) and exists (
      select from access a where a.actor = (select kembali.actor()) and a.case_id = %I.case_id
         and a.part = 'services' and a.level = 'write' and a.ends_at > (select kembali.now()) and a.basis = any ((select kembali.bases())::text[])))$p$, name || '_make', name, name);
    execute format('grant select, insert on %I to k_app', name);
  end loop;
end $$;

-- A grant says which yes it rests on, so that it ends when that yes is taken back.
alter table sharing_grant add column consent_id uuid references consent_record;
create index sharing_grant_consent on sharing_grant (consent_id) where consent_id is not null;

-- A yes that is taken back closes what it opened, in the same transaction, whoever writes the row.
create function kembali.close_what_a_yes_opened() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update public.sharing_grant set revoked_at = kembali.now() where consent_id = new.consent_id and revoked_at is null;
  return null;
end $$;
create trigger consent_withdrawal_closes after insert on consent_withdrawal
  for each row execute function kembali.close_what_a_yes_opened();
