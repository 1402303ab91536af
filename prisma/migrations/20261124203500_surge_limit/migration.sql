-- From how many pull requests of one class in one repository and week on a claim gets a warning; null is the usual number.
ALTER TABLE university_settings ADD COLUMN surge_limit integer;
ALTER TABLE university_settings ADD CONSTRAINT surge_limit_is_sensible CHECK (surge_limit BETWEEN 1 AND 1000);
-- Who is in the same class.
CREATE INDEX member_of_class ON member (university_id, class_name, programme, department_id);
