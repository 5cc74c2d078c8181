// A file system behind WebHDFS in memory: a NameNode, and the DataNode that it leads to.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/connect/connections/connections.h"
#include "tests/support/worlds/fake_server.h"

namespace rw::test {

/// What was asked.
struct HdfsCall {
    std::string method{}, op{}, path{};
    std::map<std::string, std::string> params{};
    bool atData = false;  ///< of the DataNode
    std::string body{}, head{};
    std::string param(const std::string& name) const;
};

/// Folders are there as long as files are in them. Any thread.
class HdfsWorld {
 public:
    HdfsWorld();

    /// Of the NameNode.
    std::string address() const { return m_names.address(); }
    std::string dataAddress() const { return m_data.address(); }
    /// A connection to it, of that name, with these fields besides its address and the user “rill”. `token`:
    /// the variable of the environment that has it; empty: none.
    std::shared_ptr<const Connections> connections(const std::string& name,
                                                   std::map<std::string, std::string> fields = {},
                                                   const std::string& token = {}) const;

    void put(const std::string& path, const std::string& bytes);
    void remove(const std::string& path);
    std::optional<std::string> file(const std::string& path) const;
    /// Their paths, hidden ones, too.
    std::vector<std::string> files() const;
    /// The lines of the files whose names are not hidden, in the order of their names, but those of
    /// `without`.
    std::vector<std::string> rows(const std::vector<std::string>& without = {}) const;
    /// “CREATE /a/b”, “data CREATE /a/b”, in the order in which they came.
    std::vector<std::string> calls() const;

    /// Asked first, for each call; its answer goes out instead of the right one. One at a time.
    using Fault = std::function<std::optional<FakeAnswer>(const HdfsCall& call)>;
    void setFault(Fault fault);
    /// Where the NameNode leads to, in place of its own DataNode.
    void leadTo(const std::string& address);
    /// The next call of this operation is carried out, and its answer is lost.
    void loseAnswerOf(const std::string& op);
    /// The DataNode keeps half of the bytes of the next file, and says that all is well.
    void halveNext();

    /// The answer of a server that throws this, with the status that it has then.
    static FakeAnswer thrown(const std::string& exception, const std::string& message, int status = 403);
    /// The connection breaks off.
    static FakeAnswer brokenOff() { return {}; }

 private:
    struct File {
        std::string bytes{};
        std::int64_t changed = 0;
    };
    FakeAnswer reply(const FakeRequest& request, bool atData);
    FakeAnswer nameReply(const HdfsCall& call, const std::string& target);
    FakeAnswer dataReply(const HdfsCall& call);
    FakeAnswer status(const std::string& path) const;
    FakeAnswer listing(const std::string& path) const;
    bool isFolder(const std::string& path) const;

    mutable std::mutex m_mutex{};  ///< guards the members below but the servers
    std::map<std::string, File> m_files{};
    std::vector<std::string> m_calls{};
    Fault m_fault{};
    std::string m_leadsTo{}, m_loses{};
    bool m_halves = false;
    std::int64_t m_now = 1'700'000'000'000;
    FakeServer m_data, m_names;  ///< the last: their threads use the others
};

}  // namespace rw::test
