//! The views: what a template of a theme may use. They are the contract with theme authors.
//!
//! One struct a template, each with the [`Frame`] that every page shares. All addresses in a view are
//! relative to the page, so that a site works under any prefix. Fields that end in `html` are safe
//! markup and go in with `| safe`; everything else is text. Lists are in the order to be shown.

mod cards;
mod comparison;
mod consultation;
mod document;
mod draft;
mod feedback;
mod feeds;
mod frame;
mod functions;
mod groups;
mod lists;
mod record;
mod round;
mod search;
mod silence;
mod vote;
mod words;

pub use cards::{Counts, DocumentCard, DraftCard, Event, EventDay, Pair, RoundCard, SinceRead, Step};
pub use comparison::{ChangeLine, ChapterStep, ComparisonView, DraftNote, Sections};
pub use consultation::{ConsultationView, DateView, PhaseView, State, VoteView, WayView};
pub use document::{DocumentView, LatestView, Picture, PictureBox, PictureLine};
pub use draft::{DraftView, Heading, LetterHead, OriginCount, Switch};
pub use feedback::{FateCount, FeedbackChange, FeedbackItem, FeedbackView, Reason};
pub use feeds::{FeedEntry, FeedView, SitemapEntry, SitemapView};
pub use frame::{Brand, Day, Frame, Link, Share};
pub use functions::FunctionRow;
pub use groups::{Concern, Group};
pub use lists::{ChangesView, FrontView, PageView, SectionView};
pub use record::{Earlier, RecordEntry, RecordView, Seal, TakenDownView};
pub use round::{OptionPair, OptionRow, RoundView};
pub use search::{Choice, SearchView};
pub use silence::{OpenFeedback, SilenceView, SilentDocument, SilentDraft};
pub use vote::{SinceAsked, VoteCount, VotePageView};
pub use words::{GlossaryView, UsedIn, Word};
