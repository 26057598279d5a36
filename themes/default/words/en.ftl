# The words of all pages, in English. The form is Fluent's: https://projectfluent.org/fluent/guide/
#
# Another language is a file beside this one, named by its tag: cy.ftl, en-GB.ftl. What it leaves out is
# said in English. A site changes single sentences in themes/default/words/en.ftl of its own. What stands
# in braces is put in; the remarks say what it is where the name does not. Words only: no markup.

## Days, lists, quotations

month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
day = { $day } { $month } { $year }
# Between groups of three digits: 1,204
thousands = ,
# Joins all but the last of several: A, B and C
list-comma = { ", " }
list-and = { $rest } and { $last }
list-semicolon = { "; " }
quote = “{ $words }”
# Where the words were cut
quote-cut = “{ $words } …”

## Drafts, rounds, kinds

draft = Draft { $round }
draft-option = Draft { $round }, option { $option }
# After another word, as in “from draft 1”
draft-lower = draft { $round }
option = option { $option }
option-alone = Option { $option }
options = Draft { $round }, options { $options }
round = Round { $number }
chapter-of = Chapter { $number } of { $count }
kind-proposal = Proposal
kind-letter = Letter
kind-strategy = Strategy
kind-update = Update
kind-page = Page
section-proposals = Proposals
section-strategy = Strategy
section-letters = Letters
section-updates = Updates
section-pages = Pages
status-final = Final
status-adopted = Adopted
status-rejected = Rejected
status-discarded = Discarded
status-withdrawn = Withdrawn

## Blocks, as they are called in sentences about changes

noun-heading = heading
noun-headings = headings
noun-figure = figure
noun-paragraph = paragraph
noun-item = item
noun-quotation = quotation
noun-box = box
noun-list = list
noun-table = table
noun-row = row
noun-column = column
noun-cell = cell
noun-list-of-terms = list of terms
noun-term = term
noun-meaning-of-a-term = meaning of a term
noun-code = code
noun-note = note
noun-tip = tip
noun-important = important
noun-warning = warning
noun-caution = caution
noun-passage = passage
noun-line-across = line across
noun-section = section
# Several that moved together
noun-more = { $block } with { $count } more

## What happened to a block. Each begins with a capital letter where it is shown.

change-added = { $block } added: { $words }
change-removed = { $block } removed: { $words }
change-edited = { $block } changed: { $told }
change-replaced = { $block } replaced: { $was } became { $is }
change-replaced-file = { $block } replaced: { $was } is another file
change-form = { $block } set in another form
# A box or quotation that became one of another sort
change-form-sorts = { $block } set in another form: { $was } became { $is }
change-form-moved = { $block } set in another form: { $words }
change-looks = Formatting or a link changed: { $words }
change-renumbered = Heading renumbered: { $was } became { $is }
change-renumbered-several = Headings renumbered: { $was } became { $is }; and { $more } more
change-renamed = Heading renamed: { $was } became { $is }
change-split = Paragraph split into { $count }: { $words }
change-merged = Paragraph merged from { $count }: { $words }
change-column-added = Column added: { $words }
change-column-removed = Column removed: { $words }
change-row = Row { $row } changed: { $told }
change-row-looks = Row { $row } changed: Formatting or a link changed
change-moved = { $block } moved: { $words }
change-moved-edited = { $block } moved and changed: { $words }
change-moved-here = { $block } moved here from another chapter: { $words }
change-moved-here-edited = { $block } moved here from another chapter and changed: { $words }
change-departed = { $block } moved to another chapter: { $words }
# An item that became a paragraph, or the like
change-became = { $was } became { $block }: { $words }
change-became-edited = { $was } became { $block } and changed: { $words }
# A move, and what changed in it
change-told = { $said }; { $told }
told-became = { $was } became { $is }
told-added = { $is } added
told-removed = { $was } removed
told-more = and { $count } more
# The same between two options, of which neither is older: $left and $right are as in “option A”
option-only = { $block } only in { $option }: { $words }
option-words-only = { $block }: { $words } only in { $option }
option-words = { $block }: { $was } in { $left }, { $is } in { $right }
option-row-only = Row { $row }: { $words } only in { $option }
option-row-words = Row { $row }: { $was } in { $left }, { $is } in { $right }
option-moved = { $block } in another place: { $words }
option-moved-edited = { $block } in another place and changed: { $words }
option-moved-here = { $block } in another place here from another chapter: { $words }
option-moved-here-edited = { $block } in another place here from another chapter and changed: { $words }
option-departed = { $block } in another place to another chapter: { $words }

