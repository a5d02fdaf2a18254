-- 0071_care_task_waits.sql: for whom a task waits. It stands apart from a worker's own work until its day; then she asks again.
alter table care_task add column waits_for text
  check (waits_for in ('authority', 'approval', 'referral', 'colleague', 'family'));
