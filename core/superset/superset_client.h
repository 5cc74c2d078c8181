// A client of a Superset, as far as publishing needs it: its REST interface over a connection of kind
// “superset”.
#pragma once
#include <atomic>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/connect/connections/connections.h"
#include "core/net/http_client.h"
#include "core/superset/superset_bundle.h"

namespace rw {

/// The file of a database in the bundle, and its password.
using DatabasePasswords = std::vector<std::pair<std::string, Secret>>;

/// One user's visit, a quarter of an hour long at most. All but the constructor wait for Superset: never on a
/// thread that draws. Single-threaded; `cancelled` (null: never) ends what is under way soon after it is set,
/// with ErrorCode::Cancelled, and must outlive this.
class SupersetClient {
 public:
    SupersetClient(NodeConnection connection, const std::atomic<bool>* cancelled);

    /// Before anything else.
    Status signIn();
    /// The numbers of all objects of a kind, by their UUIDs.
    Result<std::map<std::string, std::int64_t>> known(SupersetObject::Kind kind);
    /// Superset takes the whole bundle or nothing of it. Objects of the same UUIDs are replaced.
    Status import(const std::string& zip, const DatabasePasswords& passwords);
    /// Success: Superset can read what the chart draws.
    Status readChart(std::int64_t chart);
    /// Of the dashboard with that slug.
    std::string dashboardLink(const std::string& slug) const;

 private:
    Result<HttpAnswer> send(HttpRequest request);
    /// The JSON of a good answer.
    Result<Json> ask(const std::string& path);
    Status refused(const HttpAnswer& answer) const;
    /// Posts the bundle to one of the two imports; the body is wiped.
    Result<HttpAnswer> post(const std::string& path, const std::string& field, const std::string& zip,
                            const DatabasePasswords& passwords);
    void keepCookies(const HttpAnswer& answer);
    std::vector<HttpHeader> session() const;

    const NodeConnection m_connection;
    const std::atomic<bool>* const m_cancelled;
    std::optional<HttpClient> m_client{};  ///< once signed in
    std::map<std::string, std::string> m_cookies{};
    std::string m_csrf{};
};

/// What a Superset says in an answer of 400 and above, on one line; empty: nothing that is readable.
std::string supersetWords(std::string_view body);

}  // namespace rw
