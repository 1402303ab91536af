-- Most claims have nothing to look at. A reviewer who asks for those that have must not read through the whole queue.
CREATE INDEX claim_with_warnings ON claim (university_id, state, department_id, queued_at, id) WHERE warning_count > 0;
