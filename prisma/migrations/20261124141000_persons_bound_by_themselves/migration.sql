-- Whom a membership belongs to decides what its university may read: a university could have written any person into a
-- row of its own and read their accounts, syncs and consents. Only the person in scope is bound, or one who is nobody yet.

CREATE FUNCTION person_is_nobody(id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT NOT EXISTS (SELECT 1 FROM public.member m WHERE m.person_id = $1)
     AND NOT EXISTS (SELECT 1 FROM public.linked_account a WHERE a.person_id = $1)
     AND NOT EXISTS (SELECT 1 FROM public.consent c WHERE c.person_id = $1)
$$;
REVOKE ALL ON FUNCTION person_is_nobody FROM PUBLIC;
GRANT EXECUTE ON FUNCTION person_is_nobody TO yuanfen_app;

-- A person who gave up their only, empty membership to somebody who proved to be the same (see lib/auth/merge-persons.ts).
CREATE FUNCTION person_is_closed(id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM public.person p WHERE p.id = $1 AND p.erased_at IS NOT NULL)
$$;
REVOKE ALL ON FUNCTION person_is_closed FROM PUBLIC;
GRANT EXECUTE ON FUNCTION person_is_closed TO yuanfen_app;

-- As the caller, so that it binds whom row-level security binds: the app, and not whoever restores a backup.
CREATE FUNCTION refuse_foreign_person() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE before uuid := CASE WHEN TG_OP = 'UPDATE' THEN OLD.person_id END;
BEGIN
  IF NOT pg_catalog.row_security_active('public.member') OR NEW.person_id IS NOT DISTINCT FROM before THEN
    RETURN NEW;
  END IF;
  IF before IS NOT NULL AND (NEW.person_id IS DISTINCT FROM public.scope_person() OR NOT public.person_is_closed(before)) THEN
    RAISE EXCEPTION 'a membership that belongs to a person violates being handed to another' USING ERRCODE = '42501';
  END IF;
  IF NEW.person_id IS DISTINCT FROM public.scope_person() AND NOT public.person_is_nobody(NEW.person_id) THEN
    RAISE EXCEPTION 'only a person in scope is bound to a membership: this violates it' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER person_binds_themselves BEFORE INSERT OR UPDATE ON member
  FOR EACH ROW EXECUTE FUNCTION refuse_foreign_person();

-- A run that carries a person's token is that person's alone until it ends, which destroys the token.
DROP POLICY university_reads ON sync_run;
CREATE POLICY university_reads ON sync_run FOR SELECT USING (token_sealed IS NULL AND EXISTS (
  SELECT 1 FROM member m WHERE m.person_id = sync_run.person_id AND m.university_id = scope_university()));