## By what a change is of substance

sign-force = what must or may be done
sign-negation = what is not so
sign-money = money
sign-percentage = a percentage
sign-date = a date
sign-number = how many
sign-term = who or what is meant
sign-figure = a figure
sign-text = what is said

## Changes in numbers

counts-changed = { $count ->
    [one] { $count }{ "\u00A0" }passage changed
   *[other] { $count }{ "\u00A0" }passages changed
}
counts-added = { $count ->
    [one] { $count }{ "\u00A0" }passage added
   *[other] { $count }{ "\u00A0" }passages added
}
counts-removed = { $count ->
    [one] { $count }{ "\u00A0" }passage removed
   *[other] { $count }{ "\u00A0" }passages removed
}
counts-moved = { $count ->
    [one] { $count }{ "\u00A0" }passage moved
   *[other] { $count }{ "\u00A0" }passages moved
}
# Behind the first of them
counts-more-changed = { $count }{ "\u00A0" }changed
counts-more-added = { $count }{ "\u00A0" }added
counts-more-removed = { $count }{ "\u00A0" }removed
counts-more-moved = { $count }{ "\u00A0" }moved
counts-nothing = Nothing changed
options-differ = { $count ->
    [one] { $count }{ "\u00A0" }passage differs
   *[other] { $count }{ "\u00A0" }passages differ
}
options-only = { $count ->
    [one] { $count }{ "\u00A0" }passage only in { $option }
   *[other] { $count }{ "\u00A0" }passages only in { $option }
}
options-moved = { $count ->
    [one] { $count }{ "\u00A0" }passage in another place
   *[other] { $count }{ "\u00A0" }passages in another place
}
options-more-differ = { $count ->
    [one] { $count }{ "\u00A0" }differs
   *[other] { $count }{ "\u00A0" }differ
}
options-more-only = { $count }{ "\u00A0" }only in { $option }
options-more-moved = { $count }{ "\u00A0" }in another place
options-nothing = No difference

## Labels in the marked text

label-moved-away = Moved to another place: see it there
label-moved-here = Moved here: see where it was
label-form-below = Now in another form, below
label-form-above = In another form than above, at the same place
label-split = Paragraph split into { $count }
label-merged = { $count } paragraphs merged into one
mark-moved-away = moved
mark-moved-here = moved here
label-only = Only in { $option }
label-elsewhere = In another place in { $option }: see it there
# $place is `place-chapter` or `place-opening`
label-moved-to = Moved to { $place }: see it there
label-moved-from = Moved here from { $place }: see where it was
label-elsewhere-in = In { $place } in { $option }: see it there
place-chapter = the chapter “{ $title }”
place-opening = the words above the chapters
label-table = Table
label-table-in = Table in { $number }
label-table-in-older = Table in { $number }, older
of-substance = Of substance
editorial = Editorial
# For screen readers, behind “Of substance” or “Editorial”
told-at-change = : { $sentences }.
next-change = Next change
next-change-short = Next
# The number of a block that is no longer there
number-was = was { $number }
under-heading = under “{ $heading }”
before-first-heading = before the first heading

## In texts

alert-note = Note
alert-tip = Tip
alert-important = Important
alert-warning = Warning
alert-caution = Caution
task-done = Done
task-open = To do
notes = Notes
note-back = Back to the text
page-break = Page { $page }
block-link = Link to paragraph { $number }

## Where the paragraphs of a draft with several predecessors come from

