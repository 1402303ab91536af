-- A university may have a service token at every platform that is read by one.
ALTER TABLE university_connection DROP CONSTRAINT kind_known;
ALTER TABLE university_connection ADD CONSTRAINT kind_known
  CHECK (kind IN ('oidc', 'github_app', 'gitee_token', 'gitcode_token', 'huggingface_token'));
