//! The list of what this program wrote into an output folder.
//!
//! One line a file, its SHA-256 and its path, as `sha256sum` writes and checks them; the first line
//! says which form of the list it is. Only what stands here with the digest that the file still has is
//! ever removed.

use super::{DiskError, Doing as _};
use crate::path::SitePath;
use std::collections::BTreeMap;
use std::path::Path;
use std::{fmt, fs, io};

/// The name of the list in the output folder.
pub(super) const NAME: &str = ".greenpaper-manifest";
const VERSION: &str = "# greenpaper manifest 1";
/// What the line begins with that says for whom the folder is.
const FOR: &str = "# for ";

/// Paths in the output, each with the SHA-256 of its file in hexadecimal digits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    /// For whom the folder was built: `everybody`, or what not everybody may see.
    pub(super) audience: String,
    pub(super) files: BTreeMap<SitePath, String>,
}

impl Manifest {
    /// The list in an output folder; none where there is none.
    pub(super) fn read(out: &Path) -> Result<Option<Manifest>, DiskError> {
        let path = out.join(NAME);
        let text = match fs::read_to_string(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            text => text.doing("read", &path)?,
        };
        let wrong = || DiskError::because("read", &path, "it is not a list that this version of greenpaper wrote");
        Manifest::parse(&text).ok_or_else(wrong).map(Some)
    }

    fn parse(text: &str) -> Option<Manifest> {
        let mut lines = text.lines();
        if lines.next() != Some(VERSION) {
            return None;
        }
        let audience = lines.next()?.strip_prefix(FOR)?.to_owned();
        let files =
            lines.map(|line| line.split_once("  ").map(|(digest, path)| (SitePath::new(path), digest.to_owned())));
        Some(Manifest { audience, files: files.collect::<Option<_>>()? })
    }
}

impl fmt::Display for Manifest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{VERSION}")?;
        writeln!(f, "{FOR}{}", self.audience)?;
        self.files.iter().try_for_each(|(path, digest)| writeln!(f, "{digest}  {path}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_as_it_was_written() {
        let files = [("a b/index.html", "00ff"), ("style.css", "17")]
            .map(|(path, digest)| (SitePath::new(path), digest.into()));
        let manifest = Manifest { audience: "everybody".into(), files: files.into() };
        assert_eq!(
            manifest.to_string(),
            "# greenpaper manifest 1\n# for everybody\n00ff  a b/index.html\n17  style.css\n"
        );
        assert_eq!(Manifest::parse(&manifest.to_string()), Some(manifest));
    }

    #[test]
    fn a_list_of_another_form_is_not_guessed_at() {
        for text in [
            "",
            "# greenpaper manifest 2\n",
            "# greenpaper manifest 1\n00ff  a\n",
            "# greenpaper manifest 1\n# for everybody\nindex.html\n",
        ] {
            assert_eq!(Manifest::parse(text), None, "{text:?}");
        }
    }
}