origin-new = new in this draft
origin-from = from { $drafts }
origin-both = alike in both
origin-all = alike in all

## Quotations

# $place is a link
quotation-checked = ✓ Word for word as in { $place }
quotation-around = Read it in context
# $places are links
quoted-in = Quoted in: { $places }
place-number = { $title },{ "\u00A0" }{ $number }

## Why something changed, and what was said

reason = Why:
# $draft is a link
reason-in = Why, in { $draft }:
# $feedback are links
reason-feedback =
    { $count ->
        [one] What was said: { $feedback }
       *[other] What was said: { $feedback }
    }
# Leads to the reason, which is further up on the page
reason-given = the reason given above, in { $draft }
# $reasons: such links
reason-above = Why: { $reasons }
reason-same = Why: the same reason as above
reason-removed = Removed from { $old }
reason-removed-number = Removed: { $number } of { $old }
paragraph-number = Paragraph { $number }
led-to =
    { $count ->
        [one] What led to this draft: 1 reason
       *[other] What led to this draft: { $count } reasons
    }
feedback = You said, we did
feedback-all = You said, we did: all feedback and the answers
title-feedback = { $document } – you said, we did
about-feedback = What was said about { $document }, and what became of it
feedback-summary =
    { $count ->
        [one] 1 point
       *[other] { $count } points
    } from { $voices ->
        [one] 1 voice
       *[other] { $voices } voices
    }, and what became of each.
you-said = You said
we-did = We did
# Where nothing was done, or not yet
our-answer = Our answer
# $draft is a link
did-in = In { $draft }:
voices =
    { $count ->
        [one] 1 voice
       *[other] { $count } voices
    }
# $place is a link
feedback-about = About { $place }
feedback-about-number = { $draft }, { $number }
feedback-source = In full
feedback-open = Not answered yet.
# $day is markup
feedback-answered = Answered on { $day }
words-that-changed =
    { $count ->
        [one] Show 1 change
       *[other] Show { $count } changes
    }
changes-more =
    { $count ->
        [one] and 1 more change
       *[other] and { $count } more changes
    }
fate-adopted = Adopted
fate-adapted = Adopted in part
fate-rejected = Not adopted
fate-later = For a later draft
fate-open = Open

## What is owed to readers

silence = What we still owe you
about-silence = Feedback without an answer, changes without a reason, and groups that nobody heard
silence-summary = This page lists what is late, what has not been answered or explained, and who was asked and not heard. It is made from the papers themselves.
silence-none = Nothing: no response is late, everything that was said is answered, every change of substance has a reason where a paper gives any, and every group was heard.
silence-responses = Promised, and late
# $round is a link, $day is markup
silence-response = { $round }: a response was promised by { $day }.
silence-open = Said, and not answered yet
# $day is markup
silence-due = An answer is due by { $day }.
silence-late = An answer was due by { $day }.
silence-unheeded = Adopted, but not found in the text
silence-groups = Asked, and not heard
# $draft is a link
silence-changes =
    { $draft }: { $count ->
        [one] 1 change of substance without a reason
       *[other] { $count } changes of substance without a reason
    }

## Chapters in comparisons

chapter-added = New chapter
chapter-removed = Chapter removed
chapter-same = No change
chapter-same-words = No other change
chapter-moved = now chapter { $now }, was { $was }; { $counts }
chapter-moved-same = now chapter { $now }, was { $was }; no other change
lacks-chapter = has no such chapter
lacks-chapter-nearest = has no such chapter; the nearest is “{ $title }”
lacks-chapters = is one text without chapters

## Titles of pages, and descriptions for search engines

title-draft = { $document } – { $draft }
title-chapter = { $chapter } – { $document }, { $draft }
title-comparison = { $title }: from { $old } to { $new }
about-comparison = What changed from { $old } to { $new } of { $document }
crumb-comparison = { $old } to { $new }
title-options = { $document } – options of round { $number }
title-round = { $document } – round { $number }
about-options = { $document }: options of round { $number }
about-round = { $document }: round { $number }
title-newest = { $document } – newest draft
newest-draft = { $document }: { $draft }
newest-options = { $document }: the options of round { $number }
options-beside = Options { $options } of round { $number } side by side
about-section = All { $section }
changes = Changes
about-changes = The dates to come, and every draft, letter and update by date
not-found = Page not found
banner-preview = Preview, with drafts that are not published
banner-audience = For { $audience } only: do not pass on
banner-audience-preview = Preview for { $audience }, with drafts that are not published

