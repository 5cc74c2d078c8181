// A table behind the REST server of HBase, in memory.
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

/// One table. Of each cell the newest version counts, and a removal hides those that are not
/// newer. Any thread.
class HbaseWorld {
 public:
    HbaseWorld(std::string table, std::vector<std::string> families);

    std::string address() const { return m_server.address(); }
    std::shared_ptr<const Connections> connections(const std::string& name) const;
    /// “key|column=value|…”, in the order of the keys.
    std::vector<std::string> rows() const;
    /// The times of a cell's versions that were written, in the order in which they came.
    std::vector<std::int64_t> times(const std::string& key, const std::string& column) const;
    void clear();
    /// The requests so far: “PUT /orders/rows”.
    std::string lines() const { return m_server.lines(); }

    /// Asked first, for each request; its answer goes out instead of the right one.
    using Fault = std::function<std::optional<FakeAnswer>(const FakeRequest& request)>;
    void setFault(Fault fault);

 private:
    struct Cell {
        std::int64_t time = -1;
        std::string value{};
        std::vector<std::int64_t> times{};
    };
    FakeAnswer reply(const FakeRequest& request);
    bool put(const std::string& body);
    void remove(const std::string& key, std::int64_t time);

    const std::string m_table;
    const std::vector<std::string> m_families;
    mutable std::mutex m_mutex{};  ///< guards the members below but the server
    std::map<std::string, std::map<std::string, Cell>> m_rows{};
    std::map<std::string, std::int64_t> m_removed{};  ///< up to which time, by keys
    Fault m_fault{};
    FakeServer m_server;  ///< the last: its threads use the others
};

}  // namespace rw::test
