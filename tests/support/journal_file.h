// A journal of systemd, as journald writes them, for tests where no journald runs.
#pragma once
#include <string>

namespace rw::test {

/// It has 61 entries of 2024-03-01, 12:00:00 UTC and every quarter of a second after it, of the units
/// web.service, db.service and ssh.service in turn, “request 0” and so on; the last is one of systemd about
/// web.service.
inline constexpr int kJournalEntries = 61;

/// Writes it to a file of this path.
void writeJournalFile(const std::string& path);

}  // namespace rw::test
