#include "widgets/pipeline_tests/tape_test.h"

#include <algorithm>
#include <utility>

#include "core/base/figures.h"
#include "core/tape/tape_file.h"
#include "core/tape/tape_piece.h"

namespace rw::ui {

namespace {

using Verb = PipelineTestStep::Verb;

constexpr Millis kWorthAdvancing = 1'000;  ///< shorter pauses are left out

/// The last rows of a piece of a tape.
struct TapedRows {
    std::uint64_t order = 0;
    Instant arrived = 0;
    PipelineTestStep step{};  ///< Verb::Rows
};

/// At most the last `most` rows of a piece.
Result<TapedRows> rowsOfPiece(const Node& source, const SavedPiece& saved, std::size_t most) {
    ParsedChunk read;
    RW_TRY(loadRows(saved.rows, read));
    TapedRows taken{saved.piece.order, saved.piece.arrived, {}};
    taken.step.verb = Verb::Rows;
    taken.step.at = source.id;
    taken.step.partition = saved.piece.partition;
    taken.step.rows = Json::array();
    std::size_t skipped = 0;
    for (const Batch& batch : read.batches) skipped += batch.rows;
    skipped -= std::min(skipped, most);
    for (const Batch& batch : read.batches) {
        const std::size_t left = batch.rows - std::min(batch.rows, skipped);
        skipped -= batch.rows - left;
        appendTestRows(source, batch, left, *taken.step.rows);
    }
    return taken;
}

Status tooManyTaped() {
    return {
        ErrorCode::Invalid,
        RW_TEXT("pipeline_tests", "This part of the tape has more than %1 rows, the most that a test takes.")
            .with(figures::count(kMostTapedRows)),
        RW_TEXT("pipeline_tests", "Take a shorter part of the tape.")};
}

/// The newest rows of one source, newest first.
Status takeNewest(const TapeFile& tape, std::size_t track, const Node& source, std::vector<TapedRows>& all,
                  const std::atomic<bool>& dropped) {
    const auto& blocks = tape.tracks()[track].blocks;
    std::size_t rows = 0;
    for (auto block = blocks.rbegin(); block != blocks.rend() && rows < kTapedTestRows && !dropped; ++block) {
        RW_TRY_ASSIGN(const std::string payload, tape.read(*block));
        RW_TRY_ASSIGN(const std::vector<SavedPiece> pieces, loadPieces(payload));
        for (auto piece = pieces.rbegin(); piece != pieces.rend() && rows < kTapedTestRows; ++piece) {
            if (piece->piece.kind != TapePiece::Kind::Rows) continue;
            RW_TRY_ASSIGN(TapedRows taken, rowsOfPiece(source, *piece, kTapedTestRows));
            rows += taken.step.rows->size();
            if (!taken.step.rows->empty()) all.push_back(std::move(taken));
        }
    }
    return {};
}

/// The rows of one source in a span of the tape; `rows` counts those of all.
Status takeSpan(const TapeFile& tape, std::size_t track, const Node& source, TapeSpan span,
                std::vector<TapedRows>& all, std::size_t& rows, const std::atomic<bool>& dropped) {
    for (const TapeFile::Block& block : tape.tracks()[track].blocks) {
        if (dropped || block.header.lastAt < span.from || block.header.firstAt > span.until) continue;
        RW_TRY_ASSIGN(const std::string payload, tape.read(block));
        RW_TRY_ASSIGN(const std::vector<SavedPiece> pieces, loadPieces(payload));
        for (const SavedPiece& piece : pieces) {
            if (piece.piece.kind != TapePiece::Kind::Rows || !span.holds(piece.piece.at)) continue;
            RW_TRY_ASSIGN(TapedRows taken, rowsOfPiece(source, piece, kMostTapedRows + 1));
            rows += taken.step.rows->size();
            if (rows > kMostTapedRows) return tooManyTaped();
            if (!taken.step.rows->empty()) all.push_back(std::move(taken));
        }
    }
    return {};
}

/// Those of all sources in their order, the newest `most` rows, with the pauses between them.
std::vector<PipelineTestStep> stepsOf(std::vector<TapedRows> all, std::size_t most) {
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.order < b.order; });
    std::size_t first = all.size(), rows = 0;
    while (first > 0 && rows < most) rows += all[--first].step.rows->size();
    if (rows > most) {
        Json& oldest = *all[first].step.rows;
        oldest.erase(oldest.begin(), oldest.begin() + static_cast<std::ptrdiff_t>(rows - most));
    }
    std::vector<PipelineTestStep> steps;
    for (std::size_t i = first; i < all.size(); ++i) {
        PipelineTestStep& step = all[i].step;
        const Millis pause = i > first ? all[i].arrived - all[i - 1].arrived : 0;
        if (pause >= kWorthAdvancing) {
            PipelineTestStep advance;
            advance.verb = Verb::Advance;
            advance.millis = pause / kWorthAdvancing * kWorthAdvancing;
            steps.push_back(std::move(advance));
        }
        const bool same = !steps.empty() && steps.back().verb == Verb::Rows && steps.back().at == step.at &&
                          steps.back().partition == step.partition;
        if (same) {
            steps.back().rows->insert(steps.back().rows->end(), step.rows->begin(), step.rows->end());
        } else {
            steps.push_back(std::move(step));
        }
    }
    return steps;
}

