/*
 * Thirty days of a project that runs hourly, written by SQL: runs of every seventh view, one run of each other, watermarks, probes and the
 * samples of every hour. All is as of now, so that every view is on time but one in a hundred.
 */

export interface History {
  readonly project: string;
  readonly hours: number;
  readonly sampledHours: number;
  /** Every so many-th view is late. */
  readonly lateEvery: number;
}

const RUNS_EVERY = 7;

/** Statements with their meaning, to be run in this order. */
export function historyOf({ project, hours, sampledHours, lateEvery }: History): readonly (readonly [string, string])[] {
  const views = `(SELECT p.id AS project_id, d.id, d.name, row_number() OVER (ORDER BY d.name) AS nth FROM project p JOIN definition d ON d.project_id = p.id
    WHERE p.name = '${project}' AND d.kind = 'feature_view') v`;
  const newest = `(extract(epoch FROM now()) * 1000000)::bigint - CASE WHEN v.nth % ${lateEvery} = 0 THEN 5 * 3600000000 ELSE 1800000000 END`;
  return [
    [
      "watermarks",
      `INSERT INTO online_state (version_id, store, event_watermark, epoch, ready_at, updated_at)
      SELECT vv.id, 'sqlite', ${newest}, 'bench', now(), now() FROM ${views} JOIN view_version vv ON vv.view_id = v.id`,
    ],
    [
      "runs",
      `INSERT INTO run (id, group_id, project_id, kind, subject, state, request, receipt, error, actor_kind, actor_id, actor_name, key, attempt, created_at,
        started_at, finished_at)
      SELECT gen_random_uuid()::text, 'bench', v.project_id, 'materialize', 'feature_view:' || v.name, CASE WHEN hour % 50 = 7 THEN 'failed' ELSE 'succeeded' END,
        '{"window":{"kind":"incremental","end":null}}', '{"rows_read":1000,"keys":1000,"written":1000,"seconds":1.5}',
        CASE WHEN hour % 50 = 7 THEN '{"code":"unavailable","message":"the source did not answer"}'::jsonb END, 'system', 'schedule', 'schedule', v.name, 1,
        now() - make_interval(hours => hour, mins => 21), now() - make_interval(hours => hour, mins => 21), now() - make_interval(hours => hour, mins => 20)
      FROM ${views}, generate_series(0, CASE WHEN v.nth % ${RUNS_EVERY} = 0 THEN ${hours - 1} ELSE 0 END) hour`,
    ],
    [
      "probes",
      `INSERT INTO online_probe (project_id, view, store, version_id, ttl_seconds, keys, looked, expired, exact, newest_event, oldest_event, ages, measured_at)
      SELECT v.project_id, v.name, 'sqlite', vv.id, 86400, 1000, 1000, v.nth % 1000, true, ${newest}, ${newest},
        '[{"upToSeconds":3600,"keys":500},{"upToSeconds":86400,"keys":400},{"upToSeconds":604800,"keys":100}]', now()
      FROM ${views} JOIN view_version vv ON vv.view_id = v.id`,
    ],
    [
      "samples",
      `INSERT INTO freshness_sample (project_id, view, span, at, state, on_time, at_risk, late, unknown, age_seconds_max, objective_seconds)
      SELECT v.project_id, v.name, 'hour', date_trunc('hour', now(), 'UTC') - make_interval(hours => hour), 'on time', 12, 0, 0, 0, 1800, 7200
      FROM generate_series(1, ${sampledHours}) hour, ${views}`,
    ],
    [
      "a worker's sign of life",
      "INSERT INTO heartbeat (process, kind, started_at, beat_at) VALUES ('bench-worker', 'worker', now(), now() + interval '4 minutes')",
    ],
    ["what PostgreSQL knows of them", "ANALYZE"],
  ];
}
