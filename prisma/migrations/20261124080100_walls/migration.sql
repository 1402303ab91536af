-- What keeps universities apart, facts unchanged and jobs inside transactions, whatever the application forgets.
-- The application signs in as yuanfen_app, which owns nothing: row-level security always binds it.

DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'yuanfen_app') THEN
    RAISE EXCEPTION 'The role yuanfen_app is missing. Create it first: see docs/installing.md.';
  END IF;
END $$;

-- ------------------------------------------------------------ who is asking
-- After a scoped transaction current_setting() is '' rather than null, hence nullif.

CREATE FUNCTION scope_university() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT NULLIF(current_setting('app.university', true), '')::uuid $$;
CREATE FUNCTION scope_person() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT NULLIF(current_setting('app.person', true), '')::uuid $$;
CREATE FUNCTION scope_session() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT NULLIF(current_setting('app.session', true), '') $$;
CREATE FUNCTION scope_operator() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT COALESCE(current_setting('app.operator', true), '') = 'on' $$;

-- ------------------------------------------------------------ grants: no table is open by default

GRANT USAGE ON SCHEMA public TO yuanfen_app;
GRANT SELECT, INSERT, UPDATE ON
  university, university_settings, university_connection, department, person, member, session, roster_import, link_attempt,
  linked_account, consent, sync_source, sync_run, repository, repository_name, work, work_key, contribution, catalog_entry,
  university_catalog_entry, term, policy_version, claim, claim_item, live_work, ledger_head, notification, attempt_counter,
  worker_heartbeat, member_role, review_assignment
TO yuanfen_app;
GRANT DELETE ON
  session, link_attempt, live_work, member_role, review_assignment, attempt_counter, claim_item, university_catalog_entry,
  university_connection, worker_heartbeat, sync_source
TO yuanfen_app;
-- erasure by pseudonym, see erasure_only below
GRANT UPDATE ON credit_entry_student TO yuanfen_app;
-- append-only
GRANT SELECT, INSERT ON
  sync_skip, evidence, evidence_file, decision, credit_entry, credit_entry_student, filing, filing_entry, report_export, audit_event
TO yuanfen_app;

-- ------------------------------------------------------------ universities apart

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY[
    'university_settings', 'university_connection', 'department', 'member_role', 'review_assignment', 'roster_import',
    'university_catalog_entry', 'term', 'policy_version', 'claim', 'claim_item', 'evidence', 'evidence_file', 'decision',
    'credit_entry', 'credit_entry_student', 'ledger_head', 'filing', 'filing_entry', 'report_export', 'notification'
  ] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format(
      'CREATE POLICY own_university ON %I USING (university_id = scope_university()) WITH CHECK (university_id = scope_university())', t);
  END LOOP;
END $$;

-- A university's name is public (one chooses it to sign in); its row is written in its own scope.
ALTER TABLE university ENABLE ROW LEVEL SECURITY;
CREATE POLICY anyone_reads ON university FOR SELECT USING (true);
CREATE POLICY own_university_inserts ON university FOR INSERT WITH CHECK (id = scope_university());
CREATE POLICY own_university_updates ON university FOR UPDATE USING (id = scope_university()) WITH CHECK (id = scope_university());

-- A person sees their own memberships everywhere; they are written by the university.
ALTER TABLE member ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_university ON member USING (university_id = scope_university()) WITH CHECK (university_id = scope_university());
CREATE POLICY own_memberships ON member FOR SELECT USING (person_id = scope_person());

-- Audit events of no university carry the nil id: anybody's change may write one, only the operator reads them.
ALTER TABLE audit_event ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_university ON audit_event FOR SELECT USING (university_id = scope_university());
CREATE POLICY operator_reads_deployment ON audit_event FOR SELECT
  USING (university_id = '00000000-0000-0000-0000-000000000000' AND scope_operator());
CREATE POLICY own_university_or_deployment ON audit_event FOR INSERT
  WITH CHECK (university_id = scope_university() OR university_id = '00000000-0000-0000-0000-000000000000');

