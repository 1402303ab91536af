-- What the rules said of an item when it was submitted, and again when its evidence was frozen. What changes later
-- (catalog, tier, rules) warns the claim and never changes it.
ALTER TABLE "claim_item" ADD COLUMN "judgement" JSONB;
