-- 0146_counted_or_not.sql: children who said no to being counted without a name, and are in no figure (monitoring rule SDC-13).
-- Only the name that a kind of fact knows its child by: it leads to no case, and the role that makes figures reads nothing else.
create table stat_left_out (
  child bytea primary key check (length(child) = 32)
);
alter table stat_left_out enable row level security;
alter table stat_left_out force row level security;
create policy stat_left_out_owner on stat_left_out to k_owner using (true) with check (true);
create policy stat_left_out_read on stat_left_out for select to k_stats using (true);
grant select on stat_left_out to k_stats;

create function kembali.leave_out(of_children bytea[], is_out boolean) returns void
language sql security definer set search_path = '' as $$
  delete from public.stat_left_out where not is_out and child = any (of_children);
  insert into public.stat_left_out (child) select c from pg_catalog.unnest(of_children) as c where is_out on conflict do nothing;
$$;
revoke execute on function kembali.leave_out(bytea[], boolean) from public;
grant execute on function kembali.leave_out(bytea[], boolean) to k_app;
