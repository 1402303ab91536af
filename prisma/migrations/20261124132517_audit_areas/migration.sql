-- The audit narrowed to an area (`claim` of `claim.submitted`): many actions at once, newest first, without reading the
-- rest. A column and no index of an expression: under row-level security a function that may leak keeps an index from use.
ALTER TABLE audit_event ADD COLUMN area text GENERATED ALWAYS AS (split_part(action, '.', 1)) STORED;
CREATE INDEX "audit_event_university_id_area_occurred_at_id_idx" ON "audit_event"("university_id", "area", "occurred_at" DESC, "id" DESC);