## What happened when

event-title = { $document }: { $what }
changed-since = What changed since { $draft }

## The timetable, the calendar and feeds

date-draft = Draft
date-comments = Comments
date-event = Event
date-response = Response
date-vote = Vote
date-milestone = Milestone
date-published = { $draft } published
date-opens = Round { $number } opens for comments
date-closes = Last day for comments on round { $number }
date-due = Response to round { $number } due
date-responded = Response to round { $number } published
date-see = See “{ $title }”.
date-vote-expected = The vote
date-vote-opens = The vote opens
date-vote-closes = Last day to vote
date-result = Result of the vote: { $for } for, { $against } against
date-decided = { $draft }: { $status }.
turnout = Turnout: { $share }%.
expected = Expected
expected-about = There is no day for these yet.
calendar = Calendar of dates
calendar-own = These dates in your own calendar
# $address is a link
calendar-how = Subscribe to this address in your calendar program, and dates that are added or moved follow by themselves: { $address }
feed-how = Or be told of every new draft: { $feed }.
follow = Follow this paper: { $feed }.
follow-feed = feed of its drafts and outcomes
feed-open = Open for comments from { $opens } to the end of { $closes }
feed-open-from = Open for comments from { $opens }
feed-open-until = Open for comments to the end of { $closes }
feed-read = Read it

## States of a round. What stands behind a state is a sentence of its own.

state-opens = Opens on { $day }
state-open-until = Open until { $day }
state-open-since = Open since { $day }
state-closed = Closed on { $day }
state-analysed = Replies are being read.
state-due = Replies are being read. A response is due by { $day }.
# Beside “Closed on …”
state-late-beside = { $state }, response{ "\u00A0" }late
state-late = A response was promised by { $day }. It is late.
state-answered = The response was published on { $day }.
state-answered-late = The response was published on { $day }. It had been promised by { $due }.
state-next-round = Round { $number } opens on { $day }.
read-response = Read the response

## States of a vote

vote-expected = Vote expected: { $when }
vote-opens = The vote opens on { $day }
vote-open-since = Vote open since { $day }
vote-open-until = Vote open until { $day }
vote-closed = The vote closed on { $day }
vote-counted = The result is not published yet.
vote-result = Voted: { $for } for, { $against } against
vote-eligible = { $count } could vote.

## Drafts that are no longer the newest

# Joins links to the options of the newest round
list-or = { " or " }
superseded-here = You are reading { $draft }, not the newest. This place in { $newer }. The paper: { $document }

## The page of the lost

lost-title = There is no page at this address
lost-why = The address may have been typed or copied with a slip. Published drafts never move, so an older link that worked once works still.
lost-home = To the front page

## Around every page

title = { $page } – { $site }
skip = Skip to the main text
menu = Menu
menu-label = Site
crumbs-label = You are here
feed = Feed of new drafts
made-with = Made with { $program }
community = Keep in touch
community-forum = Forum
community-newsletter = Newsletter
community-poll = Poll
community-network = Network

still-to-come = Still to come
so-far = So far
nothing-yet = Nothing has been published yet.

## The front page

front-open = Open for comments and coming
front-others = Other papers
front-papers = The papers
front-next = What comes next
front-lately = Lately
all-dates = All dates
all-changes = All changes and dates
nothing-here = Nothing has been published here yet.

## A document and its drafts

newest-one = The newest draft
newest-several = The newest drafts
newest-at = It is at { $link }.

read-side-by-side = Read the options side by side
side-by-side = Options side by side
all-drafts = All drafts
not-published = not published yet
not-published-yet = Not published yet
published = Published { $day }
compare-any = Compare any two drafts
# A draft, option or chapter with its title
named = { $label }: { $title }
since = Since { $draft }

