//! `/site.json`: the site for other programs. Its form is stable: fields are added, never renamed.

use super::Page;
use crate::paper::{Document, Draft, DraftName, Function, Round};
use crate::routes::{DocumentKey, Route, compared};
use crate::site::cards::draft_route;
use crate::site::record::sealed_as;
use serde::Serialize;

/// The whole site.
#[derive(Serialize)]
struct Site {
    /// Of this form.
    version: u32,
    title: String,
    base_url: String,
    /// The moment at which a rebuild next changes something, RFC 3339; none where nothing is dated ahead.
    next_rebuild: Option<String>,
    documents: Vec<Entry>,
    pages: Vec<PageEntry>,
}

#[derive(Serialize)]
struct PageEntry {
    title: String,
    address: String,
    /// SHA-256 of its file.
    digest: Option<String>,
}

#[derive(Serialize)]
struct ComparisonEntry {
    old: String,
    new: String,
    address: String,
}

#[derive(Serialize)]
struct Entry {
    kind: String,
    title: String,
    summary: String,
    address: String,
    /// Leads to the newest draft; none where the document is one file.
    latest: Option<String>,
    /// The letter as it was sent; none of others.
    original: Option<String>,
    /// Its record as a text; none where nothing is recorded.
    record: Option<String>,
    /// The page of the vote; none where no draft is put to the vote.
    vote: Option<VoteEntry>,
    /// The drafts that were taken down as a whole.
    taken_down: Vec<TakenDownEntry>,
    rounds: Vec<RoundEntry>,
    drafts: Vec<DraftEntry>,
    comparisons: Vec<ComparisonEntry>,
}

#[derive(Serialize)]
struct VoteEntry {
    address: String,
    /// The draft that is voted on.
    draft: String,
    /// SHA-256 of it: its seal where it is recorded, else the digest of its file.
    digest: String,
    opens: Option<String>,
    closes: Option<String>,
    /// Votes for and against it, once they are known.
    result: Option<[u64; 2]>,
}

#[derive(Serialize)]
struct TakenDownEntry {
    name: String,
    address: String,
    /// RFC 3339.
    at: String,
    note: Option<String>,
    /// SHA-256 of the text that it had.
    seal: String,
}

#[derive(Serialize)]
struct RoundEntry {
    round: u32,
    /// None while it has no drafts.
    address: Option<String>,
    opens: Option<String>,
    closes: Option<String>,
}

#[derive(Serialize)]
struct DraftEntry {
    name: String,
    title: Option<String>,
    address: String,
    /// All its chapters on one page; none where it has no chapters.
    all: Option<String>,
    /// RFC 3339; none of an unpublished draft.
    published: Option<String>,
    status: Option<String>,
    follows: Vec<String>,
    /// SHA-256 of its file, or of the file with the words above its chapters.
    digest: String,
    /// SHA-256 of the text that was sealed; none where it is not recorded.
    seal: Option<String>,
    /// That text.
    sealed: Option<String>,
    /// Who holds what, today and by the draft.
    functions: Vec<FunctionEntry>,
    chapters: Vec<ChapterEntry>,
}

#[derive(Serialize)]
struct FunctionEntry {
    what: String,
    today: Option<String>,
    /// None while it is open.
    holder: Option<String>,
}

#[derive(Serialize)]
struct ChapterEntry {
    name: String,
    title: String,
    address: String,
    /// SHA-256 of its file.
    digest: String,
}

