-- A maintainer may ask for a repository to be left out. Once granted, the shared base says so and no university says otherwise.

ALTER TABLE catalog_entry DROP CONSTRAINT status_known;
ALTER TABLE catalog_entry ADD CONSTRAINT status_known CHECK (status IN ('proposed', 'included', 'excluded', 'opted_out'));
ALTER TABLE catalog_entry ADD CONSTRAINT opted_out_says_why CHECK (status <> 'opted_out' OR reason <> '');

-- What maintainers ask: of no university, without an address of theirs. The answer is read by who knows the request's id.
CREATE TABLE maintainer_request (
  id uuid NOT NULL,
  platform text NOT NULL,
  owner text NOT NULL,
  name text,
  owner_key text NOT NULL,
  name_key text NOT NULL,
  login text NOT NULL,
  message text NOT NULL,
  state text NOT NULL DEFAULT 'open',
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  decided_at timestamptz(3),
  decided_by text,
  decision_reason text NOT NULL DEFAULT '',
  CONSTRAINT maintainer_request_pkey PRIMARY KEY (id),
  CONSTRAINT state_known CHECK (state IN ('open', 'granted', 'refused')),
  CONSTRAINT decided_says_when_and_who CHECK ((state = 'open') = (decided_at IS NULL) AND (state = 'open') = (decided_by IS NULL)),
  CONSTRAINT decided_says_why CHECK (state = 'open' OR decision_reason <> ''),
  CONSTRAINT keys_are_lower_case CHECK (owner_key = lower(owner) AND name_key = lower(coalesce(name, '')))
);
CREATE INDEX maintainer_request_queue ON maintainer_request (state, created_at, id);

GRANT SELECT, INSERT, UPDATE ON maintainer_request TO yuanfen_app;
ALTER TABLE maintainer_request ENABLE ROW LEVEL SECURITY;
CREATE POLICY anyone_asks ON maintainer_request FOR INSERT WITH CHECK (state = 'open');
CREATE POLICY universities_and_operator_read ON maintainer_request FOR SELECT USING (scope_operator() OR scope_university() IS NOT NULL);
CREATE POLICY operator_decides ON maintainer_request FOR UPDATE USING (scope_operator()) WITH CHECK (scope_operator());

-- For who asked: how it stands, by the id that they were given; not what they wrote.
CREATE FUNCTION maintainer_request_state(request_id uuid)
RETURNS TABLE (platform text, owner text, name text, state text, created_at timestamptz, decided_at timestamptz, decision_reason text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
  $$ SELECT r.platform, r.owner, r.name, r.state, r.created_at, r.decided_at, r.decision_reason
       FROM public.maintainer_request r WHERE r.id = request_id $$;
REVOKE ALL ON FUNCTION maintainer_request_state FROM PUBLIC;
GRANT EXECUTE ON FUNCTION maintainer_request_state TO yuanfen_app;
