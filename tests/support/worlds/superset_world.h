// A Superset on this computer, as far as publishing knows it: it lets a user in, wants its cookie and its
// CSRF token back, remembers what was imported by UUID, and fails in the ways of real ones.
#pragma once
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "core/connect/connections/connections.h"
#include "tests/support/worlds/fake_server.h"

namespace rw::test {

/// The files of a ZIP that are stored as they are, in the order of its directory; empty: it is none.
std::vector<std::pair<std::string, std::string>> filesOfZip(const std::string& zip);
/// The value of a key at the beginning of a line of YAML, without its quotes; empty: there is none.
std::string yamlValue(const std::string& yaml, const std::string& key);

/// What fails. Set before the requests.
struct SupersetFaults {
    bool forgetsCookie = false;     ///< as behind a proxy that takes cookies away: a page to log in
    bool answersPages = false;      ///< HTML with 200 in place of JSON
    int importStatus = 200;         ///< of assets/import
    std::string importBody = "{}";  ///< with another status
    int diagnosisStatus = 422;      ///< of dashboard/import
    std::string diagnosisBody = "{}";
    bool loses = false;        ///< takes a bundle and keeps nothing
    bool hangs = false;        ///< never answers the import
    std::string unreadable{};  ///< charts can't be read, for this reason
};

class SupersetWorld {
 public:
    explicit SupersetWorld(SupersetFaults faults = {});

    std::string address() const { return m_server.address(); }
    /// This user's connections: “bi”, the Superset, with this password, by the address of a line to it where
    /// one is given; and “pg”, a PostgreSQL with a password of its own.
    std::shared_ptr<const Connections> connections(const std::string& password = kPassword,
                                                   const std::string& line = {}) const;
    std::vector<FakeRequest> requests() const { return m_server.requests(); }
    void awaitRequests(std::size_t count) { m_server.awaitRequests(count); }
    /// Those whose line begins so.
    std::vector<FakeRequest> requestsOf(const std::string& line) const;
    /// The bundle that was imported last.
    std::string imported() const;
    /// How many objects of a kind there are: “chart”.
    std::size_t count(const std::string& kind) const;

    static constexpr const char* kPassword = "let me \"in\"";
    static constexpr const char* kDatabasePassword = "marker-of-the-database";

 private:
    FakeAnswer reply(const FakeRequest& request);
    FakeAnswer import(const FakeRequest& request);
    FakeAnswer list(const std::string& kind) const;

    const SupersetFaults m_faults;
    mutable std::mutex m_mutex{};
    std::map<std::string, std::map<std::string, int>> m_there{};  ///< by kind, UUID
    std::string m_imported{};
    int m_last = 0;
    FakeServer m_server;
};

}  // namespace rw::test
