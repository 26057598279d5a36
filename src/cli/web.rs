//! Asking the hosts of other sites whether what a site links to is there.

use super::terminal::Progress;
use crate::check::external::Answer;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Mutex;
use std::time::Duration;
use ureq::Agent;
use ureq::tls::{RootCerts, TlsConfig};

/// How long one address may take, redirects included.
const PATIENCE: Duration = Duration::from_secs(20);
/// How many hosts are asked at the same time; each for one address after the other.
const HOSTS: usize = 8;

/// Asks for every address.
pub(super) fn ask<'u>(addresses: impl Iterator<Item = &'u String>) -> BTreeMap<String, Answer> {
    let mut hosts: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    addresses.for_each(|address| hosts.entry(host(address)).or_default().push(address));
    let progress = Progress::new(hosts.values().map(Vec::len).sum(), "addresses");
    let waiting = Mutex::new(hosts.into_values().collect::<VecDeque<_>>());
    let answers = Mutex::new(BTreeMap::new());
    let agent = agent();
    let next = || waiting.lock().unwrap_or_else(std::sync::PoisonError::into_inner).pop_front();
    let work = || {
        while let Some(addresses) = next() {
            for address in addresses {
                let answer = answer(&agent, address);
                progress.step();
                let mut answers = answers.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                answers.insert(address.to_owned(), answer);
            }
        }
    };
    std::thread::scope(|scope| (0..HOSTS).for_each(|_| drop(scope.spawn(work))));
    answers.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// An agent that trusts what the machine trusts, and follows redirects.
fn agent() -> Agent {
    let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
    let config = Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .http_status_as_error(false)
        .tls_config(tls)
        .user_agent(concat!("greenpaper/", env!("CARGO_PKG_VERSION")));
    config.build().into()
}

/// Hosts that do not like HEAD are asked with GET, whose content is not read.
fn answer(agent: &Agent, address: &str) -> Answer {
    let status = |asked: Result<ureq::http::Response<ureq::Body>, ureq::Error>| match asked {
        Ok(response) if response.status().is_success() => Answer::Found,
        Ok(response) => Answer::Status(response.status().as_u16()),
        Err(error) => Answer::Silence(error.to_string()),
    };
    match status(agent.head(address).call()) {
        Answer::Found => Answer::Found,
        _ => status(agent.get(address).call()),
    }
}

fn host(address: &str) -> &str {
    address.split('/').nth(2).unwrap_or_default()
}
