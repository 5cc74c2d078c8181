// Where the rows of a port are kept that a condition takes: the sink of a node type of its own.
#pragma once
#include <compare>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/lineage/row_index.h"
#include "core/pipeline/node_kind.h"
#include "core/stream/lineage/contributors.h"

namespace rw {

/// What to keep of a port.
struct WantedRows {
    PortRef port{};
    RowPredicateRef condition{};
    std::optional<std::size_t> last{};  ///< as Contributors::last
    bool first = false;                 ///< the first rows as they came, not the last by event time
    std::size_t rows = 0;               ///< kept at most; 0: as many as the question says
    std::size_t bytes = 0;              ///< likewise
    /// Of more rows than are kept, those behind the newest so many, which are passed by.
    std::size_t after = 0;
    /// Of two rows, each the one of a batch, which comes first; null: by event time. Where that is equal the
    /// order of the input decides.
    std::function<std::strong_ordering(const Batch&, const Batch&)> order{};
    bool fromFirst = false;  ///< the first in that order are kept, not the last; the first of all is the last
};

struct GatheredRow {
    Batch row{};  ///< one row, with its wire
    RowPart part{};
};

struct GatheredRows {
    StreamType type{};
    std::uint64_t count = 0, lateCount = 0;  ///< `last` is counted as what it leaves
    std::vector<GatheredRow> rows{};         ///< in the order of the input
    std::vector<GatheredRow> late{};         ///< the last that came, by event time
    /// Rows that an updating stream took back: what the condition took of them, the last ones.
    std::vector<Batch> withdrawn{};
    Millis lateBy = 0;  ///< by how much late rows came too late at most; of those, too, that are not kept
    bool cut = false;  ///< not all rows that were counted are kept
    std::uint64_t passedBy = 0;  ///< of those that were counted, the newest, as was wanted
};

/// Whether `a` stands before `b` among the rows of a port of that type that were kept as is wanted.
bool standsBefore(const WantedRows& wanted, const StreamType& type, const GatheredRow& a,
                  const GatheredRow& b);

/// Keeps rows of one port in a run. Single-threaded.
class RowCollector {
 public:
    RowCollector(WantedRows wanted, StreamType type);
    void add(const Batch& batch);
    GatheredRows finish();

 private:
    void keep(const Batch& batch, std::size_t row, const RowPart& part);
    void withdraw(const Batch& batch, std::size_t row);
    /// Leaves the rows that are wanted of those kept.
    void trim(bool all);
    std::size_t bytesOf(const GatheredRow& row) const;
    void dropLate(std::size_t most);
    bool holdsTooMuch() const;
    void passBy();
    std::size_t keptRows() const { return m_found.rows.size() - m_gone; }
    /// Takes the empty places out of the rows.
    void closeUp();
    bool before(const GatheredRow& a, const GatheredRow& b) const {
        return standsBefore(m_wanted, m_found.type, a, b);
    }

    const WantedRows m_wanted;
    GatheredRows m_found{};
    std::size_t m_bytes = 0, m_mostBytes = 0;
    RowIndex m_index{};      ///< of the rows, or of their first ones; made when one is taken back
    std::size_t m_gone = 0;  ///< places in the rows that are empty, for theirs was taken back
};

/// The parameter of a collector's node is its number among those of the run.
inline constexpr const char* kRowCollectorType = "lineage_collector";
NodeKind rowCollectorKind();

/// The bound form of a collector; the run's owner puts what is wanted there before it starts the run.
class BoundRowCollector final : public BoundNode {
 public:
    std::shared_ptr<std::unique_ptr<RowCollector>> slot = std::make_shared<std::unique_ptr<RowCollector>>();
    StreamType input{};
};

}  // namespace rw