# A link and what changed: Since Draft 1: 3 passages changed
with-counts = { $link }: { $counts }
minutes = { $count ->
    [one] { $count } minute to read
   *[other] { $count } minutes to read
}
newest = Newest
you-are-here = you are here
switcher = { $count ->
    [2] Both drafts
   *[other] All { $count } drafts
}
switcher-newest = newest: { $drafts }
list-and-plain = { " and " }
switcher-label = Drafts of this document
compare = Compare
compare-with = Compare { $draft } with { $here }
two = { $first } and { $second }

## How to respond, and what to know before

respond = How to respond
respond-until = How to respond by { $day }
respond-from = How to respond from { $day }
respond-closed-draft = Comments on { $draft } are closed
respond-closed = Comments are closed
respond-write = Write to { $contact }.
respond-questions = Questions still reach { $contact }.
# Between the name of a way and the address
way = { $by }: { $to }
already-decided = Already decided, and not open to influence
response-to-round = Response to round { $number }
round-short = Why this round is short: { $because }
round-extended = Why it was extended: { $because }
formats = Other formats
privacy = What happens to your reply
the-vote = The vote
vote-text = The text
vote-question = The question
vote-how = How
vote-page = All about the vote
title-vote = { $document } – the vote
about-vote = Which text of { $document } is voted on, who may vote and how, and what comes of it.
vote-asked = Should { $draft } of “{ $document }” be adopted?
vote-on-this = The vote is on this draft
# $draft is a name: Draft 3
vote-on = The vote is on { $draft }
vote-exactly = Exactly this text
vote-read = Read { $draft }
vote-exactly-text = The vote is on this text and no other. If a word of it is corrected, that is said here.
vote-exactly-now = The vote is on this text.
vote-exactly-was = The vote was on this text.
vote-digest = Digest of the text that the vote is about:
vote-changed-later = The vote was on this text as it stood until { $day }. It was changed after the vote was over; the digest is that of the text that was voted on.
vote-rules = How the vote was held
vote-functions = Who does what, today and if it is carried
vote-since = What changed since you were last asked
vote-same = Nothing: you were asked about { $draft } itself.
vote-corrected = Nothing but what was corrected, above: you were asked about { $draft } itself.
vote-before = What had changed before that:
vote-changed = Since { $draft }, which was the last to be out for comment:
vote-unchanged = Nothing of substance since { $draft }, which was the last to be out for comment.
vote-came = What came of it
vote-count = { $for } votes for it, { $against } against: { $share } per cent of the votes were for it.
vote-questions = Questions
vote-none = Nobody voted.
vote-take-part = How to take part
vote-who = Who may vote
vote-threshold = What it needs to pass
dates-to-know = Dates to know

## What changed, in boxes and lists

changed = What changed
changed-here-since = What changed in this chapter since { $draft }
in-all-chapters = In all chapters
all-chapters-counts = In all chapters: { $counts }
count-changes = { $count ->
    [one] { $count } change
   *[other] { $count } changes
}
before-headings = Before the first heading
by-chapter = By chapter
chapter-by-chapter = Chapter by chapter
chapter-was = was “{ $title }”
sections-changed = { $count } of { $all } sections changed.
sections-differ = { $count } of { $all } sections differ.
# $more and $fewer are $added and $removed with their digits in groups
words-changed = { $counts }; { $added ->
    [one] { $more } word
   *[other] { $more } words
} added, { $fewer } removed.
words-differ = { $counts }; { $added ->
    [one] { $more } word
   *[other] { $more } words
} only in { $right }, { $fewer } only in { $left }.

## Who does what

