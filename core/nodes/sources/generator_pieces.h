// How many rows a generator makes at a time, so that their texts stay within bounds.
#pragma once
#include <algorithm>
#include <atomic>
#include <cstdint>

#include "core/data/visit_type.h"
#include "core/nodes/sources/generator_columns.h"
#include "core/nodes/sources/numbered_source.h"

namespace rw {

/// The columns say how large their texts are; where a length is computed it begins with few rows and learns
/// from the sizes that they had. Safe from any thread.
class GeneratorPieces {
 public:
    static constexpr std::uint64_t kMostRows = NumberedSource::kMostRows;

    GeneratorPieces(const std::vector<GeneratorColumn>& columns, const Schema& schema) {
        double perRow = 0;
        for (const Field& field : schema.fields) perRow += static_cast<double>(widthOf(field.type.id));
        for (std::size_t i = 0; i < columns.size(); ++i) {
            perRow += columns[i].texts.perRow;
            if (!columns[i].texts.unknown) continue;
            // The operands of a number can't be seen in the rows.
            (isReference(schema.fields[i].type.id) ? m_learns : m_blind) = true;
        }
        m_rows = rowsOf(perRow);
    }

    /// Rows of the next piece, at most.
    std::uint64_t rows() const { return m_rows.load(std::memory_order_relaxed); }

    /// Rows of a batch, at most `batchRows`.
    std::uint64_t batchRows(std::size_t batchRows) const {
        if (rows() == kMostRows) return batchRows;
        return std::clamp<std::uint64_t>(rows() / kBatchesInPiece, 1, batchRows);
    }

    /// Learns from the size of a piece of `count` rows.
    void learn(std::uint64_t count, const ParsedChunk& made) {
        if (!m_learns || m_blind) return;
        double bytes = 0;
        for (const Batch& batch : made.batches) {
            for (const ColumnRef& column : batch.columns) {
                if (!column || !isReference(column->type().id)) continue;
                for (const StringRef& text : column->values<StringRef>()) bytes += text.size();
            }
        }
        const std::uint64_t fitting = rowsOf(bytes / static_cast<double>(count));
        m_rows.store(std::min(fitting, std::max(rows(), 2 * count)), std::memory_order_relaxed);
    }

 private:
    static constexpr double kPieceBytes = 16 << 20;
    static constexpr std::uint64_t kBatchesInPiece = 4;

    static std::uint64_t rowsOf(double bytesPerRow) {
        const double rows = kPieceBytes / std::max(bytesPerRow, 1.0);
        return static_cast<std::uint64_t>(std::clamp(rows, 1.0, static_cast<double>(kMostRows)));
    }

    bool m_learns = false, m_blind = false;
    std::atomic<std::uint64_t> m_rows{kMostRows};
};

}  // namespace rw
