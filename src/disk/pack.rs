//! A zip of files, the same bytes for the same files.

use super::{DiskError, Doing as _, replace};
use std::io::{Cursor, Write as _};
use std::path::Path;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Writes a zip with these files, each under the name that it has there. What was at the path is replaced, once all of it
/// is written. Files bear the first day of 1980, the earliest that a zip knows, so that no zip depends on the clock.
pub fn pack(path: &Path, files: &[(String, Vec<u8>)]) -> Result<(), DiskError> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let written = files.iter().try_for_each(|(name, bytes)| {
        zip.start_file(name.as_str(), options)?;
        zip.write_all(bytes)
    });
    let bytes = written.and_then(|()| Ok(zip.finish()?.into_inner())).doing("write", path)?;
    replace(path, &bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;

    #[test]
    fn a_zip_holds_its_files_and_nothing_of_the_day() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("a.zip");
        let files = [("site/a b.html".to_owned(), b"1".repeat(9999)), ("ü.txt".to_owned(), b"2".to_vec())];
        pack(&path, &files).unwrap();
        let first = std::fs::read(&path).unwrap();
        assert!(first.len() < 1000);
        pack(&path, &files).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), first);
        let mut read = zip::ZipArchive::new(Cursor::new(first)).unwrap();
        for (name, bytes) in &files {
            let mut held = Vec::new();
            read.by_name(name).unwrap().read_to_end(&mut held).unwrap();
            assert_eq!(held, *bytes);
        }
        assert!(pack(&folder.path().join("no/a.zip"), &files).is_err());
    }
}