functions = Who does what
function = Function
function-today = Today
function-nobody = Nobody
function-open = Still open
function-unnamed = Not named
function-new = Not named in { $draft }
function-was = In { $draft }: { $holder }
function-of-today = Today: { $holder }
function-held = Today: { $today }. Then: { $holder }.
functions-count = { $count ->
    [one] { $count } function
   *[other] { $count } functions
}
functions-changed = { $count ->
    [one] { $count } changed since { $draft }
   *[other] { $count } changed since { $draft }
}
changes-functions = { $count ->
    [one] Who does what: { $count } change
   *[other] Who does what: { $count } changes
}
differences-functions = { $count ->
    [one] Who does what: { $count } difference
   *[other] Who does what: { $count } differences
}

## A draft, a letter

contents = Contents
in-this-chapter = In this chapter
chapters = Chapters
chapters-of-draft = Chapters of this draft
all-on-one-page = All chapters on one page
minutes-all = { $count ->
    [one] All chapters: { $count } minute to read
   *[other] All chapters: { $count } minutes to read
}
turn = Previous and next chapter
previous-chapter = Previous chapter
next-chapter = Next chapter
superseded = You are reading { $draft }, which is no longer the newest.
read-newer = Read { $newer }.
superseded-changes = See what changed
# Before the state of the newest round, on the page of an earlier draft
paper-now = The paper now:
superseded-strip = { $draft } is not the newest: { $newer }
letter-from = From
letter-to = To
letter-date = Date
letter-reference = Reference
by-whom = By
letter-answers = Answers
letter-original = Original
letter-original-file = As it was sent ({ $sort }, { $size })
letter-answered = Answered by
origin-first = { $count ->
    [one] { $count } paragraph { $from }
   *[other] { $count } paragraphs { $from }
}
origin-more = { $count } { $from }
show-origins = Show at each paragraph where it comes from
check-unchanged = Check that this text is unchanged
digest = Digest of the source of this page:
# On printed sheets
sha-256 = Digest (SHA-256): { $digest }
digest-about = Every text has a digest (SHA-256): 64 letters and figures that come out differently if one letter of it changes. You need not check it to take part.

## The record: what was published when, with which seal, and what was changed openly since.

# $file is a link
seal-of = Digest of { $file }, which is this text as it was published:
seal-how = To check it, download that file. In the folder where you saved it, on Linux run “sha256sum { $file }”; on a Mac run “shasum -a 256 { $file }”; on Windows run “Get-FileHash { $file }” in PowerShell. What comes out must be the digest above; capital or small letters are the same.
seal-of-corrected = Digest of { $file }, which is this text as it stands since it was last changed:
record-all = Everything that was published here, and when
record = The record
title-record = { $document } – the record
about-record = When each draft of { $document } was published, with which digest, and what was changed since
record-summary = What was published, and when. If a recorded draft is changed, it shows here, or its digest no longer fits.
act-published = Published
act-corrected = Corrected
act-removed = Taken down
act-words-removed = Words taken down
record-digest = Digest
record-until = Until { $day }: see below.
record-gone = { $place }, now taken out
record-title = Title
record-chapter = Title of a chapter
record-chapters = The chapters, or their order
record-name = The name of the paper in files
record-page = A page break
record-other = Something other than the paragraphs: a title, who does what, a figure or a link
record-heading = A heading
record-note = A note
record-file-changed = { $file }, replaced by another file
record-file-new = { $file }, added
record-function = Who does what: { $what }
record-file = record.txt
record-order = The order of the paragraphs
record-between = A link or the like
record-check = How to check a text
record-check-text = Download the text of a draft from the list above. On Linux run “sha256sum” with the name of the file; on a Mac run “shasum -a 256” with it; on Windows run “Get-FileHash” with it in PowerShell. What comes out must be the digest on the draft’s page, on a printed copy, in a feed reader or in an e-mail that you kept; capital or small letters are the same.
record-proof = What this proves
record-proves = If the digest is the one that you saw earlier, not a letter of the title, the text, the figures or the attachments has changed since.
record-proves-not = It does not prove who published it, nor when, and it proves nothing to somebody who never saw the digest before: whoever can change the whole site can change this record too. So keep a copy of the digest, or ask somebody who has one.
# $link is a link
record-text = For programs, with a digest for each paragraph: { $link }
corrected-on = Corrected on { $day }.
removed-on = Words were taken down on { $day }.
removed-here = Words were taken down here on { $day }: { $note }
corrected-here = Corrected on { $day }: { $note }
changed-at = Where: { $place }
earlier-words = The earlier words
taken-down = { $draft } was taken down
# $day is a day
taken-down-on = It stood here until { $day }.
taken-down-digest = The text that was published had the digest
date-record = Record
date-corrected = Correction to { $draft }
date-corrected-lone = Correction to “{ $title }”
date-removed = Words taken down from { $draft }
date-taken-down = { $draft } taken down
date-removed-lone = Words taken down from “{ $title }”

