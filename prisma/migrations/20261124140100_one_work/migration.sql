-- AlterTable
ALTER TABLE "work" ADD COLUMN     "duplicate_work_ids" UUID[] DEFAULT ARRAY[]::UUID[];

-- A contribution was found to name the commits of several works: they are one. A claim, also one of a university that
-- is not in scope, keeps the work that it holds, so what no claim holds moves into what one holds; works that are all
-- held stay, each knowing the others. Works are locked in one order, so that two syncs never wait for each other's; a
-- claim that reaches for a work meanwhile waits, and then does not find the one that is gone.
CREATE FUNCTION unite_works(work_ids uuid[]) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  held uuid[];
  free uuid[];
  kept uuid;
BEGIN
  PERFORM 1 FROM public.work w WHERE w.id = ANY (work_ids) ORDER BY w.id FOR UPDATE;
  SELECT array_agg(w.id ORDER BY w.created_at, w.id) INTO held FROM public.work w
   WHERE w.id = ANY (work_ids) AND EXISTS (SELECT 1 FROM public.live_work l WHERE l.work_id = w.id);
  SELECT array_agg(w.id ORDER BY w.created_at, w.id) INTO free FROM public.work w
   WHERE w.id = ANY (work_ids) AND NOT EXISTS (SELECT 1 FROM public.live_work l WHERE l.work_id = w.id);
  kept := COALESCE(held[1], free[1]);
  free := array_remove(free, kept);
  IF cardinality(free) > 0 THEN
    UPDATE public.contribution SET work_id = kept WHERE work_id = ANY (free);
    UPDATE public.work_key SET work_id = kept WHERE work_id = ANY (free);
    UPDATE public.claim_item SET work_id = kept WHERE work_id = ANY (free);
    DELETE FROM public.work WHERE id = ANY (free);
  END IF;
  IF cardinality(held) > 1 THEN
    UPDATE public.work w
       SET duplicate_work_ids = ARRAY(SELECT DISTINCT u FROM unnest(w.duplicate_work_ids || array_remove(held, w.id)) u)
     WHERE w.id = ANY (held);
  END IF;
  RETURN kept;
END $$;
REVOKE ALL ON FUNCTION unite_works FROM PUBLIC;
GRANT EXECUTE ON FUNCTION unite_works TO yuanfen_app;

-- Which works some live claim holds, whoever's it is: of claims behind a wall one learns that and nothing else.
CREATE FUNCTION held_works(work_ids uuid[]) RETURNS TABLE (held_work_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
  $$ SELECT DISTINCT l.work_id FROM public.live_work l WHERE l.work_id = ANY (work_ids) $$;
REVOKE ALL ON FUNCTION held_works FROM PUBLIC;
GRANT EXECUTE ON FUNCTION held_works TO yuanfen_app;
