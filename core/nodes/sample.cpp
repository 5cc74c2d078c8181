// sample: a share of the rows, the same ones in every run.
#include <numeric>

#include "core/base/figures.h"
#include "core/base/random.h"
#include "core/pipeline/bind_checks.h"
#include "core/stream/keys/key_hash.h"
#include "core/stream/lineage/own_row.h"
#include "core/stream/row_errors.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"

namespace rw {

namespace {

class BoundSample final : public BoundNode, public TellsContributors {
 public:
    double fraction = 1;
    std::uint64_t seed = 1;
    /// Rows go by these columns; none: by their positions.
    std::vector<int> columns{};
    bool keepsPairs = true;  ///< both halves of an update go on, or neither

    std::vector<ColumnSet> reads(const std::vector<ColumnSet>& wanted,
                                 const std::vector<StreamType>&) const override {
        ColumnSet read = wanted.front();
        for (const int column : columns) read[static_cast<std::size_t>(column)] = true;
        return {std::move(read)};
    }

    Result<std::vector<Contributors>> contributors(const AskedRow& asked) const override {
        return std::vector{itself(asked, {0, sameColumns(asked.inputs.front().schema->size())})};
    }
    LeftBehind leftBehind() const override { return LeftBehind::Displaced; }
    std::optional<Passage> passage(int, int, const Batch& row, const sql::EvalContext&) const override {
        return Passage{.becomes = row};
    }
    std::optional<Passing> passing(int, int, const Batch& rows, const sql::EvalContext&) const override {
        return Passing{{}, rows};
    }
};

class Sample final : public Operator {
 public:
    explicit Sample(const BoundSample& bound)
        : m_seed(bound.seed),
          m_columns(bound.columns),
          m_keepsPairs(bound.keepsPairs),
          m_all(bound.fraction >= 1),
          m_below(m_all ? 0 : static_cast<std::uint64_t>(bound.fraction * 0x1p64)) {}

    Status onBatch(int, const Batch& batch, Output& out) override {
        if (m_all) {
            out.emit(0, batch);
            return {};
        }
        hashRows(batch);
        m_kept.clear();
        for (std::uint32_t row = 0; row < batch.rows; ++row) {
            if (m_hashes[row] < m_below) m_kept.push_back(row);
        }
        Batch kept = m_kept.size() == batch.rows ? batch : batch.select(m_kept);
        if (!m_keepsPairs) unpairUpdates(kept);
        out.emit(0, std::move(kept));
        return {};
    }

 private:
    void hashRows(const Batch& batch) {
        if (!m_columns.empty()) {
            hashKeys(batch, m_columns, m_hashes);
            for (std::uint64_t& hash : m_hashes) hash = splitMix64(hash, m_seed);
            return;
        }
        // Places of partitions are dealt out as these are found: only the way is always the same.
        const std::uint64_t seed =
            splitMix64(m_seed, static_cast<std::uint64_t>(batch.wire >> kPartitionBits));
        m_hashes.resize(batch.rows);
        for (std::size_t row = 0; row < batch.rows; ++row)
            m_hashes[row] = splitMix64(seed, static_cast<std::uint64_t>(batch.positions.at(row)));
    }

    const std::uint64_t m_seed;
    const std::vector<int> m_columns;
    const bool m_keepsPairs;
    const bool m_all;
    const std::uint64_t m_below;
    std::vector<std::uint64_t> m_hashes{};
    std::vector<std::uint32_t> m_kept{};
};

BoundNodeRef bindSample(BindContext& context) {
    const StreamType& input = context.input();
    auto bound = std::make_shared<BoundSample>();
    bound->fraction = context.number("fraction");
    bound->seed = static_cast<std::uint64_t>(context.integer("seed"));
    const bool keyed = input.updating && !input.key.empty();
    if (keyed) {
        bound->columns = input.key;
    } else if (input.updating || input.made || input.rejected) {
        bound->columns.resize(input.schema->size());
        std::iota(bound->columns.begin(), bound->columns.end(), 0);
    }
    bound->keepsPairs = keyed;
    bound->outputs = {input};
    bound->summary =
        RW_TEXT("sample", "%1 of the rows").with(figures::rounded(100 * bound->fraction) + "\u00A0%");
    return bound;
}

Result<Made> makeSample(const BoundNode& bound, const MakeContext&) {
    return Made(std::make_unique<Sample>(static_cast<const BoundSample&>(bound)));
}

}  // namespace

NodeKind sampleKind() {
    NodeKind kind;
    kind.type = "sample";
    kind.name = RW_TEXT("sample", "Sample");
    kind.palette = {{kind.name, RW_TEXT("sample", "Keep a share of the rows"), "sample"}};
    kind.inputs = {{"in", RW_TEXT("node", "rows")}};
    kind.outputs = {{"out", RW_TEXT("node", "rows")}};
    ParamSpec fraction = makeParam(
        "fraction", ParamKind::Number, RW_TEXT("sample", "Fraction"),
        RW_TEXT("sample",
                "The share of the rows that is kept, from 0 to 1: `0.1` keeps every tenth row, on average."));
    fraction.required = true;
    fraction.min = 0;
    fraction.max = 1;
    ParamSpec seed =
        makeParam("seed", ParamKind::Integer, RW_TEXT("sample", "Seed"),
                  RW_TEXT("sample", "The same seed keeps the same rows, another seed other rows."), 1);
    seed.min = 0;
    seed.advanced = true;
    kind.params = {std::move(fraction), std::move(seed)};
    kind.bind = bindSample;
    kind.make = makeSample;
    return kind;
}

}  // namespace rw
