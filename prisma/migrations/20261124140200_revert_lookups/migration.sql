-- Every page of a sync asks which landed changes revert what it shows, by number and by quoted title; a popular
-- repository must not be read whole for that. Titles may be longer than a tree takes.
-- CreateIndex
CREATE INDEX "contribution_reverts_idx" ON "contribution" USING GIN ("reverts");

-- CreateIndex
CREATE INDEX "contribution_title_idx" ON "contribution" USING HASH ("title");
