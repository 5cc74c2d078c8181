#include "widgets/pipeline_tests/tape_test.h"

#include <algorithm>
#include <utility>

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

Status otherColumns(const NodeId& source) {
    return Status(ErrorCode::Invalid,
                  RW_TEXT("pipeline_tests", "The tape has other columns of “%1” than the pipeline now.")
                      .with(source),
                  RW_TEXT("pipeline_tests", "Run the pipeline once more, and make the test of its new tape."))
        .at(source);
}

Result<TapedRows> rowsOfPiece(const Node& source, const SavedPiece& saved) {
    ParsedChunk read;
    RW_TRY(loadRows(saved.rows, read));
    TapedRows taken{saved.piece.order, saved.piece.arrived, {}};
    taken.step.verb = Verb::Rows;
    taken.step.at = source.id;
    taken.step.partition = saved.piece.partition;
    taken.step.rows = Json::array();
    std::size_t skipped = 0;
    for (const Batch& batch : read.batches) skipped += batch.rows;
    skipped -= std::min(skipped, kTapedTestRows);
    for (const Batch& batch : read.batches) {
        const std::size_t left = batch.rows - std::min(batch.rows, skipped);
        skipped -= batch.rows - left;
        appendTestRows(source, batch, left, *taken.step.rows);
    }
    return taken;
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
            RW_TRY_ASSIGN(TapedRows taken, rowsOfPiece(source, *piece));
            rows += taken.step.rows->size();
            if (!taken.step.rows->empty()) all.push_back(std::move(taken));
        }
    }
    return {};
}

/// Those of all sources in their order, no more than a test has, with the pauses between them.
std::vector<PipelineTestStep> stepsOf(std::vector<TapedRows> all) {
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.order > b.order; });
    std::vector<PipelineTestStep> steps;  // last first
    std::size_t rows = 0;
    for (std::size_t i = 0; i < all.size() && rows < kTapedTestRows; ++i) {
        PipelineTestStep& step = all[i].step;
        const std::size_t most = kTapedTestRows - rows;
        if (step.rows->size() > most)
            step.rows->erase(step.rows->begin(), step.rows->end() - static_cast<std::ptrdiff_t>(most));
        rows += step.rows->size();
        const Millis pause = i > 0 ? all[i - 1].arrived - all[i].arrived : 0;
        if (pause >= kWorthAdvancing) {
            PipelineTestStep advance;
            advance.verb = Verb::Advance;
            advance.millis = pause / kWorthAdvancing * kWorthAdvancing;
            steps.push_back(std::move(advance));
        }
        const bool same = !steps.empty() && steps.back().verb == Verb::Rows && steps.back().at == step.at &&
                          steps.back().partition == step.partition;
        if (same) {
            step.rows->insert(step.rows->end(), steps.back().rows->begin(), steps.back().rows->end());
            steps.back() = std::move(step);
        } else {
            steps.push_back(std::move(step));
        }
    }
    std::reverse(steps.begin(), steps.end());
    return steps;
}

}  // namespace

Result<PipelineTest> testFromTape(const MadeTestQuestion& question, const std::string& tape,
                                  const std::atomic<bool>& dropped) {
    RW_TRY_ASSIGN(const TapeFileRef file, TapeFile::open(tape));
    return testFromTape(question, file, dropped);
}

Result<PipelineTest> testFromTape(const MadeTestQuestion& question, const TapeFileRef& tape,
                                  const std::atomic<bool>& dropped) {
    RW_TRY_ASSIGN(const std::vector<NodeId> sources, sourcesAbove(question));
    const std::vector<TapeSource>& taped = tape->head().start.sources;
    std::vector<TapedRows> all;
    for (const NodeId& id : sources) {
        const auto found = std::find_if(taped.begin(), taped.end(),
                                        [&id](const TapeSource& each) { return each.node == id; });
        const Node& source = *question.pipeline.find(id);
        if (found == taped.end() || found->type != source.type) return otherColumns(id);
        const auto known = question.schemas.find(id);
        if (known != question.schemas.end() && !(*known->second == *found->schema)) return otherColumns(id);
        RW_TRY(takeNewest(*tape, static_cast<std::size_t>(found - taped.begin()), source, all, dropped));
    }
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
    test.steps = stepsOf(std::move(all));
    return testOfSteps(question, std::move(test), dropped);
}

}  // namespace rw::ui
