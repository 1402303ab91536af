-- The parts of what several people wrote: proposed by one, confirmed by the others, then locked. They may be of different
-- universities, so there is no university in it and nobody's name: accounts of the platform alone, which are public. Only
-- who has a part sees it.
CREATE TABLE share_agreement (
    contribution_id UUID NOT NULL,
    state TEXT NOT NULL,
    version INTEGER NOT NULL,
    proposed_by TEXT NOT NULL,
    changed_at TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT share_agreement_pkey PRIMARY KEY (contribution_id)
);
CREATE TABLE contribution_share (
    contribution_id UUID NOT NULL,
    platform_user_id TEXT NOT NULL,
    percent INTEGER NOT NULL,
    confirmed BOOLEAN NOT NULL,

    CONSTRAINT contribution_share_pkey PRIMARY KEY (contribution_id, platform_user_id)
);
ALTER TABLE share_agreement ADD CONSTRAINT share_agreement_contribution_id_fkey
  FOREIGN KEY (contribution_id) REFERENCES contribution (id) ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE contribution_share ADD CONSTRAINT contribution_share_contribution_id_fkey
  FOREIGN KEY (contribution_id) REFERENCES share_agreement (contribution_id) ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE share_agreement ADD CONSTRAINT state_known CHECK (state IN ('proposed', 'refused', 'locked'));
ALTER TABLE contribution_share ADD CONSTRAINT percent_of_whole CHECK (percent BETWEEN 1 AND 99);
GRANT SELECT, INSERT, UPDATE ON share_agreement TO yuanfen_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON contribution_share TO yuanfen_app;

-- Whether the person in scope proved to be the author or a co-author. An account that was unlinked since stays theirs.
CREATE FUNCTION takes_part_in(asked uuid) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM public.linked_account a JOIN public.contribution c ON c.id = asked
     WHERE a.person_id = public.scope_person() AND a.platform = c.platform
       AND (a.platform_user_id = c.author_platform_user_id
            OR EXISTS (SELECT FROM public.contribution_co_author w
                        WHERE w.contribution_id = c.id AND w.platform_user_id = a.platform_user_id)))
$$;
REVOKE ALL ON FUNCTION takes_part_in FROM PUBLIC;
GRANT EXECUTE ON FUNCTION takes_part_in TO yuanfen_app;

ALTER TABLE share_agreement ENABLE ROW LEVEL SECURITY;
ALTER TABLE contribution_share ENABLE ROW LEVEL SECURITY;
CREATE POLICY participants ON share_agreement USING (takes_part_in(contribution_id)) WITH CHECK (takes_part_in(contribution_id));
CREATE POLICY participants ON contribution_share USING (takes_part_in(contribution_id)) WITH CHECK (takes_part_in(contribution_id));

-- What is locked never changes: credit was given by it. What is locked is whole.
CREATE FUNCTION refuse_locked_share_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND EXISTS (SELECT FROM share_agreement WHERE contribution_id = OLD.contribution_id AND state = 'locked')
     OR TG_OP = 'INSERT' AND EXISTS (SELECT FROM share_agreement WHERE contribution_id = NEW.contribution_id AND state = 'locked') THEN
    RAISE EXCEPTION 'the parts of a contribution are locked' USING ERRCODE = '55000';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER locked_stays BEFORE INSERT OR UPDATE OR DELETE ON contribution_share
  FOR EACH ROW EXECUTE FUNCTION refuse_locked_share_change();
ALTER TABLE contribution_share ENABLE ALWAYS TRIGGER locked_stays;

CREATE FUNCTION refuse_locked_agreement_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'locked' THEN
    RAISE EXCEPTION 'the parts of a contribution are locked' USING ERRCODE = '55000';
  END IF;
  IF NEW.state = 'locked'
     AND (SELECT sum(percent) FROM contribution_share WHERE contribution_id = NEW.contribution_id) IS DISTINCT FROM 100 THEN
    RAISE EXCEPTION 'the parts of a contribution are not whole' USING ERRCODE = '55000';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER locked_stays BEFORE UPDATE ON share_agreement FOR EACH ROW EXECUTE FUNCTION refuse_locked_agreement_change();
ALTER TABLE share_agreement ENABLE ALWAYS TRIGGER locked_stays;

-- Tells everybody else who has a part, at whatever university, and who they are to nobody.
CREATE FUNCTION tell_co_authors(asked uuid, told_code text, told_data jsonb, told_at timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE told bigint;
BEGIN
  IF told_code NOT IN ('shares_proposed', 'shares_refused', 'shares_locked') OR NOT public.takes_part_in(asked) THEN
    RAISE EXCEPTION 'not for telling' USING ERRCODE = '42501';
  END IF;
  INSERT INTO public.notification (university_id, id, member_id, code, data, created_at)
  SELECT DISTINCT ON (m.university_id, m.id) m.university_id, gen_random_uuid(), m.id, told_code, told_data, told_at
    FROM public.contribution c
    JOIN public.linked_account a ON a.platform = c.platform AND a.unlinked_at IS NULL
     AND (a.platform_user_id = c.author_platform_user_id
          OR EXISTS (SELECT FROM public.contribution_co_author w
                      WHERE w.contribution_id = c.id AND w.platform_user_id = a.platform_user_id))
    JOIN public.member m ON m.person_id = a.person_id AND m.status = 'active'
    JOIN public.member_role r ON r.university_id = m.university_id AND r.member_id = m.id AND r.role = 'student'
   WHERE c.id = asked AND a.person_id <> public.scope_person();
  GET DIAGNOSTICS told = ROW_COUNT;
  RETURN told;
END $$;
REVOKE ALL ON FUNCTION tell_co_authors FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tell_co_authors TO yuanfen_app;
