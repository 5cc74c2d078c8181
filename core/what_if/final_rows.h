// The rows of a port as they are at the end of a run: the view of a sink of a node type of its own.
#pragma once
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "core/pipeline/node_kind.h"
#include "core/stream/live_view.h"
#include "core/what_if/what_if.h"

namespace rw {

/// NULL before all values, NaN behind all numbers, texts bytewise. Values of one column.
std::strong_ordering orderOfCells(const Value& a, const Value& b);
/// By the columns from left to right.
struct RowBefore {
    bool operator()(const WhatIfRow& a, const WhatIfRow& b) const;
};

/// The same for equal rows, and hardly ever for others.
std::uint64_t hashOf(const WhatIfRow& row);

/// Keeps rows until their number or their bytes are beyond the limits. Then it lets go of all: of rows that
/// do not change it keeps the hashes, as far as these are within the limit of bytes, and else it only counts.
/// Changes of an updating stream are followed. Single-threaded, as the run is.
class FinalRows final : public LiveView {
 public:
    explicit FinalRows(StreamType type) : m_type(std::move(type)) {}
    void setLimits(const WhatIfLimits& limits) { m_limits = limits; }  ///< before the first row

    const StreamType& type() const { return m_type; }
    void add(const Batch& batch);
    /// There at the end; of an updating stream that was let go of: rows that came less those that were taken
    /// back.
    std::uint64_t count() const { return m_count; }
    bool isCut() const { return m_cut; }
    /// Sorted; none where isCut().
    std::vector<WhatIfRow> take();
    /// Of a stream that was cut: it has the hashes of all rows.
    bool isHashed() const { return m_cut && m_hashed; }
    std::vector<std::uint64_t> takeHashes();  ///< sorted

    std::uint64_t version() const override { return m_changes; }
    std::uint64_t rows() const override { return m_count; }

 private:
    struct Kept {
        WhatIfRow row{};
        std::size_t times = 1;
    };
    void addRow(WhatIfRow row);
    void change(WhatIfRow row, RowKind kind);
    WhatIfRow keyOf(const WhatIfRow& row) const;
    void addHash(const WhatIfRow& row);
    void count(RowKind kind);
    void cutWhereFull();

    const StreamType m_type;
    WhatIfLimits m_limits{};
    std::vector<WhatIfRow> m_rows{};                 ///< of a stream that only grows
    std::map<WhatIfRow, Kept, RowBefore> m_table{};  ///< of an updating one, by its key or by all columns
    std::uint64_t m_count = 0, m_changes = 0;
    std::size_t m_bytes = 0;
    bool m_cut = false;
    bool m_hashed = false;
    std::vector<std::uint64_t> m_hashes{};  ///< where it was cut
};

/// No file can have the type: it is no word of a file.
inline constexpr const char* kFinalRowsType = "what if rows";
NodeKind finalRowsKind();

}  // namespace rw
