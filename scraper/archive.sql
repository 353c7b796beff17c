-- The archive of raw pages (recoupe-archive.db), private and never published. What each address
-- served is kept once per content; versions says when an address served which content.
-- Dates are ISO 8601 UTC. Absent is NULL. A change of this file is a new script beside it.

CREATE TABLE IF NOT EXISTS snapshots (
  sha256 TEXT PRIMARY KEY,
  size INTEGER NOT NULL,                   -- of the body before compression
  body BLOB NOT NULL                       -- zlib
);

CREATE TABLE IF NOT EXISTS resources (
  url TEXT PRIMARY KEY,
  role TEXT NOT NULL CHECK (role IN ('page', 'feed')),
  source TEXT,
  kind TEXT CHECK (kind IN ('press', 'official')),
  final_url TEXT NOT NULL,
  etag TEXT,
  last_modified TEXT,
  content_type TEXT,
  charset TEXT,
  opted_out INTEGER,
  first_seen TEXT NOT NULL,
  last_checked TEXT NOT NULL,
  changed_at TEXT NOT NULL,                -- when the present content was first fetched
  status TEXT NOT NULL CHECK (status IN ('live', 'gone', 'withdrawn')),
  gone_at TEXT,                            -- first 404 or 410, or first opt-out
  sha256 TEXT NOT NULL REFERENCES snapshots(sha256)
);
CREATE INDEX IF NOT EXISTS resources_source ON resources(source, role);
CREATE INDEX IF NOT EXISTS resources_sha256 ON resources(sha256);

CREATE TABLE IF NOT EXISTS versions (
  url TEXT NOT NULL REFERENCES resources(url),
  fetched_at TEXT NOT NULL,
  sha256 TEXT NOT NULL REFERENCES snapshots(sha256),
  PRIMARY KEY (url, sha256, fetched_at)
);
CREATE INDEX IF NOT EXISTS versions_sha256 ON versions(sha256);
