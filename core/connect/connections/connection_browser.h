// What is in the system that a connection leads to, for people who choose: its topics or tables, and what is
// in one of them.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/time.h"
#include "core/connect/connections/connections.h"
#include "core/data/schema.h"

namespace rw {

class WriterSchemas;

/// A topic, a table or a folder.
struct ConnectionSubject {
    std::string name{};       ///< as the parameter of a node has it (ParamSpec::subject)
    std::int64_t parts = -1;  ///< its partitions, or the files in it; -1: not known, or it has none
    std::int64_t rows = -1;   ///< or messages, as the system estimates them; -1: not known
    std::int64_t bytes = -1;  ///< -1: not known
    bool isFolder = false;    ///< its parts are files
    bool operator==(const ConnectionSubject&) const = default;
};
using ConnectionSubjects = std::vector<ConnectionSubject>;

struct SubjectMessage {
    std::optional<std::string> value{};  ///< nothing: null
    std::optional<Instant> timestamp{};
    std::int32_t partition = 0;
    std::int64_t offset = 0;
};

/// A look at a subject.
struct SubjectContent {
    bool isTable = false;  ///< else it has messages
    // Of messages, or the first rows of a file:
    bool isFile = false;
    std::vector<SubjectMessage> messages{};  ///< the newest ones, from the oldest to the newest
    /// The schemas of messages that begin with the number of one; null: no registry was asked.
    std::shared_ptr<const WriterSchemas> schemas{};
    // Of a table:
    Schema columns{};
    std::vector<std::string> key{};      ///< columns that name a row; none: it has no such key
    std::vector<std::string> foreign{};  ///< columns of types that no column here can have
    std::vector<std::vector<std::optional<std::string>>> rows{};  ///< some, as text; nothing: NULL
};

/// So much is looked at, no matter how large a subject is.
inline constexpr std::size_t kNewestMessages = 1'000, kNewestBytes = std::size_t{32} << 20, kShownRows = 50;

/// A connection while somebody looks at it. Single-threaded.
class BrowsedConnection {
 public:
    /// `cancelled`: null: nobody cancels it; else it must outlive this.
    BrowsedConnection(NodeConnection connection, Millis within, const std::atomic<bool>* cancelled);

    const NodeConnection& node() const { return m_connection; }
    /// Set: it is over, and no answer is of use.
    const std::atomic<bool>& cancelled() const { return *m_cancelled; }
    /// How long it may still take, at least 1; counted from the first call, which comes when the secrets are
    /// there: for those the user may be waited for.
    Millis left();

 private:
    const NodeConnection m_connection;
    const std::shared_ptr<Clock> m_clock = systemClock();
    const Millis m_within;
    std::int64_t m_until = -1;
    const std::atomic<bool>* const m_cancelled;
};

/// What can be seen of connections of one kind. It honours left() and cancelled(), changes nothing there, and
/// is called on a thread that may wait. Its errors have a mend.
class ConnectionBrowser {
 public:
    ConnectionBrowser() = default;
    ConnectionBrowser(const ConnectionBrowser&) = delete;
    ConnectionBrowser& operator=(const ConnectionBrowser&) = delete;
    virtual ~ConnectionBrowser() = default;

    /// Those that the user of the connection may see, in the order of their names, without the system's own.
    /// `early` may be called once with their names, where their sizes take longer; sizes for which there was
    /// no time stay unknown.
    virtual Result<ConnectionSubjects> subjects(
        BrowsedConnection& browsed, const std::function<void(const ConnectionSubjects&)>& early) const = 0;
    /// The newest kNewestMessages, or columns and some rows. `subject`: as a parameter has it; a pattern,
    /// where there are any, stands for all that match. ErrorCode::NotFound: there is none.
    virtual Result<SubjectContent> content(BrowsedConnection& browsed, const std::string& subject) const = 0;
};

/// By ConnectionKind::name. Kinds without one can't be looked at.
using ConnectionBrowsers = std::map<std::string, std::shared_ptr<const ConnectionBrowser>>;

inline constexpr Millis kBrowseWithin = 15'000;

/// Checks the fields of the connection and the files that they name, and has the browser of its kind look.
/// Waits: never on a thread that draws. After cancelling, an error of ErrorCode::Cancelled.
Result<ConnectionSubjects> browseConnection(const NodeConnection& connection,
                                            const ConnectionBrowsers& browsers,
                                            const std::atomic<bool>* cancelled = nullptr,
                                            const std::function<void(const ConnectionSubjects&)>& early = {},
                                            Millis within = kBrowseWithin);
Result<SubjectContent> browseSubject(const NodeConnection& connection, const std::string& subject,
                                     const ConnectionBrowsers& browsers,
                                     const std::atomic<bool>* cancelled = nullptr,
                                     Millis within = kBrowseWithin);

}  // namespace rw
