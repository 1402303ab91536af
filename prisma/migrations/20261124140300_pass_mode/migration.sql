-- A pass that is broken off goes on only as what it was: the pages of a backfill are others than those down to a watermark.
-- AlterTable
ALTER TABLE "sync_source" ADD COLUMN     "pass_is_backfill" BOOLEAN NOT NULL DEFAULT false;
