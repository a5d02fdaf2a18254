-- 0041_actor_asked_once.sql: who is asking is looked up once a question, not once a row.
-- actor() is a look-up of its own. As a bare condition it ran for every row that a small table's scan passed: with a few
-- hundred operations of one device, half of the time of an accepted operation. In a subselect it runs once.
create or replace function kembali.device_has_gap(of_device uuid, below integer) returns boolean
language sql stable security definer set search_path = '' as $$
  select count(distinct seq) < below - 1 from public.op_log
   where actor = (select kembali.actor()) and device = of_device and seq < below
$$;

create or replace function kembali.device_last_heard(of_device uuid) returns timestamptz
language sql stable security definer set search_path = '' as $$
  select max(at) from public.op_log where actor = (select kembali.actor()) and device = of_device
$$;

create or replace function kembali.op_answer(of_op uuid) returns table (mine boolean, payload_mac bytea, answer jsonb)
language sql stable security definer set search_path = '' as $$
  select l.actor = me.id, case when l.actor = me.id then l.payload_mac end, case when l.actor = me.id then l.answer end
    from public.op_log l, (select kembali.actor() as id) me where l.op_id = of_op
$$;

create or replace function kembali.match_requests_today() returns integer
language sql stable security definer set search_path = '' as $$
  select count(*)::integer from public.match_request
   where person_id = (select kembali.actor()) and made_at > (select kembali.now()) - interval '24 hours'
$$;
