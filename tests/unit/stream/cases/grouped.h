// Group_aggregate over rows that are written as text.
#pragma once
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/support/simulated_clock.h"
#include "tests/unit/stream/cases/groups_case.h"
#include "tests/unit/stream/cases/operator_harness.h"

namespace rw::test {

using Lines = std::vector<std::string>;

/// k STRING, v BIGINT, d DOUBLE, ts TIMESTAMP(3).
inline StreamType rowsInOrder() {
    StreamType type;
    type.schema = std::make_shared<const Schema>(Schema{{{"k", Type::of(TypeId::String)},
                                                         {"v", Type::of(TypeId::Bigint)},
                                                         {"d", Type::of(TypeId::Double)},
                                                         {"ts", Type::of(TypeId::Timestamp)}}});
    type.sourceOrder = true;
    return type;
}

inline StreamType changingRows() {
    StreamType type = rowsInOrder();
    type.updating = type.made = true;
    type.sourceOrder = false;
    type.key = {1};
    return type;
}

inline StreamType timedRows() {
    StreamType type = rowsInOrder();
    type.eventTime = 3;
    return type;
}

/// A row as Grouped::send() takes it, with its time in milliseconds.
inline std::string timedRow(const std::string& key, int v, int millis) {
    return fmt::format("{}|{}||1970-01-01 00:00:{:02}.{:03}", key, v, millis / 1'000, millis % 1'000);
}

/// One instance of the node over rows of `input`.
class Grouped {
 public:
    /// `memory`: bytes of state beyond which it is in files; 0: in none.
    explicit Grouped(
        const Json& params, StreamType input = rowsInOrder(), std::size_t batchRows = 4096,
        std::uint64_t memory = 0, std::function<bool()> stopping = [] { return false; })
        : m_input(std::move(input)),
          m_stopping(std::move(stopping)),
          m_bound(bindNode(groupingNode(), params, {m_input}).bound),
          m_harness(groupingNode(), *m_bound, contextOf(params, batchRows, memory)) {}

    OperatorHarness* operator->() { return &m_harness; }

    /// Sends rows “k|v|d|ts”, of which the last cells may be left out; those that take one back begin with
    /// “-U ” or “-D ”, others may with “+U ”. `stamps` is the one of every row, if any.
    void send(const Lines& lines, std::vector<Instant> stamps = {}) {
        std::vector<std::vector<std::string>> rows;
        std::vector<RowKind> kinds;
        for (std::string line : lines) {
            kinds.push_back(takeKind(line));
            auto& row = rows.emplace_back();
            for (std::size_t at = 0; at <= line.size();) {
                const std::size_t end = std::min(line.find('|', at), line.size());
                row.push_back(line.substr(at, end - at));
                at = end + 1;
            }
            row.resize(m_input.schema->size());
        }
        Batch batch = textBatch(m_input.schema, rows);
        if (m_input.updating) batch.kinds = std::make_shared<const std::vector<RowKind>>(std::move(kinds));
        batch.positions.first = m_input.made ? -1 : static_cast<std::int64_t>(m_sent);
        m_sent += lines.size();
        if (!stamps.empty()) batch.stamps = std::make_shared<const std::vector<Instant>>(std::move(stamps));
        m_harness.send(batch);
    }
    SimulatedClock& clock() { return *m_clock; }
    /// The changes since the last call.
    Lines changes() {
        const Lines& all = m_harness.lines(0);
        Lines fresh(all.begin() + static_cast<std::ptrdiff_t>(m_told), all.end());
        m_told = all.size();
        return fresh;
    }

 private:
    MakeContext contextOf(const Json& params, std::size_t batchRows, std::uint64_t memory) const {
        MakeContext context = contextFor(m_input, 1, batchRows);
        context.nullOnError = params.value("on_error", "") == "null";
        context.clock = m_clock;
        context.stopping = m_stopping;
        return memory == 0 ? context : spilling(std::move(context), memory);
    }
    static RowKind takeKind(std::string& line) {
        RowKind kind = RowKind::Insert;
        for (const RowKind one : {RowKind::UpdateBefore, RowKind::UpdateAfter, RowKind::Delete}) {
            if (line.starts_with(toString(one))) kind = one;
        }
        if (kind != RowKind::Insert) line.erase(0, 3);
        return kind;
    }

    const StreamType m_input;
    const std::function<bool()> m_stopping;
    const std::shared_ptr<SimulatedClock> m_clock = std::make_shared<SimulatedClock>();
    const BoundNodeRef m_bound;
    OperatorHarness m_harness;
    std::size_t m_told = 0, m_sent = 0;
};

}  // namespace rw::test
