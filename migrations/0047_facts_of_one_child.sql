-- 0047_facts_of_one_child.sql: figures count children, and what was corrected away is counted nowhere (security.md 7.2).
-- `child` is a keyed pseudonym of the case, of this kind of fact alone: it tells facts of one child from those of another,
-- and no id, no name in the ledger and no other kind of fact leads to it without the key.
alter table stat_fact add column child bytea check (length(child) = 32);
-- No key is at hand here: a fact from before counts as a child of its own until its case is next written in.
update stat_fact set child = id;
alter table stat_fact alter column child set not null;
create index stat_fact_child on stat_fact (child, kind);
-- A row rests on children, not on custodies; what was known of each fact so far is known of its child.
alter table stat_basis rename column fact_id to child;

-- Puts all facts of one kind of one child in the place of those before: what is no more leaves none behind.
drop function kembali.fact_put(bytea, text, jsonb, date);
create function kembali.facts_replace(of_child bytea, of_kind text, of_facts jsonb) returns void
language sql security definer set search_path = '' as $$
  delete from public.stat_fact
   where child = of_child and kind = of_kind
     and id not in (select pg_catalog.decode(f.id, 'hex') from pg_catalog.jsonb_to_recordset(of_facts) as f (id text));
  insert into public.stat_fact (id, child, kind, coded, due_on)
  select pg_catalog.decode(f.id, 'hex'), of_child, of_kind, f.coded, f.due_on
    from pg_catalog.jsonb_to_recordset(of_facts) as f (id text, coded jsonb, due_on date)
  on conflict (id) do update
     set child = excluded.child, kind = excluded.kind, coded = excluded.coded, due_on = excluded.due_on
$$;
grant execute on function kembali.facts_replace(bytea, text, jsonb) to k_app;
