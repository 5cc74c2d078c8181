// The conditions of variables, asked for rows of one partition at a time.
#pragma once
#include <utility>
#include <vector>

#include "core/patterns/partitions.h"
#include "core/stream/operator.h"

namespace rw::patterns {

/// Local conditions are computed for many rows at once, when they come; the others a row at a time, when an
/// attempt asks. Single-threaded.
class ConditionTests final : public RowTests {
 public:
    /// The arguments outlive this.
    ConditionTests(const MatchPlan& plan, Partitions& partitions, const MakeContext& context);

    /// Computes the local conditions of rows that were added.
    void judge(std::span<const RowSlot> rows, std::span<const RowSlot> partitions);
    /// The following questions are about this partition. Rows that have not come yet are at `next` or later;
    /// `ended`: none comes.
    void aim(Partition& partition, Instant next, bool ended);

    Answer test(int variable, const Path& path) override;
    bool begins() const override { return m_partition->fresh; }
    Answer ends(const Path& path) const override;
    void cut(std::size_t size) override { m_partition->search->sums.cut(size); }
    /// Whether the row `ahead` rows behind the match may still come.
    bool lacks(std::size_t matched, std::int64_t ahead) const;

    /// Rows for which a condition failed, each told of once; the caller takes them.
    std::vector<std::pair<RowSlot, Text>>& failed() { return m_failed; }

 private:
    struct Found {
        Answer known = Answer::Yes;  ///< Unknown: the row has not come; No: there is none
        RowSlot row = kNoRow;
        std::size_t offset = 0;  ///< in the match, when `inMatch`
        bool inMatch = false;
    };
    Found find(const Term& term, int variable, const Path& path) const;
    std::size_t size() const { return m_partition->rows.size(); }
    Answer noRow() const;
    Answer evaluate(const RowExpression& condition, int variable, const Path& path);
    /// The column of one value of a term; null: not known yet.
    ColumnRef valueOf(const Term& term, int variable, const Path& path);
    ColumnRef classifier(const Found& found, int variable, const Path& path) const;
    ColumnRef sum(const Term& term, int variable, const Path& path);
    void fail(RowSlot row, const Text& reason);

    const MatchPlan& m_plan;
    Partitions& m_partitions;
    const sql::EvalContext m_eval;
    const bool m_nullOnError;
    Partition* m_partition = nullptr;
    Instant m_first = 0;  ///< of the row that the attempt begins at
    Instant m_next = kMinTimestamp;
    bool m_ended = false;
    std::vector<std::pair<RowSlot, Text>> m_failed{};
    std::shared_ptr<const sql::RowErrors> m_sumErrors{};
};

}  // namespace rw::patterns
