-- `git patch-id --stable` of the whole change, where its files were read: copies whose commits say nothing are known by it.
ALTER TABLE "contribution" ADD COLUMN     "patch_id" TEXT;
ALTER TABLE contribution ADD CONSTRAINT patch_id_shape CHECK (patch_id ~ '^[0-9a-f]{40}$');

-- A landed change that takes a revert back lifts it: what that revert had taken back is looked up in its repository. Few.
CREATE INDEX contribution_reverted ON contribution (repository_id) WHERE landing_state = 'reverted';
