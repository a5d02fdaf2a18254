-- 0214_when_an_assessment_was_written.sql: an assessment handed in counts from the moment the server has it, so that nobody's day is cut
-- short; what its writer could know of ends with the moment she wrote it. Without that, a lower risk from a phone that had no line ended
-- the danger a colleague had seen meanwhile, and nobody had read of it (decision 0057).
alter table assessment_submission add column written_at timestamptz;
update assessment_submission s set written_at = coalesce((select l.claimed_at from op_log l where l.op_id = s.op_id), s.submitted_at);
alter table assessment_submission alter column written_at set default kembali.now(), alter column written_at set not null;
