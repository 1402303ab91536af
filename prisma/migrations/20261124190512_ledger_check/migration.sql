-- How the checking of a university's ledger stands: one row, written while it runs, read by the page. Its history is in the
-- audit log.
CREATE TABLE "ledger_check" (
    "university_id" UUID NOT NULL,
    "run_state" TEXT NOT NULL DEFAULT 'idle',
    "requested_at" TIMESTAMPTZ(3),
    "progress_at" TIMESTAMPTZ(3),
    "checked_lines" INTEGER NOT NULL DEFAULT 0,
    "total_lines" INTEGER NOT NULL DEFAULT 0,
    "checked_at" TIMESTAMPTZ(3),
    "ok" BOOLEAN,
    "lines" INTEGER,
    "sequence" BIGINT,
    "entry_id" UUID,
    "fault" TEXT,

    CONSTRAINT "ledger_check_pkey" PRIMARY KEY ("university_id")
);
ALTER TABLE "ledger_check" ADD CONSTRAINT "ledger_check_university_id_fkey" FOREIGN KEY ("university_id") REFERENCES "university"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE ledger_check ADD CONSTRAINT run_state_known CHECK (run_state IN ('idle', 'queued', 'running', 'failed'));
ALTER TABLE ledger_check ADD CONSTRAINT result_is_whole CHECK ((checked_at IS NULL) = (ok IS NULL) AND (ok IS NOT FALSE OR fault IS NOT NULL));
GRANT SELECT, INSERT, UPDATE ON ledger_check TO yuanfen_app;
ALTER TABLE ledger_check ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_university ON ledger_check USING (university_id = scope_university()) WITH CHECK (university_id = scope_university());

-- The newest results so far, from the audit log.
INSERT INTO ledger_check (university_id, checked_at, ok, lines, fault)
SELECT DISTINCT ON (university_id) university_id, occurred_at, (data ->> 'ok')::boolean, (data ->> 'lines')::int, data ->> 'fault'
  FROM audit_event WHERE action = 'ledger.verified'
   AND university_id IN (SELECT id FROM university)
 ORDER BY university_id, occurred_at DESC, id DESC;
