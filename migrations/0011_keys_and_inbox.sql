-- 0011_keys_and_inbox.sql: what an operator does with the keys, who accepted a pilot, budgets by the hour, and sealed
-- operations that wait for the person who made them (security.md 2.4, 5, 13).

-- Budgets count by the hour too, and what was opened in an emergency.
alter table case_opened add column opened_at timestamptz not null default kembali.now();
alter table case_opened add column basis text;

-- Notes that the asking person opened a case to read and answers what her budget has to know. A lock per person, so that
-- twenty requests at once are twenty openings and not one.
create function kembali.count_opening(of_case uuid, of_basis text) returns table (
  own boolean, this_hour integer, today integer, emergencies integer
) language plpgsql security definer set search_path = '' as $$
declare
  me uuid := kembali.actor();
  day date := (kembali.now() at time zone 'UTC')::date;
begin
  own := exists (select from public.child_case c where c.id = of_case and c.worker_id = me and c.state = 'open');
  if not own then perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(me::text, 7047)); end if;
  insert into public.case_opened (person_id, case_id, on_day, own, basis)
  values (me, of_case, day, own, of_basis) on conflict do nothing;
  return query
    select count_opening.own,
           (count(*) filter (where not o.own and o.opened_at > kembali.now() - interval '1 hour'))::integer,
           (count(*) filter (where not o.own))::integer,
           (count(*) filter (where o.basis = 'emergency'))::integer
      from public.case_opened o where o.person_id = me and o.on_day >= day - 1
       and (o.on_day = day or o.opened_at > kembali.now() - interval '1 hour');
end $$;
drop function kembali.note_opening(uuid);
grant execute on function kembali.count_opening(uuid, text) to k_app;

-- The pair to which phones seal what they have not sent: made once, the private half only wrapped by the key provider.
create table outbox_key (
  only_row   boolean primary key default true check (only_row),
  public_key bytea not null check (length(public_key) = 65),
  epoch      text not null,
  wrapped    bytea not null,
  made_at    timestamptz not null default kembali.now()
);
alter table outbox_key enable row level security;
alter table outbox_key force row level security;
create policy outbox_key_owner on outbox_key to k_owner using (true) with check (true);
create policy outbox_key_read on outbox_key for select to k_app using (true);
create policy outbox_key_make on outbox_key for insert to k_app with check (true);
grant select, insert on outbox_key to k_app;

-- Operations sealed to the server that came without their owner's session: unopened until she signs in. No reference to
-- app_user: whether a person exists must not show in what an unknown sender is answered.
create table op_inbox (
  person_id  uuid not null,
  op_id      uuid not null,
  device     uuid not null,
  digest     bytea not null check (length(digest) = 32),
  sealed     bytea not null check (length(sealed) <= 140000),
  size       integer not null,
  arrived_at timestamptz not null default kembali.now(),
  -- `to_look_at`: opened, and its owner must say or see something; `unreadable`: no key of ours opens it.
  state      text not null default 'waiting' check (state in ('waiting', 'to_look_at', 'unreadable')),
  answer     jsonb,
  primary key (person_id, op_id, digest)
);
create index op_inbox_arrived on op_inbox (arrived_at);
alter table op_inbox enable row level security;
alter table op_inbox force row level security;
create policy op_inbox_owner on op_inbox to k_owner using (true) with check (true);
create policy op_inbox_own on op_inbox to k_app
  using (person_id = (select kembali.actor())) with check (person_id = (select kembali.actor()));
grant select, delete on op_inbox to k_app;
grant update (state, answer) on op_inbox to k_app;

-- Keeps one sealed operation; false when too much waits already. The bounds say nothing of who exists: they count what
-- was sent. What was addressed to nobody goes after a week.
create function kembali.inbox_put(of_person uuid, of_op uuid, of_device uuid, of_sealed bytea) returns boolean
language plpgsql security definer set search_path = '' as $$
declare
  moment timestamptz := kembali.now();
  hers integer;
  lately integer;
  bytes bigint;
begin
  delete from public.op_inbox i where i.arrived_at < moment - interval '7 days'
     and not exists (select from public.app_user u where u.id = i.person_id);
  select count(*) filter (where i.person_id = of_person), count(*) filter (where i.arrived_at > moment - interval '1 hour'),
         coalesce(sum(i.size), 0) into hers, lately, bytes from public.op_inbox i;
  if hers >= 300 or lately >= 2000 or bytes >= 268435456 then return false; end if;
  insert into public.op_inbox (person_id, op_id, device, digest, sealed, size)
  values (of_person, of_op, of_device, pg_catalog.sha256(of_sealed), of_sealed, pg_catalog.length(of_sealed)) on conflict do nothing;
  return true;
end $$;
grant execute on function kembali.inbox_put(uuid, uuid, uuid, bytea) to k_app;

-- Who answers for a start without every control of security.md 13, and which were missing.
create table pilot_acceptance (
  accepted_by text not null,
  accepted_on date not null,
  missing     text[] not null,
  first_at    timestamptz not null default kembali.now(),
  primary key (accepted_by, accepted_on, missing)
);
alter table pilot_acceptance enable row level security;
alter table pilot_acceptance force row level security;
create policy pilot_acceptance_owner on pilot_acceptance to k_owner using (true) with check (true);

-- What an operator does runs in the job's login and not in k_app: no request of a person can reach it.
create function kembali.pilot_accepted(of_by text, of_on date, of_missing text[], of_request text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  insert into public.pilot_acceptance (accepted_by, accepted_on, missing) values (of_by, of_on, of_missing) on conflict do nothing;
  -- The ledger holds no name: it commits to the row above.
  perform kembali.audit_append('pilot_accepted', null, null, null, null, 'done', pg_catalog.cardinality(of_missing), of_request,
    pg_catalog.sha256(pg_catalog.convert_to(pg_catalog.jsonb_build_array(of_by, of_on, of_missing)::text, 'UTF8')));
end $$;

create function kembali.note_keys(of_action text, of_request text) returns void
language plpgsql security definer set search_path = '' as $$
begin
  if of_action not in ('keys_unsealed', 'unseal_refused', 'passphrase_changed') then raise exception 'not an act of an operator'; end if;
  perform kembali.audit_append(of_action, null, null, null, null,
    case of_action when 'unseal_refused' then 'denied' else 'done' end, 1, of_request, null);
end $$;

create function kembali.lock_down(of_request text) returns integer
language plpgsql security definer set search_path = '' as $$
declare ended integer;
begin
  update public.session set ended_at = kembali.now() where ended_at is null;
  get diagnostics ended = row_count;
  perform kembali.audit_append('lockdown', null, null, null, null, 'done', ended, of_request, null);
  return ended;
end $$;
grant execute on function kembali.pilot_accepted(text, date, text[], text), kembali.note_keys(text, text),
  kembali.lock_down(text) to k_clock;

-- Whether a write reaches the disk: what /readyz asks.
create table write_probe (
  only_row boolean primary key default true check (only_row),
  at       timestamptz not null default now()
);
insert into write_probe default values;
alter table write_probe enable row level security;
alter table write_probe force row level security;
create policy write_probe_owner on write_probe to k_owner using (true) with check (true);
create policy write_probe_clock on write_probe for all to k_clock using (true) with check (true);
grant select, update (at) on write_probe to k_clock;
