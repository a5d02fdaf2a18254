/** The roles of security.md 3.2, made by a superuser once; nobody connects as an owner while Kembali runs. */
export const RUNNING_ROLES = ['k_app', 'k_clock', 'k_stats'] as const
export type RunningRole = (typeof RUNNING_ROLES)[number]

/** SQL that makes the roles where they are missing and lets the owner create in this database; may be run again. */
export const ROLES_SQL = `
do $$
begin
  if not exists (select from pg_roles where rolname = 'k_owner') then create role k_owner nologin; end if;
  if not exists (select from pg_roles where rolname = 'k_migrator') then create role k_migrator nologin; end if;
  if not exists (select from pg_roles where rolname = 'k_app') then create role k_app nologin; end if;
  if not exists (select from pg_roles where rolname = 'k_clock') then create role k_clock nologin; end if;
  if not exists (select from pg_roles where rolname = 'k_stats') then create role k_stats nologin; end if;
  if not exists (select from pg_roles where rolname = 'k_backup') then create role k_backup nologin; end if;
  execute format('grant create, connect on database %I to k_owner', current_database());
end $$;
grant k_owner to k_migrator;
grant usage, create on schema public to k_owner;
revoke create on schema public from public;
grant usage on schema public to k_app, k_clock, k_stats, k_backup;
`

/** Nobody but our roles may connect or make temporary tables here; the copy for backups reads past the policies. */
export const FENCE_SQL = `
do $$
begin
  execute format('revoke all on database %I from public', current_database());
  execute format('grant connect on database %I to k_migrator, k_app, k_clock, k_stats, k_backup', current_database());
end $$;
alter role k_backup bypassrls;
`

/** Statements that end by themselves, so that one stuck person cannot hold up everybody (security.md 9.4). */
export const LIMITS_SQL = RUNNING_ROLES.map(
  (role) =>
    `alter role ${role} set statement_timeout = '5s'; alter role ${role} set lock_timeout = '2s'; ` +
    // Our questions are short: compiling one that joins many tables took seconds, and the question none.
    `alter role ${role} set jit = off; ` +
    `alter role ${role} set idle_in_transaction_session_timeout = '10s'; alter role ${role} set timezone = 'UTC'; ` +
    // Parameters carry session tokens: they never stand in the server's own log (security.md 3.2).
    `alter role ${role} set log_parameter_max_length = 0; alter role ${role} set log_parameter_max_length_on_error = 0;`,
).join('\n')
