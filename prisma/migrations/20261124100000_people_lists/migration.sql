-- Lists of people are ordered by number and searched by the beginning of a number or a name. In the collation "C" one
-- index serves both, whatever the database's own collation is.

CREATE INDEX member_by_number ON member (university_id, number COLLATE "C");
CREATE INDEX member_by_name ON member (university_id, name COLLATE "C");
CREATE INDEX member_of_department_by_number ON member (university_id, department_id, number COLLATE "C");

-- The few sources that could not be read, among all that could.
CREATE INDEX sync_source_failed ON sync_source (failure_kind, person_id) WHERE failure_kind IS NOT NULL;
