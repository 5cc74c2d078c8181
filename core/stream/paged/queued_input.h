// What an operator was given, kept until each key group has its turn.
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "core/data/batch.h"
#include "core/data/state_reader.h"
#include "core/pipeline/node_kind.h"
#include "core/stream/keys/key_groups.h"
#include "core/stream/paged/key_group_set.h"

namespace rw {

/// An input port of an operator.
struct PagedPort {
    SchemaRef schema{};
    std::vector<int> keys{};  ///< columns
    ColumnSet read{};         ///< the columns that the operator looks at
};

/// How far the inputs of an operator are. It has at most two ports.
struct InputWatermarks {
    std::array<Instant, 2> ports{kMinTimestamp, kMinTimestamp};  ///< where there are two
    Instant all = kMinTimestamp;                                 ///< the smallest
    bool operator==(const InputWatermarks&) const = default;
    /// None of them goes back.
    void raise(const InputWatermarks& to);
    // As fields of a record.
    void write(StateWriter& out) const;
    static Result<InputWatermarks> read(const StateReader& record);
};

/// Rows of a batch by key group, with the watermarks before them. Immutable.
class QueuedRows {
 public:
    /// `hashes`: of the rows' keys. Of rows of other groups than `groups` it knows nothing.
    QueuedRows(int port, Batch batch, std::span<const std::uint64_t> hashes, const KeyGroupSet& groups,
               const InputWatermarks& before);

    int port() const { return m_port; }
    const InputWatermarks& before() const { return m_before; }
    bool any() const { return !m_order.empty(); }
    /// Those of one group, in their order; empty: none.
    std::span<const std::uint32_t> of(int group) const;
    Batch select(int group) const { return m_batch.select(of(group)); }
    const KeyGroupSet& groups() const { return m_groups; }  ///< that have rows
    std::size_t rows() const { return m_order.size(); }
    std::size_t bytes() const { return m_bytes; }

    /// As a record of a state, of the rows of these groups.
    void write(std::string_view name, const KeyGroupSet& groups, StateWriter& out) const;
    /// The rows of a record that are of `own` groups.
    static Result<std::shared_ptr<const QueuedRows>> read(const StateReader& record, const KeyGroupSet& own,
                                                          std::span<const PagedPort> ports);

 private:
    struct End {
        int group = 0;
        std::uint32_t end = 0;  ///< of its rows in m_order
    };

    int m_port;
    Batch m_batch;
    InputWatermarks m_before;
    std::vector<std::uint32_t> m_order{};  ///< rows, by group
    std::vector<End> m_ends{};             ///< groups ascend
    KeyGroupSet m_groups{};
    std::size_t m_bytes = 0;
};
using QueuedRowsRef = std::shared_ptr<const QueuedRows>;

/// In the order in which they came. Single-threaded; copied at the cost of a pointer each.
class QueuedInput {
 public:
    void add(QueuedRowsRef rows) {
        m_bytes += rows->bytes();
        m_rows += rows->rows();
        m_groups |= rows->groups();
        m_queued.push_back(std::move(rows));
    }
    bool empty() const { return m_queued.empty(); }
    std::span<const QueuedRowsRef> queued() const { return m_queued; }
    const KeyGroupSet& groups() const { return m_groups; }  ///< that have rows
    std::size_t rows() const { return m_rows; }
    std::size_t bytes() const { return m_bytes; }

 private:
    std::vector<QueuedRowsRef> m_queued{};
    KeyGroupSet m_groups{};
    std::size_t m_rows = 0, m_bytes = 0;
};

}  // namespace rw
