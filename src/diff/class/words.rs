//! The words of each language that bind, deny, date and count.

/// The words of a language, in lower case.
pub(super) struct Language {
    /// That bind and permit.
    pub(super) force: &'static [&'static str],
    /// That deny.
    pub(super) negation: &'static [&'static str],
    /// Months and days of the week, where they begin with a capital letter.
    pub(super) days: &'static [&'static str],
    /// Other times.
    pub(super) times: &'static [&'static str],
    /// That say how many.
    pub(super) numbers: &'static [&'static str],
}

/// The words of a language by its primary subtag; English where none is named.
pub(super) fn language(lang: &str) -> Option<&'static Language> {
    match lang {
        "en" | "" => Some(&EN),
        "cy" => Some(&CY),
        _ => None,
    }
}

#[rustfmt::skip]
const EN: Language = Language {
    force: &[
        "must", "should", "shall", "may", "will", "can", "might", "could", "would", "ought", "required", "requires",
        "recommended", "optional", "entitled", "obliged", "mandatory", "voluntary", "permitted", "prohibited", "allowed",
        "forbidden", "binding",
    ],
    negation: &[
        "not", "no", "never", "none", "nor", "neither", "cannot", "without", "nobody", "nothing", "except", "unless",
        "non",
    ],
    days: &[
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    ],
    times: &["spring", "summer", "autumn", "winter", "today", "tomorrow", "day", "days", "week", "weeks", "month",
        "months", "year", "years", "hour", "hours", "minutes"],
    numbers: &[
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty",
        "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "thousand", "million", "billion", "half", "third",
        "quarter", "dozen", "twice", "once", "double", "all", "some", "any", "only", "most", "few", "fewer", "many",
        "both", "another", "first", "second", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    ],
};

#[rustfmt::skip]
const CY: Language = Language {
    force: &["rhaid", "dylai", "dylid", "gall", "gellir", "caiff", "ceir", "bydd", "byddai", "gallai", "gofynnol"],
    negation: &["ni", "nid", "na", "nad", "nac", "dim", "heb", "byth", "neb", "methu", "oni", "onid"],
    days: &[
        "ionawr", "chwefror", "mawrth", "ebrill", "mai", "mehefin", "gorffennaf", "awst", "medi", "hydref", "tachwedd",
        "rhagfyr",
    ],
    times: &["gwanwyn", "haf", "gaeaf", "heddiw", "yfory"],
    numbers: &[
        "un", "dau", "dwy", "tri", "tair", "pedwar", "pedair", "pump", "pum", "chwech", "chwe", "saith", "wyth", "naw",
        "deg", "ugain", "cant", "mil", "miliwn", "hanner", "chwarter", "traean", "pob", "holl", "rhai", "unrhyw", "dim",
    ],
};
