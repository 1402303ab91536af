-- What says that it reverts others is little; asked for by repository, whatever the number of those that say nothing.
CREATE INDEX contribution_reverting ON contribution (repository_id) WHERE reverts <> '{}';
-- Commits are looked for by the hundred with every page, and most are not there: a hash answers that from one page, however
-- many keys there are, where the primary key's tree grows deeper.
CREATE INDEX work_key_value ON work_key USING HASH (value);
