-- What is locked never changes: credit was given by it. Nothing is locked from the start, for nothing is whole then; and a
-- part stays where it is and whose it is, or it could be carried into what is locked.
CREATE OR REPLACE FUNCTION refuse_locked_share_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE'
     AND (NEW.contribution_id, NEW.platform_user_id) IS DISTINCT FROM (OLD.contribution_id, OLD.platform_user_id) THEN
    RAISE EXCEPTION 'a part of a contribution stays where it is' USING ERRCODE = '55000';
  END IF;
  IF EXISTS (SELECT FROM public.share_agreement
              WHERE contribution_id = CASE WHEN TG_OP = 'INSERT' THEN NEW.contribution_id ELSE OLD.contribution_id END
                AND state = 'locked') THEN
    RAISE EXCEPTION 'the parts of a contribution are locked' USING ERRCODE = '55000';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE OR REPLACE FUNCTION refuse_locked_agreement_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.state = 'locked' THEN
    RAISE EXCEPTION 'the parts of a contribution are locked' USING ERRCODE = '55000';
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  IF TG_OP = 'UPDATE' AND NEW.contribution_id <> OLD.contribution_id THEN
    RAISE EXCEPTION 'an agreement stays with its contribution' USING ERRCODE = '55000';
  END IF;
  IF NEW.state = 'locked'
     AND (SELECT sum(percent) FROM public.contribution_share WHERE contribution_id = NEW.contribution_id)
         IS DISTINCT FROM 100 THEN
    RAISE EXCEPTION 'the parts of a contribution are not whole' USING ERRCODE = '55000';
  END IF;
  RETURN NEW;
END $$;
DROP TRIGGER locked_stays ON share_agreement;
CREATE TRIGGER locked_stays BEFORE INSERT OR UPDATE OR DELETE ON share_agreement
  FOR EACH ROW EXECUTE FUNCTION refuse_locked_agreement_change();
ALTER TABLE share_agreement ENABLE ALWAYS TRIGGER locked_stays;
