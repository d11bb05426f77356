-- Slow statements
-- Expect: none; a mean over 1 s is seen by people.
-- Needs: pg_stat_statements
-- Without: set shared_preload_libraries = 'pg_stat_statements', restart, CREATE EXTENSION pg_stat_statements.
-- Values are parameters in what is kept; whatever could still hold one is not shown.
SELECT
    calls,
    round(mean_exec_time)::bigint AS mean_ms,
    round(max_exec_time)::bigint AS longest_ms,
    count(*) OVER () AS slow_statements,
    CASE
        WHEN query !~* '^\s*(select|insert|update|delete|merge|with)\M' OR strpos(query, chr(92)) > 0
            THEN coalesce(substring(query FROM '[A-Za-z]+'), '?') || ' ...'
        ELSE left(
            regexp_replace(
                regexp_replace(
                    query,
                    '''([^'']|'''')*''|\$\w*\$.*\$\w*\$|/\*.*\*/|--[^\n]*|\m[0-9]+(\.[0-9]+)?\M',
                    '?',
                    'g'
                ),
                '''.*|\s+',
                ' ',
                'g'
            ),
            120
        )
    END AS statement
FROM pg_stat_statements
WHERE mean_exec_time > 1000
AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
ORDER BY mean_exec_time DESC
LIMIT 20;
