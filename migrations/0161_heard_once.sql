-- 0161_heard_once.sql: a proof of a phone is heard once (security.md 4): by whichever of several servers on this database it comes to,
-- and also after one of them was started anew. Of a proof only a hash stays, for the minutes in which it could be sent again.
create table heard_proof (
  nonce_hash bytea primary key check (octet_length(nonce_hash) = 32),
  forget_at  timestamptz not null
);
create index heard_proof_forget on heard_proof (forget_at);
alter table heard_proof enable row level security;
alter table heard_proof force row level security;
create policy heard_proof_owner on heard_proof to k_owner using (true) with check (true);

-- True for the first who hears it. Not waited for until it is on the disk: what a power cut takes back are parts of a second.
create function kembali.hear_proof(of_hash bytea, of_seconds integer) returns boolean
language plpgsql security definer set search_path = '' as $$
declare heard integer;
begin
  perform pg_catalog.set_config('synchronous_commit', 'off', true);
  delete from public.heard_proof h where h.ctid in (
    select o.ctid from public.heard_proof o where o.forget_at < pg_catalog.now() order by o.forget_at limit 20 for update skip locked);
  insert into public.heard_proof (nonce_hash, forget_at) values (of_hash, pg_catalog.now() + of_seconds * interval '1 second')
  on conflict do nothing;
  get diagnostics heard = row_count;
  return heard = 1;
end $$;
revoke execute on function kembali.hear_proof(bytea, integer) from public;
grant execute on function kembali.hear_proof(bytea, integer) to k_app;