-- A person's own things: theirs, and readable by the university they are a member of.
ALTER TABLE person ENABLE ROW LEVEL SECURITY;
CREATE POLICY anyone_inserts ON person FOR INSERT WITH CHECK (true);
CREATE POLICY self ON person FOR ALL USING (id = scope_person()) WITH CHECK (id = scope_person());
CREATE POLICY university_reads ON person FOR SELECT USING (
  EXISTS (SELECT 1 FROM member m WHERE m.person_id = person.id AND m.university_id = scope_university()));

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['linked_account', 'sync_source', 'sync_run', 'sync_skip', 'consent'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY self ON %I USING (person_id = scope_person()) WITH CHECK (person_id = scope_person())', t);
    EXECUTE format(
      'CREATE POLICY university_reads ON %1$I FOR SELECT USING (EXISTS (SELECT 1 FROM member m WHERE m.person_id = %1$I.person_id AND m.university_id = scope_university()))', t);
  END LOOP;
END $$;

ALTER TABLE link_attempt ENABLE ROW LEVEL SECURITY;
CREATE POLICY self ON link_attempt USING (person_id = scope_person()) WITH CHECK (person_id = scope_person());

-- A session is found by the hash of its token, before anybody knows whose it is.
ALTER TABLE session ENABLE ROW LEVEL SECURITY;
CREATE POLICY bearer_or_self ON session
  USING (token_hash = scope_session() OR person_id = scope_person())
  WITH CHECK (token_hash = scope_session() OR person_id = scope_person());

ALTER TABLE live_work ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_university ON live_work USING (university_id = scope_university()) WITH CHECK (university_id = scope_university());
CREATE POLICY own_works ON live_work FOR SELECT USING (person_id = scope_person());

-- The shared base of the catalog is read by all and written by the operator.
ALTER TABLE catalog_entry ENABLE ROW LEVEL SECURITY;
CREATE POLICY anyone_reads ON catalog_entry FOR SELECT USING (true);
CREATE POLICY operator_inserts ON catalog_entry FOR INSERT WITH CHECK (scope_operator());
CREATE POLICY operator_updates ON catalog_entry FOR UPDATE USING (scope_operator()) WITH CHECK (scope_operator());

-- ------------------------------------------------------------ append-only

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% on % is refused: its rows are append-only', TG_OP, TG_TABLE_NAME USING ERRCODE = '55000';
END $$;

DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['evidence', 'evidence_file', 'decision', 'credit_entry', 'filing', 'filing_entry', 'report_export', 'audit_event'] LOOP
    EXECUTE format(
      'CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', t);
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER append_only', t);
  END LOOP;
END $$;

-- A published version of the rules never changes.
CREATE FUNCTION refuse_published_policy_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status = 'published' THEN
    RAISE EXCEPTION 'a published policy version never changes' USING ERRCODE = '55000';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER published_stays BEFORE UPDATE OR DELETE ON policy_version
  FOR EACH ROW EXECUTE FUNCTION refuse_published_policy_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON policy_version FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The student's particulars of a ledger line: erased once, otherwise as they were at approval.
CREATE FUNCTION refuse_all_but_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.erased_at IS NOT NULL OR NEW.erased_at IS NULL OR NEW.salt <> '' OR NEW.name <> '' OR NEW.student_number = OLD.student_number
     OR NEW.university_id <> OLD.university_id OR NEW.sequence <> OLD.sequence THEN
    RAISE EXCEPTION 'the particulars of a ledger line may only be erased' USING ERRCODE = '55000';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER erasure_only BEFORE UPDATE ON credit_entry_student FOR EACH ROW EXECUTE FUNCTION refuse_all_but_erasure();
CREATE TRIGGER no_removal BEFORE DELETE OR TRUNCATE ON credit_entry_student FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The ledger's head goes forward only, one line at a time.
CREATE FUNCTION refuse_ledger_head_jump() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.sequence <> OLD.sequence + 1 OR NEW.university_id <> OLD.university_id THEN
    RAISE EXCEPTION 'the ledger head moves by one line' USING ERRCODE = '55000';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER forward_only BEFORE UPDATE ON ledger_head FOR EACH ROW EXECUTE FUNCTION refuse_ledger_head_jump();
CREATE TRIGGER no_removal BEFORE DELETE OR TRUNCATE ON ledger_head FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- ------------------------------------------------------------ values

ALTER TABLE university_connection ADD CONSTRAINT kind_known CHECK (kind IN ('oidc', 'github_app', 'gitee_token'));
ALTER TABLE person ADD CONSTRAINT locale_known CHECK (locale IN ('zh-CN', 'en'));
ALTER TABLE member ADD CONSTRAINT status_known CHECK (status IN ('active', 'left'));
ALTER TABLE member ADD CONSTRAINT number_given CHECK (number <> '');
ALTER TABLE member_role ADD CONSTRAINT role_known CHECK (role IN ('student', 'reviewer', 'admin'));
ALTER TABLE member_role ADD CONSTRAINT source_known CHECK (source IN ('sign_in', 'roster', 'granted'));
ALTER TABLE roster_import ADD CONSTRAINT state_known CHECK (state IN ('previewed', 'applied', 'discarded'));
ALTER TABLE link_attempt ADD CONSTRAINT purpose_known CHECK (purpose IN ('link', 'refresh'));
ALTER TABLE sync_run ADD CONSTRAINT state_known CHECK (state IN ('queued', 'running', 'waiting', 'done', 'failed'));
ALTER TABLE sync_run ADD CONSTRAINT token_only_while_under_way CHECK (token_sealed IS NULL OR state IN ('queued', 'running', 'waiting'));
ALTER TABLE contribution ADD CONSTRAINT state_known CHECK (state IN ('open', 'closed', 'merged'));
ALTER TABLE contribution ADD CONSTRAINT landing_state_known CHECK (landing_state IN ('landed', 'not_landed', 'reverted'));
ALTER TABLE contribution ADD CONSTRAINT landed_has_time CHECK (landing_state = 'not_landed' OR landed_at IS NOT NULL);
ALTER TABLE contribution ADD CONSTRAINT author_type_known CHECK (author_type IN ('user', 'bot', 'mannequin', 'ghost'));
ALTER TABLE catalog_entry ADD CONSTRAINT kind_known CHECK (kind IN ('model', 'dataset', 'framework', 'training', 'inference', 'agent', 'infra', 'tool'));
ALTER TABLE catalog_entry ADD CONSTRAINT status_known CHECK (status IN ('proposed', 'included', 'excluded'));
ALTER TABLE catalog_entry ADD CONSTRAINT tier_known CHECK (tier IN ('flagship', 'standard', 'emerging'));
ALTER TABLE university_catalog_entry ADD CONSTRAINT status_known CHECK (status IN ('proposed', 'included', 'excluded'));
ALTER TABLE university_catalog_entry ADD CONSTRAINT tier_known CHECK (tier IN ('flagship', 'standard', 'emerging'));
ALTER TABLE term ADD CONSTRAINT half_open CHECK (starts_at < ends_at);
ALTER TABLE policy_version ADD CONSTRAINT status_known CHECK (status IN ('draft', 'published'));
ALTER TABLE policy_version ADD CONSTRAINT published_has_time CHECK ((status = 'published') = (published_at IS NOT NULL));
ALTER TABLE claim ADD CONSTRAINT state_known CHECK (state IN ('draft', 'submitted', 'in_review', 'changes_requested', 'endorsed', 'approved', 'rejected', 'withdrawn'));
ALTER TABLE claim ADD CONSTRAINT evidence_state_known CHECK (evidence_state IN ('none', 'collecting', 'complete', 'failed'));
ALTER TABLE claim ADD CONSTRAINT policy_kept_since_submission CHECK (state IN ('draft', 'withdrawn') OR policy_version_id IS NOT NULL);
ALTER TABLE claim_item ADD CONSTRAINT ai_use_known CHECK (ai_use IN ('none', 'assisted', 'substantial'));
ALTER TABLE claim_item ADD CONSTRAINT outcome_known CHECK (outcome IN ('accepted', 'refused'));
ALTER TABLE decision ADD CONSTRAINT stage_known CHECK (stage IN ('endorsement', 'approval'));
ALTER TABLE decision ADD CONSTRAINT action_known CHECK (action IN ('endorse', 'request_changes', 'reject', 'approve'));
ALTER TABLE credit_entry ADD CONSTRAINT kind_known CHECK (kind IN ('award', 'correction', 'revocation'));
ALTER TABLE credit_entry ADD CONSTRAINT correction_names_entry CHECK ((kind = 'award') = (corrects_entry_id IS NULL));
ALTER TABLE credit_entry ADD CONSTRAINT award_not_negative CHECK (kind <> 'award' OR credit_hundredths >= 0);
ALTER TABLE credit_entry ADD CONSTRAINT award_is_explained CHECK (kind <> 'award' OR (claim_id IS NOT NULL AND policy_version_id IS NOT NULL AND engine_version IS NOT NULL AND calculation_hash IS NOT NULL));
ALTER TABLE report_export ADD CONSTRAINT format_known CHECK (format IN ('xlsx', 'csv'));
ALTER TABLE audit_event ADD CONSTRAINT actor_kind_known CHECK (actor_kind IN ('member', 'system', 'operator'));

-- ------------------------------------------------------------ jobs

-- A role that owns nothing may not call the queue; this function may. A job queued here vanishes with a rollback.
CREATE FUNCTION enqueue_job(
  job_name text, payload json, queue_name text DEFAULT NULL, run_at timestamptz DEFAULT NULL,
  max_attempts int DEFAULT NULL, job_key text DEFAULT NULL, job_key_mode text DEFAULT NULL
) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE id bigint;
BEGIN
  SELECT j.id INTO id FROM graphile_worker.add_job(
    job_name, payload, queue_name => queue_name, run_at => run_at, max_attempts => max_attempts,
    job_key => job_key, job_key_mode => job_key_mode) j;
  RETURN id;
END $$;
REVOKE ALL ON FUNCTION enqueue_job FROM PUBLIC;
GRANT EXECUTE ON FUNCTION enqueue_job TO yuanfen_app;

-- For the health page: how many jobs are due, how old the oldest is, how many gave up.
CREATE FUNCTION queue_state(OUT due bigint, OUT oldest_due_seconds int, OUT given_up bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  SELECT count(*) FILTER (WHERE j.run_at <= now() AND j.attempts < j.max_attempts),
         COALESCE(extract(epoch FROM now() - min(j.run_at) FILTER (WHERE j.run_at <= now() AND j.attempts < j.max_attempts AND j.locked_at IS NULL)), 0)::int,
         count(*) FILTER (WHERE j.attempts >= j.max_attempts)
    INTO due, oldest_due_seconds, given_up
    FROM graphile_worker.jobs j;
END $$;
REVOKE ALL ON FUNCTION queue_state FROM PUBLIC;
GRANT EXECUTE ON FUNCTION queue_state TO yuanfen_app;
GRANT SELECT ON _prisma_migrations TO yuanfen_app;