Result<PipelineTest> testOf(const MadeTestQuestion& question, std::vector<TapedRows> all, std::size_t most,
                            const std::atomic<bool>& dropped) {
    if (all.empty()) {
        return Status(ErrorCode::NotFound,
                      RW_TEXT("pipeline_tests", "The tape has no rows to make a test of."),
                      RW_TEXT("pipeline_tests", "Record a run that reads some rows."));
    }
    PipelineTest test;
    test.name = question.name;
    test.set = question.set;
    const auto first = std::min_element(all.begin(), all.end(),
                                        [](const auto& a, const auto& b) { return a.order < b.order; });
    test.clock = first->arrived;
    test.steps = stepsOf(std::move(all), most);
    if (test.steps.size() + question.expectations.size() + 1 > kMostTestSteps) {
        return Status(ErrorCode::Invalid,
                      RW_TEXT("pipeline_tests",
                              "The rows came by turns, with pauses: they make %1 steps, and "
                              "a test has at most %2.")
                          .with(figures::count(test.steps.size()), figures::count(kMostTestSteps)),
                      RW_TEXT("pipeline_tests", "Take a shorter part of the tape."));
    }
    return testOfSteps(question, std::move(test), dropped);
}

}  // namespace

Result<PipelineTest> testFromTape(const MadeTestQuestion& question, const std::string& tape,
                                  const std::atomic<bool>& dropped) {
    RW_TRY_ASSIGN(const TapeFileRef file, TapeFile::open(tape));
    return testFromTape(question, file, dropped);
}

Result<PipelineTest> testFromTape(const MadeTestQuestion& question, const TapeFileRef& tape,
                                  const std::atomic<bool>& dropped) {
    RW_TRY_ASSIGN(const std::vector<TapedSource> sources, tapedSources(question, *tape));
    std::vector<TapedRows> all;
    for (const TapedSource& source : sources)
        RW_TRY(takeNewest(*tape, source.track, *question.pipeline.find(source.node), all, dropped));
    return testOf(question, std::move(all), kTapedTestRows, dropped);
}

Result<PipelineTest> testFromTape(const MadeTestQuestion& question, const TapeFileRef& tape, TapeSpan span,
                                  const std::atomic<bool>& dropped) {
    RW_TRY_ASSIGN(const std::vector<TapedSource> sources, tapedSources(question, *tape));
    std::vector<TapedRows> all;
    std::size_t rows = 0;
    for (const TapedSource& source : sources) {
        RW_TRY(takeSpan(*tape, source.track, *question.pipeline.find(source.node), span, all, rows, dropped));
    }
    return testOf(question, std::move(all), kMostTapedRows, dropped);
}

}  // namespace rw::ui
