-- 0205_when_a_check_was_heard.sql: when a safety check reached the server. Whoever says later that a child is safe ends only what she
-- could have known of (decision 0057): a "not safe" from a phone that had no line is heard of all the same.
alter table safety_check add column saved_at timestamptz;
update safety_check k set saved_at = coalesce((select l.at from op_log l where l.op_id = k.op_id), k.at);
alter table safety_check alter column saved_at set default kembali.now(), alter column saved_at set not null;
