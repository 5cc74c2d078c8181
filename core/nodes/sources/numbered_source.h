// Sources whose rows are functions of their numbers: which are due, how a run resumes with them, and the
// parameters that they share. Each node type makes the content of its rows.
#pragma once
#include <atomic>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "core/nodes/source_params.h"
#include "core/stream/rows/row_pacer.h"

namespace rw {

class BoundNumbered : public BoundSource {
 public:
    std::uint64_t rows = 0;  ///< 0: endless
    double rate = 0;         ///< as it was given; 0: as fast as possible
    std::uint64_t seed = 1;
    Millis disorder = 0;
};

/// `rows`, `rate`, `seed`, `disorder`.
std::vector<ParamSpec> numberedParams(Text rateHelp, Text rateUnit);
/// Binds them, and event time as bindTiming() does. `pace` is the text of the card for a rate, %1; `onePace`
/// is the text for a rate of 1.
void bindNumbered(BindContext& context, Schema schema, Text onePace, Text pace, BoundNumbered& bound);

/// Rows [first, first + count).
struct NumberedRows final : Chunk {
    std::uint64_t first = 0, count = 0;
};

class NumberedSource : public Source {
 public:
    static constexpr std::uint64_t kMostRows = 16'384;  ///< of a piece

    /// `bound` outlives it.
    NumberedSource(const BoundNumbered& bound, const MakeContext& context, double rowsPerSecond);

    Status open() override;
    Result<Poll> poll(std::unique_ptr<Chunk>& chunk) override;
    Status parse(const Chunk& chunk, ParsedChunk& out) const override;
    SourceProgress progress() const override;
    Status snapshot(StateWriter& out) const override;
    Status restore(const StateReader& state) override;
    std::vector<Text> takeNotes() override { return std::exchange(m_notes, {}); }

 protected:
    /// Rows of the next piece, and of a batch, at most.
    virtual std::uint64_t pieceRows() const { return kMostRows; }
    virtual std::uint64_t batchRows() const { return m_context.batchRows; }
    /// Makes rows [at, at + count) of a piece.
    virtual void makeRows(const NumberedRows& piece, std::uint64_t at, std::uint64_t count,
                          ParsedChunk& out) const = 0;

    /// These rows with the time of arrival and the result of `column` for every other column: null where the
    /// column is not read.
    Batch batchOf(const NumberedRows& piece, std::uint64_t at, std::uint64_t count,
                  const std::function<ColumnRef(std::size_t index)>& column) const;
    /// Whether the column is read.
    bool wanted(std::size_t column) const;
    /// Whether it is the event time, and rows come out of order.
    bool isDisordered(std::size_t column) const;
    /// How much smaller the event time is made for the sake of disorder.
    Millis lag(std::uint64_t number) const;
    Instant runStart() const { return m_runStart; }

    const MakeContext m_context;

 private:
    const BoundNumbered& m_bound;
    const std::uint64_t m_lagSeed;
    RowPacer m_pacer;
    Instant m_runStart;
    std::uint64_t m_next = 0;  ///< beyond `rows` where a run resumes with fewer of them than there were
    std::vector<Text> m_notes;
    std::atomic<std::uint64_t> m_done{0};
};

}  // namespace rw
