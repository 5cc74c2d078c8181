// Sinks that keep what a test looks at: the rows of a port, or the table that they come to.
#pragma once
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/data/value.h"
#include "core/pipeline/node_kind.h"
#include "core/stream/live_view.h"

namespace rw {

struct PortRow {
    RowKind kind = RowKind::Insert;
    std::vector<Value> values{};
};
using PortRowList = std::vector<PortRow>;

/// More rows than this at once are an error: no person reads them, and a test that floods must end.
inline constexpr std::size_t kMostPortRows = 200'000;
/// Of all steps of a test that got other rows than they expect: each keeps those that came.
inline constexpr std::size_t kMostOtherRows = 2 * kMostPortRows;

/// The view of such a sink, by which the test gets at it. Single-threaded, as the run is.
class PortKeeper : public LiveView {
 public:
    explicit PortKeeper(StreamType type) : m_type(std::move(type)) {}
    const StreamType& type() const { return m_type; }
    virtual void add(PortRow row) = 0;
    virtual std::size_t kept() const = 0;
    std::uint64_t version() const override { return kept(); }
    std::uint64_t rows() const override { return kept(); }

 private:
    const StreamType m_type;
};

/// Keeps the rows until they are looked at.
class PortRows final : public PortKeeper {
 public:
    using PortKeeper::PortKeeper;
    void add(PortRow row) override { m_rows.push_back(std::move(row)); }
    std::size_t kept() const override { return m_rows.size(); }
    /// Those since the last call.
    PortRowList take() { return std::exchange(m_rows, {}); }

 private:
    PortRowList m_rows{};
};

/// Keeps the table: rows are added, replaced by key, and taken away as they change.
class PortTable final : public PortKeeper {
 public:
    explicit PortTable(StreamType type);
    /// Before the first row: the rows of a stream that only grows replace each other by these columns.
    void setKey(std::vector<int> key);
    void add(PortRow row) override;
    std::size_t kept() const override { return m_byKey.size() + m_bagSize; }
    /// For each row of the table, without a copy of it.
    template <class Do>
    void each(Do&& call) const {
        for (const auto& [key, row] : m_byKey) call(row);
        for (const auto& [key, counted] : m_bag) {
            for (std::size_t i = 0; i < counted.second; ++i) call(counted.first);
        }
    }

 private:
    std::string keyOf(const PortRow& row) const;

    std::optional<std::vector<int>> m_key{};  ///< nothing: rows have none, and may be there several times
    std::map<std::string, PortRow> m_byKey{};
    std::map<std::string, std::pair<PortRow, std::size_t>> m_bag{};  ///< and how often it is there
    std::size_t m_bagSize = 0;
};

/// The node types of sinks that keep rows or the table; no file can have them, for their names are no words
/// of a file.
inline constexpr const char* kRowsProbe = "test probe of rows";
inline constexpr const char* kTableProbe = "test probe of a table";
NodeKind rowsProbeKind();
NodeKind tableProbeKind();

}  // namespace rw
