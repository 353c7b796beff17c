-- recoupe.db: what the site shows. (Raw snapshots live in recoupe-archive.db, never published.)
--
-- sources ─ documents ─ document_versions ─┬─ sentences ── sentences_fts (stems)
--                                          ├─ quantities ── facts ── comparisons
--                                          ├─ reference_mentions, dates, quotes
--                                          └─ territory_mentions, person_mentions,
--                                             organisation_mentions, programme_mentions
-- Names that mentions point to: territories, people, organisations, programmes.
-- The journal: runs, failures.
--
-- Keys are sequential integers; beside them a UNIQUE natural key says what makes a row the same row,
-- so that a second write of the same thing changes nothing and a permalink outlives re-extraction.
-- Where a key is the address of a page, AUTOINCREMENT keeps it from ever meaning something else.
-- Offsets (start_char, end_char) count code points of document_versions.text. Numbers that must be
-- exact (value, low, high, precision) are canonical decimal TEXT; *_sort columns are REAL copies for
-- filters and order only. Dates are ISO 8601 text. Absent is NULL.

CREATE TABLE sources (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('press', 'official')),
  territory TEXT,
  licence TEXT
);

CREATE TABLE documents (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  address TEXT NOT NULL UNIQUE,            -- canonical URL, or "sha256:…" for a text without one
  source_id INTEGER REFERENCES sources(id),
  kind TEXT NOT NULL CHECK (kind IN ('press', 'official')),
  url TEXT,
  title TEXT,
  standfirst TEXT,
  author TEXT,
  section TEXT,
  published_at TEXT,
  published_on TEXT,                       -- the day of published_at
  modified_at TEXT,
  language TEXT NOT NULL,
  paywalled INTEGER,
  gone_at TEXT,                            -- the address answered 404 or 410
  current_version_id INTEGER REFERENCES document_versions(id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX documents_source ON documents(source_id);
CREATE INDEX documents_published ON documents(published_on);
CREATE INDEX documents_current ON documents(current_version_id);

CREATE TABLE document_versions (
  id INTEGER PRIMARY KEY,
  document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  version TEXT NOT NULL,                   -- Article.version: sha256 of the normalised wording
  snapshot_sha256 TEXT,                    -- the raw bytes it was read from
  seen_at TEXT NOT NULL,                   -- when that snapshot was taken, in UTC
  pipeline TEXT NOT NULL,                  -- name and version of what extracted it last
  model TEXT NOT NULL,
  text TEXT NOT NULL,
  UNIQUE (document_id, version)
);
CREATE INDEX document_versions_snapshot ON document_versions(snapshot_sha256);

-- Every snapshot a wording was read from: one page is often served at several addresses, or in
-- other bytes, and none of them is read again.
CREATE TABLE version_snapshots (
  id INTEGER PRIMARY KEY,
  snapshot_sha256 TEXT NOT NULL,
  version_id INTEGER NOT NULL REFERENCES document_versions(id) ON DELETE CASCADE,
  UNIQUE (snapshot_sha256, version_id)
);
CREATE INDEX version_snapshots_version ON version_snapshots(version_id);

CREATE TABLE sentences (
  id INTEGER PRIMARY KEY,
  version_id INTEGER NOT NULL REFERENCES document_versions(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  text TEXT NOT NULL,
  stems TEXT NOT NULL,                     -- light French stems, accents folded, for the search
  UNIQUE (version_id, start_char, end_char)
);

CREATE VIRTUAL TABLE sentences_fts USING fts5 (
  stems, content = 'sentences', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER sentences_ai AFTER INSERT ON sentences BEGIN
  INSERT INTO sentences_fts (rowid, stems) VALUES (new.id, new.stems);
END;
CREATE TRIGGER sentences_ad AFTER DELETE ON sentences BEGIN
  INSERT INTO sentences_fts (sentences_fts, rowid, stems) VALUES ('delete', old.id, old.stems);
END;
CREATE TRIGGER sentences_au AFTER UPDATE OF stems ON sentences BEGIN
  INSERT INTO sentences_fts (sentences_fts, rowid, stems) VALUES ('delete', old.id, old.stems);
  INSERT INTO sentences_fts (rowid, stems) VALUES (new.id, new.stems);
END;

CREATE TABLE territories (
  id INTEGER PRIMARY KEY,
  code_system TEXT NOT NULL CHECK (code_system IN ('COG', 'SIREN', 'ISO', 'ANCT')),
  level TEXT NOT NULL,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  folded TEXT NOT NULL,                    -- the name in lower case, without accents or signs
  departement TEXT,                        -- INSEE code of the département it lies in
  region TEXT,                             -- INSEE code of the région it lies in
  lat REAL,
  lon REAL,
  UNIQUE (code_system, level, code)
);
CREATE INDEX territories_code ON territories(code);
CREATE INDEX territories_folded ON territories(folded);
CREATE INDEX territories_region ON territories(region, departement);

CREATE TABLE people (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  folded TEXT NOT NULL                     -- lower case, without accents or signs, for the search
);

CREATE TABLE roles (
  id INTEGER PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES people(id) ON DELETE CASCADE,
  role TEXT NOT NULL,
  organisation TEXT NOT NULL DEFAULT '',   -- '' only so that UNIQUE holds: none was said
  first_seen TEXT,
  last_seen TEXT,
  UNIQUE (person_id, role, organisation)
);

CREATE TABLE organisations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  folded TEXT NOT NULL                     -- lower case, without accents or signs, for the search
);

CREATE TABLE programmes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  folded TEXT NOT NULL                     -- lower case, without accents or signs, for the search
);

CREATE TABLE quantities (
  id INTEGER PRIMARY KEY,
  version_id INTEGER NOT NULL REFERENCES document_versions(id) ON DELETE CASCADE,
  sentence_id INTEGER REFERENCES sentences(id),
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  text TEXT NOT NULL,
  kind TEXT NOT NULL,
  value TEXT,
  low TEXT,
  high TEXT,
  value_sort REAL,                         -- value, or the middle of the range
  unit TEXT,
  per TEXT,
  approx TEXT,
  precision TEXT,
  object TEXT,
  object_start INTEGER,
  object_end INTEGER,
  part_of_id INTEGER REFERENCES quantities(id) ON DELETE SET NULL,
  rule TEXT NOT NULL,
  confidence REAL NOT NULL,
  UNIQUE (version_id, start_char, end_char, kind)
);
CREATE INDEX quantities_kind_value ON quantities(kind, value_sort);
CREATE INDEX quantities_sentence ON quantities(sentence_id);
CREATE INDEX quantities_part_of ON quantities(part_of_id);

CREATE TABLE reference_mentions (          -- "references" is a keyword of SQL
  id INTEGER PRIMARY KEY,
  version_id INTEGER NOT NULL REFERENCES document_versions(id) ON DELETE CASCADE,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  text TEXT NOT NULL,
  kind TEXT NOT NULL,
  UNIQUE (version_id, start_char, end_char, kind)
);

CREATE TABLE dates (
  id INTEGER PRIMARY KEY,
  version_id INTEGER NOT NULL REFERENCES document_versions(id) ON DELETE CASCADE,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  text TEXT NOT NULL,
  kind TEXT NOT NULL,
  date_from TEXT,
  date_to TEXT,
  granularity TEXT NOT NULL,
  rule TEXT NOT NULL,
  UNIQUE (version_id, start_char, end_char, kind)
);

CREATE TABLE territory_mentions (
  id INTEGER PRIMARY KEY,
  version_id INTEGER NOT NULL REFERENCES document_versions(id) ON DELETE CASCADE,
  territory_id INTEGER REFERENCES territories(id),
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  text TEXT NOT NULL,
  level TEXT,
  confidence REAL NOT NULL,
  candidates TEXT,                         -- JSON list of {code, code_system, level, name, score}
  UNIQUE (version_id, start_char, end_char)
);
CREATE INDEX territory_mentions_territory ON territory_mentions(territory_id);

CREATE TABLE person_mentions (
  id INTEGER PRIMARY KEY,
  version_id INTEGER NOT NULL REFERENCES document_versions(id) ON DELETE CASCADE,
  person_id INTEGER NOT NULL REFERENCES people(id),
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  text TEXT NOT NULL,
  role TEXT,
  organisation TEXT,
  UNIQUE (version_id, start_char, end_char)
);
CREATE INDEX person_mentions_person ON person_mentions(person_id, role);

CREATE TABLE organisation_mentions (
  id INTEGER PRIMARY KEY,
  version_id INTEGER NOT NULL REFERENCES document_versions(id) ON DELETE CASCADE,
  organisation_id INTEGER NOT NULL REFERENCES organisations(id),
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  text TEXT NOT NULL,
  UNIQUE (version_id, start_char, end_char)
);
CREATE INDEX organisation_mentions_organisation ON organisation_mentions(organisation_id);

CREATE TABLE programme_mentions (
  id INTEGER PRIMARY KEY,
  version_id INTEGER NOT NULL REFERENCES document_versions(id) ON DELETE CASCADE,
  programme_id INTEGER NOT NULL REFERENCES programmes(id),
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  text TEXT NOT NULL,
  UNIQUE (version_id, start_char, end_char)
);
CREATE INDEX programme_mentions_programme ON programme_mentions(programme_id);

CREATE TABLE quotes (
  id INTEGER PRIMARY KEY,
  version_id INTEGER NOT NULL REFERENCES document_versions(id) ON DELETE CASCADE,
  start_char INTEGER NOT NULL,
  end_char INTEGER NOT NULL,
  text TEXT NOT NULL,
  direct INTEGER NOT NULL,
  speaker TEXT,
  cue TEXT,
  UNIQUE (version_id, start_char, end_char)
);

-- One row for each figure with what its text says of it; kind to period repeat what joins would
-- give, so that the facets of the search read one table. is_current is 0 for an older version.
CREATE TABLE facts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  quantity_id INTEGER NOT NULL UNIQUE REFERENCES quantities(id) ON DELETE CASCADE,
  document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  version_id INTEGER NOT NULL REFERENCES document_versions(id) ON DELETE CASCADE,
  sentence_id INTEGER REFERENCES sentences(id),
  is_current INTEGER NOT NULL DEFAULT 1,
  kind TEXT NOT NULL,
  value_sort REAL,
  unit TEXT,
  status TEXT NOT NULL,
  side TEXT,
  legal TEXT,
  negated INTEGER NOT NULL,
  conditional INTEGER NOT NULL,
  reported_speech INTEGER NOT NULL,
  superseded INTEGER NOT NULL,
  marker_start INTEGER,
  marker_end INTEGER,
  programme_id INTEGER REFERENCES programmes(id),
  territory_id INTEGER REFERENCES territories(id),
  territory_basis TEXT,
  period_from TEXT,
  period_to TEXT,
  speaker TEXT,
  actor TEXT,
  measure TEXT,
  perimeter TEXT,
  evidence_start INTEGER NOT NULL,
  evidence_end INTEGER NOT NULL,
  confidence REAL NOT NULL,
  published_on TEXT
);
CREATE INDEX facts_document ON facts(document_id);
CREATE INDEX facts_version ON facts(version_id);
CREATE INDEX facts_sentence ON facts(sentence_id);
CREATE INDEX facts_kind_value ON facts(kind, value_sort);
CREATE INDEX facts_status ON facts(status);
CREATE INDEX facts_programme ON facts(programme_id, measure, unit);
CREATE INDEX facts_territory ON facts(territory_id, kind, value_sort);
CREATE INDEX facts_published ON facts(published_on);
CREATE INDEX facts_speaker ON facts(speaker) WHERE speaker NOT NULL;
CREATE INDEX facts_actor ON facts(actor) WHERE actor NOT NULL;

CREATE TABLE comparisons (
  id INTEGER PRIMARY KEY,
  relation TEXT NOT NULL CHECK (
    relation IN ('announced_vs_reported', 'part_of', 'evolution', 'same', 'contradicts')
  ),
  left_fact_id INTEGER NOT NULL REFERENCES facts(id) ON DELETE CASCADE,
  right_fact_id INTEGER NOT NULL REFERENCES facts(id) ON DELETE CASCADE,
  ratio TEXT,                              -- right over left
  basis TEXT NOT NULL CHECK (basis IN ('sentence', 'document', 'base')),
  UNIQUE (relation, left_fact_id, right_fact_id)
);
CREATE INDEX comparisons_left ON comparisons(left_fact_id);
CREATE INDEX comparisons_right ON comparisons(right_fact_id);

CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  command TEXT NOT NULL,
  started_at TEXT NOT NULL,
  ended_at TEXT,                           -- NULL: still running, or killed
  outcome TEXT,                            -- ok, partial, interrupted, failed, killed
  fetched INTEGER NOT NULL DEFAULT 0,
  unchanged INTEGER NOT NULL DEFAULT 0,
  documents INTEGER NOT NULL DEFAULT 0,
  failures INTEGER NOT NULL DEFAULT 0,
  rows_written INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE failures (
  id INTEGER PRIMARY KEY,
  stage TEXT NOT NULL,
  source TEXT,
  url TEXT NOT NULL DEFAULT '',
  snapshot_sha256 TEXT NOT NULL DEFAULT '',
  error TEXT NOT NULL,
  message TEXT NOT NULL,
  pipeline TEXT NOT NULL DEFAULT '',       -- what failed; a new version tries again
  first_at TEXT NOT NULL,
  last_at TEXT NOT NULL,
  resolved_at TEXT,
  UNIQUE (stage, url, snapshot_sha256)
);
CREATE INDEX failures_snapshot ON failures(snapshot_sha256);
CREATE INDEX failures_url ON failures(url);