impl Page<'_> {
    /// The site as JSON, with a line feed at its end.
    pub(super) fn site_json(&self) -> Vec<u8> {
        let site = Site {
            version: 1,
            title: self.world.config().title.clone(),
            base_url: self.world.config().base_url.clone(),
            next_rebuild: self.world.next_rebuild().map(|at| at.to_string()),
            documents: self.world.site().documents().map(|document| self.document_entry(document)).collect(),
            pages: self.world.site().pages().map(page_entry).collect(),
        };
        let mut bytes = serde_json::to_vec_pretty(&site).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    fn document_entry(&self, document: &Document) -> Entry {
        let key = DocumentKey::of(document);
        let round = |round: &Round| RoundEntry {
            round: round.number,
            address: document
                .round(round.number)
                .next()
                .filter(|_| !document.lone)
                .map(|_| Route::Round(key.clone(), round.number).address().to_string()),
            opens: round.opens.map(|day| day.to_string()),
            closes: round.closes.map(|day| day.to_string()),
        };
        Entry {
            kind: document.kind.word().to_owned(),
            title: document.title.clone(),
            summary: document.summary.clone(),
            address: Route::Document(DocumentKey::of(document)).address().to_string(),
            latest: (!document.lone).then(|| Route::Latest(key.clone()).address().to_string()),
            original: self.original_address(document),
            record: self.world.address_if_known(&Route::RecordText(key.clone())).map(|address| address.to_string()),
            vote: self.vote_entry(document),
            taken_down: taken_down(document),
            rounds: document.rounds.values().map(round).collect(),
            comparisons: compared(document, self.world.config().compare)
                .into_iter()
                .map(|(old, new)| comparison_entry(&key, old, new))
                .collect(),
            drafts: document.drafts.values().map(|draft| self.draft_entry(document, draft)).collect(),
        }
    }

    fn original_address(&self, document: &Document) -> Option<String> {
        let path = document.letter.as_ref()?.original.as_ref()?;
        self.world.address_if_known(&Route::File(path.clone())).map(|address| address.to_string())
    }

    fn vote_entry(&self, document: &Document) -> Option<VoteEntry> {
        let vote = document.consultation.vote.as_ref()?;
        let draft = document.drafts.get(vote.draft.as_ref()?)?;
        let address = self.world.address_if_known(&Route::Vote(DocumentKey::of(document)))?;
        Some(VoteEntry {
            address: address.to_string(),
            draft: draft.name.to_string(),
            digest: self.world.digest_of(document, draft).to_string(),
            opens: vote.opens.map(|day| day.to_string()),
            closes: vote.closes.map(|day| day.to_string()),
            result: vote.result.as_ref().map(|result| [result.in_favour, result.against]),
        })
    }

    fn draft_entry(&self, document: &Document, draft: &Draft) -> DraftEntry {
        let key = DocumentKey::of(document);
        let unpublished = self.world.site().is_unpublished(document, draft);
        let chapters = draft.chapters.iter().map(|chapter| ChapterEntry {
            name: chapter.name.clone(),
            title: chapter.title.clone(),
            address: Route::Chapter(key.clone(), draft.name.clone(), chapter.name.clone()).address().to_string(),
            digest: chapter.text.digest.to_string(),
        });
        DraftEntry {
            name: draft.name.to_string(),
            title: draft.title.clone(),
            address: draft_route(document, &draft.name).address().to_string(),
            all: (!draft.chapters.is_empty())
                .then(|| Route::All(key.clone(), draft.name.clone()).address().to_string()),
            published: draft.published.filter(|_| !unpublished).map(|moment| moment.at.to_string()),
            status: draft.status.map(|status| format!("{status:?}").to_lowercase()),
            follows: draft.follows.iter().map(ToString::to_string).collect(),
            digest: draft.text.digest.to_string(),
            seal: sealed_as(document, &draft.name).map(|entry| entry.text.to_string()),
            sealed: sealed_as(document, &draft.name)
                .map(|_| Route::Sealed(key.clone(), draft.name.clone()).address().to_string()),
            functions: draft.functions.iter().map(function_entry).collect(),
            chapters: chapters.collect(),
        }
    }
}

fn function_entry(own: &Function) -> FunctionEntry {
    FunctionEntry { what: own.what.clone(), today: own.today.clone(), holder: own.holder.clone() }
}

fn taken_down(document: &Document) -> Vec<TakenDownEntry> {
    let gone = document.lock.iter().flat_map(|lock| &lock.entries).filter(|entry| entry.is_gone());
    let entries = gone.map(|entry| TakenDownEntry {
        name: entry.draft.to_string(),
        address: Route::TakenDown(DocumentKey::of(document), entry.draft.clone()).address().to_string(),
        at: entry.at.to_string(),
        note: entry.note.clone(),
        seal: entry.text.to_string(),
    });
    entries.collect()
}

fn page_entry(page: &Document) -> PageEntry {
    PageEntry {
        title: page.title.clone(),
        address: Route::Page(DocumentKey::of(page)).address().to_string(),
        digest: page.drafts.values().next().map(|draft| draft.text.digest.to_string()),
    }
}

fn comparison_entry(key: &DocumentKey, old: DraftName, new: DraftName) -> ComparisonEntry {
    ComparisonEntry {
        old: old.to_string(),
        new: new.to_string(),
        address: Route::Comparison(key.clone(), old, new).address().to_string(),
    }
}
