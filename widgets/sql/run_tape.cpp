#include "widgets/sql/run_tape.h"

#include <algorithm>

#include "core/base/byte_size.h"
#include "core/listen/heard_rows.h"

namespace rw::ui {

namespace {

/// The last `most` of the rows.
std::vector<Batch> lastRows(const HeardRows& heard, std::size_t most) {
    std::vector<Batch> last;
    for (auto piece = heard.pieces.rbegin(); piece != heard.pieces.rend(); ++piece) {
        const std::vector<Batch>& batches = piece->rows.batches;
        for (auto batch = batches.rbegin(); batch != batches.rend() && most > 0; ++batch) {
            const std::size_t rows = std::min(most, batch->rows);
            last.push_back(batch->slice(batch->rows - rows, rows));
            most -= rows;
        }
    }
    std::reverse(last.begin(), last.end());
    return last;
}

}  // namespace

// A file is read whole to be opened, which is not done again while it stays as it is. Nobody waits for
// another statement that reads it: each is stopped by itself.
Result<TapeFileRef> RunTape::open(const AskedLimits& limits) {
    if (m_path.empty()) {
        if (const std::shared_ptr<RollingTape> kept = m_kept.lock()) return kept->tape(limits.isOver);
        return Status(ErrorCode::NotFound, RW_TEXT("query", "The input of the run is not kept any more."),
                      RW_TEXT("query", "Run the pipeline, and ask again."));
    }
    TapeFileRef opened;
    {
        const std::lock_guard hold(m_mutex);
        opened = m_opened;
    }
    if (opened && opened->unchanged()) return opened;
    RW_TRY_ASSIGN(opened, TapeFile::open(m_path, nullptr, limits.isOver));
    const std::lock_guard hold(m_mutex);
    m_opened = opened;
    return opened;
}

Result<std::vector<Batch>> RunTape::newest(const NodeId& source, const Schema& columns,
                                           const AskedLimits& limits) {
    RW_TRY_ASSIGN(const TapeFileRef tape, open(limits));
    const std::vector<TapeSource>& all = tape->head().start.sources;
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const TapeSource& each) { return each.node == source; });
    if (found == all.end()) {
        return Status(ErrorCode::NotFound, RW_TEXT("query", "“%1” is not on the tape.").with(source),
                      RW_TEXT("query", "Run the pipeline as it is now, and ask again."));
    }
    if (*found->schema != columns) {
        return Status(
            ErrorCode::Invalid,
            RW_TEXT("query", "“%1” has other columns on the tape than in the pipeline.").with(source),
            RW_TEXT("query", "Run the pipeline as it is now, and ask again."));
    }
    const auto place = static_cast<std::size_t>(found - all.begin());
    if (bytesOfNewest(*tape, place, kRows) > limits.bytes) {
        return Status(ErrorCode::Invalid,
                      RW_TEXT("query", "The newest rows of “%1” on the tape have more than %2.")
                          .with(source, byteSizeText(limits.bytes)),
                      RW_TEXT("query", "Read the rows of the run instead: those in “live”."));
    }
    RW_TRY_ASSIGN(const HeardRows heard, newestOf(*tape, place, kRows, limits.isOver));
    return lastRows(heard, kRows);
}

}  // namespace rw::ui