## Comparisons. What begins with “differences” is said of options, of which neither is older.

comparison-title = What changed from { $old } to { $new }
options-title = Where { $left } and { $right } differ
notes-between = What each draft on the way changed
read-draft = Read { $draft }
not-in-draft = Not in { $draft }
changes-substance-label = Changes of substance
differences-substance-label = Differences of substance
changes-substance = { $count ->
    [one] { $count } change of substance
   *[other] { $count } changes of substance
}
differences-substance = { $count ->
    [one] { $count } difference of substance
   *[other] { $count } differences of substance
}
changes-substance-above = { $count ->
    [one] { $count } change of substance in the words above the chapters
   *[other] { $count } changes of substance in the words above the chapters
}
differences-substance-above = { $count ->
    [one] { $count } difference of substance in the words above the chapters
   *[other] { $count } differences of substance in the words above the chapters
}
first-those = First those that bind, cost or count.
all-in-order = All { $count }, in the order of the text
changes-editorial = { $count ->
    [one] { $count } editorial change
   *[other] { $count } editorial changes
}
differences-editorial = { $count ->
    [one] { $count } editorial difference
   *[other] { $count } editorial differences
}
changes-editorial-alone = { $count ->
    [one] { $count } change, editorial alone
   *[other] { $count } changes, editorial alone
}
differences-editorial-alone = { $count ->
    [one] { $count } difference, editorial alone
   *[other] { $count } differences, editorial alone
}
changes-editorial-alone-above = { $count ->
    [one] { $count } change in the words above the chapters, editorial alone
   *[other] { $count } changes in the words above the chapters, editorial alone
}
differences-editorial-alone-above = { $count ->
    [one] { $count } difference in the words above the chapters, editorial alone
   *[other] { $count } differences in the words above the chapters, editorial alone
}
editorial-hint = Told by the program: in the few words that changed it found none that binds, counts, dates or names.
changes-none-here = Nothing changed here.
differences-none-here = The options do not differ here.
changes-by-heading = Changes by heading
differences-by-heading = Differences by heading
other-comparisons = Other comparisons
view = Show
view-both = both in one text
view-sides = side by side
changes-only = changes only
differences-only = differences only
view-clean = { $draft } clean
key = Key to the marks
key-words-added = words added
key-words-removed = words removed
key-words-only = words only in { $option }
key-block-added = block added
key-block-removed = block removed
key-block-only = block only in { $option }
changes-inside = changed inside
differences-inside = differs inside
changes-moved = moved
differences-moved = stands elsewhere
key-looks = only looks or links differ
# For the script: the buttons of the bar at the foot
steps = Changes
steps-previous = Previous
steps-next = Next
steps-previous-label = Previous change (Alt and arrow up, or p in the text)
steps-next-label = Next change (Alt and arrow down, or n in the text)
# Braces of its own, filled in by the script
steps-place = {"{"}now{"}"} of {"{"}all{"}"}

## Options side by side

round-options = { $round }: { $count } options side by side
the-options = The options
its-draft = Its draft
differences-marked = See the differences marked in the text
differ-label = Where they differ, in words
differ-in = { $count ->
    [one] They differ in { $count } place
   *[other] They differ in { $count } places
}
# $place is a link: under “Costs”
stands-elsewhere = In this option it stands { $place }
nothing-in-option = Nothing here
same-in-both = { $count ->
    [one] Same in both: { $count } paragraph
   *[other] Same in both: { $count } paragraphs
}

