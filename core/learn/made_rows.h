// Rows that a learning node makes while it takes those of its inputs: built column by column, emitted in
// batches.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/learn/learning_plan.h"
#include "core/learn/recent_quality.h"
#include "core/stream/keys/key_table.h"
#include "core/stream/operator.h"

namespace rw::learn {

/// The row under way: where the prefixes of made rows are read.
struct AtRow {
    const Batch* batch = nullptr;  ///< null: there is no row of the input, only a key
    std::uint32_t row = 0;
    std::uint32_t key = 0;  ///< its number in the table of keys
    Instant time = 0;
};

/// Rows of one port.
class RowMaker {
 public:
    RowMaker(const MadePort& port, std::size_t prefix);

    /// Begins a row; its own columns follow in their order.
    RowMaker& begin(const AtRow& at);
    RowMaker& number(double value);  ///< NULL when it is unknown or infinite
    RowMaker& truth(bool value);
    RowMaker& integer(std::int64_t value);  ///< of a BIGINT column
    RowMaker& time(Instant value);
    RowMaker& text(std::string_view value);
    RowMaker& null();
    std::size_t rows() const { return m_rows; }
    /// Emits what was made. The batch of the rows and the table of keys are as they were at begin().
    void emit(const KeyTable& keys, std::size_t batchRows, Output& out);

 private:
    ColumnBuilder& next() { return m_own[m_next++]; }

    const MadePort m_port;
    std::vector<ColumnBuilder> m_own{};
    std::size_t m_next = 0, m_rows = 0;
    const Batch* m_batch = nullptr;
    std::vector<std::uint32_t> m_from{};  ///< rows of m_batch, or keys
    std::vector<Instant> m_times{};
};

class MadeRows {
 public:
    /// `batchRows`: rows in an emitted batch, at most.
    MadeRows(const LearningPlan& plan, std::size_t batchRows);

    /// Begins a row at number `made` of LearningPlan::made.
    RowMaker& begin(std::size_t made) {
        ++m_count;
        return m_makers[made].begin(m_at);
    }
    /// Adds to what the node says of itself: of the last rows (Operator::quality()). `baseline`:
    /// Quality::baseline.
    void judge(Quality::Kind kind, double value, double baseline = 0) {
        m_quality.add(kind, value, baseline);
    }
    const AtRow& at() const { return m_at; }

    // Of the operator
    void setAt(const AtRow& at) { m_at = at; }
    std::size_t count() const { return m_count; }  ///< of rows made and not yet emitted
    void emit(const KeyTable& keys, Output& out);
    const RecentQuality& quality() const { return m_quality; }
    void forgetQuality() { m_quality = {}; }

 private:
    const std::size_t m_batchRows;
    std::vector<RowMaker> m_makers{};
    AtRow m_at{};
    std::size_t m_count = 0;
    RecentQuality m_quality{};
};

}  // namespace rw::learn
