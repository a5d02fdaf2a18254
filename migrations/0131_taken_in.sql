-- 0131_taken_in.sql: a file that comes from another system was opened there, perhaps years ago. Lists and figures go by that day; the
-- steps of the case are counted from the day it came here, or each of them would be late at once.
alter table child_case add column taken_in_at timestamptz;
