//! What the website says about itself.

use anyhow::{Result, bail};
use editorial::{Finding, Severity, Shelf};

use super::address::Address;
use super::security_txt::Security;
use crate::project::Project;
use crate::rules::SECURITY_EXPIRED;

/// Where the website stands, what it is called, and who answers for holes in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Imprint {
    /// Where it stands.
    pub(crate) address: Address,
    /// Its title.
    pub(crate) title: String,
    /// A sentence about it; it may be empty.
    pub(crate) summary: String,
    /// Who writes it.
    pub(crate) authors: Vec<String>,
    /// Its language, as BCP 47 names it.
    pub(crate) language: String,
    /// To whom to tell a hole in it, where somebody can be told.
    pub(crate) security: Option<Security>,
    /// Whether each page has a picture that other websites show beside a link to it. They are drawn with the
    /// files to send, and take as long.
    pub(crate) has_cards: bool,
}

impl Imprint {
    /// The imprint of a book, with another address in the place of its own where one is given.
    ///
    /// # Errors
    ///
    /// One half of the settings about security without the other.
    pub(crate) fn of(project: &Project, address: Option<&Address>) -> Result<Imprint> {
        let settings = &project.settings;
        let book = &project.config.book;
        let security = match (&settings.security_contact, settings.security_expires) {
            (Some(contact), Some(expires)) => Some(Security {
                contact: contact.clone(),
                expires: expires.day(),
            }),
            (None, None) => None,
            (Some(_), None) => bail!(
                "book.toml has security-contact without security-expires; RFC 9116 wants both, such as security-expires = 2027-05-22"
            ),
            (None, Some(_)) => bail!(
                "book.toml has security-expires without security-contact; RFC 9116 wants both, such as security-contact = \"mailto:security@example.org\""
            ),
        };
        Ok(Imprint {
            address: address.unwrap_or(&settings.address).clone(),
            title: book.title.clone().unwrap_or_default(),
            summary: book.description.clone().unwrap_or_default(),
            authors: book.authors.clone(),
            language: book.language.clone().unwrap_or_else(|| "en".to_owned()),
            security,
            has_cards: true,
        })
    }

    /// What is invented in the imprint, as a note for whoever builds; `None` where nothing is.
    pub(crate) fn note(&self) -> Option<String> {
        let security = self.security.as_ref();
        let contact = security.map(|security| &security.contact);
        let contact = contact.filter(|contact| contact.is_placeholder());
        let mut invented = Vec::new();
        if self.address.is_placeholder() {
            invented.push(format!(
                "the address {} belongs to nobody (set `address`, or --address)",
                self.address
            ));
        }
        if let Some(contact) = contact {
            invented.push(format!(
                "security.txt names {contact}, whom nobody can reach (set `security-contact`)"
            ));
        }
        (!invented.is_empty()).then(|| invented.join("; "))
    }

    /// A finding where security.txt has run out: nobody may rely on it then.
    pub(crate) fn findings(&self, shelf: &Shelf) -> Vec<Finding> {
        let expires = self.security.as_ref().map(|security| security.expires);
        let Some(day) = expires.filter(|day| *day <= shelf.today) else {
            return Vec::new();
        };
        let file = &shelf.redirects.file;
        let key = "security-expires";
        let text = file.text();
        // A comment may name the key too.
        let begins_a_line = |at: &usize| *at == 0 || text[..*at].ends_with('\n');
        let mut places = text.match_indices(key).map(|(at, _)| at);
        let start = places.find(begins_a_line).unwrap_or(0);
        let end = text[start..]
            .find('\n')
            .map_or(text.len(), |end| start + end);
        vec![file.finding(
            SECURITY_EXPIRED,
            Severity::Warning,
            start..end,
            format!("security.txt ran out on {}", day.in_words()),
            "write to the contact, see whether somebody answers, and set a day less than a year ahead",
        )]
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::announce::tests::imprint;
    use editorial::{Day, Shelf};

    #[test]
    fn what_has_run_out_is_shown_where_it_is_set() {
        let book = tempfile::tempdir().unwrap();
        let toml = "[output.html] # not security-expires\n# security-expires: see below\nsecurity-expires = 2027-05-22\n";
        std::fs::create_dir(book.path().join("src")).unwrap();
        std::fs::write(book.path().join("book.toml"), toml).unwrap();
        std::fs::write(book.path().join("src/SUMMARY.md"), "# Summary\n").unwrap();
        let shelf = Shelf::read(book.path(), Day::new(2027, 5, 22)).unwrap();
        let found = imprint("https://a.org/").findings(&shelf);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].line, found[0].column), (3, 1));
    }
}