## The drafts as a picture, and ways between them

picture = The drafts and what changed from one to the next
picture-line = From { $old } to { $new }: { $counts }
# Shown to who saw an earlier draft last
since-read = You last read { $draft }: see what changed up to { $newest }
compare-old = From
compare-new = to
compare-go = Compare
compare-same = Choose two different drafts.
compare-unknown = These two are not compared. Each draft is compared with the first, the newest and those next to it.
the-drafts = The drafts

## Links to paragraphs. For the script: braces of its own

copy-link = Copy link to paragraph {"{"}number{"}"}
link-copied = Link to paragraph {"{"}number{"}"} copied
share = Share

## Words that the glossary explains

glossary = Glossary
about-glossary = The terms and abbreviations of these papers, and where they are used
words-here = Words on this page
term-short = { $term } ({ $short })
# $link is a link to a page or to another site
read-more = Read more: { $link }
# $term is read out and not shown
where-used = Where it is used { $term }
# $places are links: 1.2, 3.4
word-places = On this page: { $places }
text-again = Back to the text
# A place that is a footnote
place-note = note
# $term is read out and not shown
used-in = { $count ->
    [one] Used in { $count } paper { $term }
   *[other] Used in { $count } papers { $term }
}
# $text is a link to a draft, $places are links
used-at = { $text } at { $places }
used-at-more = { $text } at { $places } and { $count } more
used-nowhere = Not used in the newest papers

## The search

search = Search
about-search = Find a word in all drafts, letters and updates
search-no-script = The search needs JavaScript. Without it, look through the lists:
search-words = Words to look for
search-kind = Kind
search-kind-all = All kinds
search-state = Round
search-state-any = In any state
search-state-open = Open for comments
search-state-coming = Not open yet
search-state-closed = Closed
search-drafts = Drafts
search-drafts-all = All, the newest first
search-drafts-newest = The newest only
search-drafts-earlier = Earlier ones only
search-more = Show more
search-lists = Or look through
search-earlier = Earlier draft
# A place in a text that stands under no heading
search-in-text = In the text
# For the script, with braces of its own. $form is the form of the plural: zero, one, two, few, many, other
search-found = { $form ->
    [one] {"{"}count{"}"} page holds “{"{"}words{"}"}”
   *[other] {"{"}count{"}"} pages hold “{"{"}words{"}"}”
}
search-nothing = No page holds “{"{"}words{"}"}”
search-asking = Searching …
search-broken = The search could not be loaded. It works on the published site, where the index is; try again there or later.
search-from-a-folder = The search does not work from a folder on a disk. It works on the published site.

## Whom papers concern. In braces of its own, for the script: {mine} of {all} concern the picked groups, {others} do not

groups-title = Show what concerns you
groups-pick = Tick what you are:
groups-pick-whole = This concerns (tick what you are):
groups-not-whole = This paper as a whole is not marked for you.
groups-untick = What is marked for others is hidden; untick to see it all.
groups-unnamed = This paper does not name your group.
whole-for = All of this paper concerns you ({ $group }).
concerns = Whom it concerns
# $groups: one or several, parted by commas
for-groups = For: { $groups }.
unfold = Not marked for you: show
means = What it means for you
means-for = What it means for you ({ $group }):
parts-for = For you ({ $group }):
means-parts = In the text:
picked-changes = Changes that concern you: {"{"}mine{"}"} of {"{"}all{"}"}.
picked-chapters = Chapters that concern you: {"{"}mine{"}"} of {"{"}all{"}"}.
picked-sections = Hidden parts: {"{"}others{"}"} of {"{"}all{"}"}.
picked-papers = Other papers: {"{"}others{"}"} of {"{"}all{"}"}.
picked-events = Other entries: {"{"}others{"}"} of {"{"}all{"}"}.
coverage = What there is for each group
coverage-group = Group
coverage-parts = Chapters and sections for it
coverage-nothing = Nothing yet
