-- What the dispatch office made of a report: who looked at it, when, and why it went back. filed_at is
-- the first filing (null: reported_at): a correction after the due day does not make a report late.
alter table report
  add column filed_at timestamptz, add column reviewer text,
  add column reviewed_at timestamptz, add column review_note text;
alter table report_history
  add column filed_at timestamptz, add column reviewer text,
  add column reviewed_at timestamptz, add column review_note text;
