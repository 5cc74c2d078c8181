// A journal of systemd, as journald writes them, for tests where no journald runs.
#pragma once
#include <string>

namespace rw::test {

/// It has 61 entries of 2024-03-01, 12:00:00 UTC and every quarter of a second after it, of the units
/// web.service, db.service and name.service in turn, “request 0” and so on; the last is one of systemd about
/// web.service. Those of name.service are of all priorities. systemd-journal-remote 252 made it.
inline constexpr int kJournalEntries = 61;

/// Writes it to a file of this path.
void writeJournalFile(const std::string& path);

}  // namespace rw::test
