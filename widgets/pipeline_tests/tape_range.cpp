#include "widgets/pipeline_tests/tape_range.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <numeric>
#include <set>

#include "core/tape/rolling/rolling_tape.h"
#include "core/tape/tape_piece.h"

namespace rw::ui {

namespace {

using Block = TapeFile::Block;

Status otherColumns(const NodeId& source) {
    return Status(ErrorCode::Invalid,
                  RW_TEXT("pipeline_tests", "The tape has other columns of “%1” than the pipeline now.")
                      .with(source),
                  RW_TEXT("pipeline_tests", "Run the pipeline once more, and make the test of its new tape."))
        .at(source);
}

Status noRows() {
    return {ErrorCode::NotFound, RW_TEXT("pipeline_tests", "The tape has no rows to make a test of."),
            RW_TEXT("pipeline_tests", "Record a run that reads some rows.")};
}

/// Spreads the rows of a block over the bars that it lies in.
void addBars(TapeSurvey& survey, const tape_layout::BlockHeader& header) {
    const Millis whole = std::max<Millis>(survey.all.until - survey.all.from, 1);
    const auto barOf = [&](Millis at) {
        const Millis within = std::clamp(at, survey.all.from, survey.all.until) - survey.all.from;
        const double share = static_cast<double>(within) / static_cast<double>(whole);
        return std::min(static_cast<std::size_t>(share * static_cast<double>(TapeSurvey::kBars)),
                        TapeSurvey::kBars - 1);
    };
    const std::size_t first = barOf(header.firstAt), last = std::max(first, barOf(header.lastAt));
    const std::uint64_t bars = last - first + 1;
    for (std::size_t bar = first; bar <= last; ++bar)
        survey.bars[bar] += header.rows / bars + (bar - first < header.rows % bars ? 1 : 0);
}

bool fitsNoTest(const tape_layout::BlockHeader* block) {
    return block->rows > kMostTapedRows && block->firstAt == block->lastAt;
}

/// All; or of more rows than are offered the newest part whose blocks have no more, and at least those of one
/// moment: a part has all of them or none.
void offer(TapeSurvey& survey) {
    std::vector<const tape_layout::BlockHeader*> blocks;
    for (const TapedSource& source : survey.sources) {
        for (const Block& block : survey.tape->tracks()[source.track].blocks) {
            if (block.header.rows > 0) blocks.push_back(&block.header);
        }
    }
    std::stable_sort(blocks.begin(), blocks.end(),
                     [](const auto* a, const auto* b) { return a->firstAt > b->firstAt; });
    std::set<Millis> overfull;
    for (const auto* block : blocks) {
        if (fitsNoTest(block)) overfull.insert(block->firstAt);
    }
    const auto beginsOverfull = [&overfull](const auto* block) { return overfull.contains(block->firstAt); };
    survey.tooMuchAtOnce = std::all_of(blocks.begin(), blocks.end(), [&](const auto* block) {
        return block->firstAt == block->lastAt && beginsOverfull(block);
    });
    survey.offered = survey.all;
    if (survey.rows <= kOfferedTapedRows) return;
    const auto newest = survey.tooMuchAtOnce ? blocks.begin()
                                             : std::find_if_not(blocks.begin(), blocks.end(), beginsOverfull);
    // Only within a block there are rows to choose: the person finds them.
    if (newest == blocks.end()) return;
    TapeSpan& offered = survey.offered;
    if (newest != blocks.begin()) {
        // Of another source a block that is passed by may have come meanwhile.
        offered.until = std::min<Millis>((*newest)->lastAt, (*std::prev(newest))->firstAt - 1);
    }
    std::uint64_t rows = 0;
    for (auto block = newest; block != blocks.end();) {
        const Millis moment = (*block)->firstAt;
        const auto next = std::find_if(block, blocks.end(),
                                       [moment](const auto* other) { return other->firstAt != moment; });
        for (auto each = block; each != next; ++each) rows += (*each)->rows;
        if (rows > kOfferedTapedRows && block != newest) break;
        offered.from = moment;
        block = next;
    }
}

}  // namespace

bool TapeAtHand::any() const {
    return !file.empty() || (kept != nullptr && kept->kept().any);
}

Result<TapeFileRef> TapeAtHand::open() const {
    if (!file.empty()) return TapeFile::open(file);
    if (kept != nullptr) return kept->tape();
    return noRows();
}

Result<std::vector<TapedSource>> tapedSources(const MadeTestQuestion& question, const TapeFile& tape) {
    RW_TRY_ASSIGN(const std::vector<NodeId> sources, sourcesAbove(question));
    const std::vector<TapeSource>& taped = tape.head().start.sources;
    std::vector<TapedSource> all;
    for (const NodeId& id : sources) {
        const auto found = std::find_if(taped.begin(), taped.end(),
                                        [&id](const TapeSource& each) { return each.node == id; });
        const Node& source = *question.pipeline.find(id);
        if (found == taped.end() || found->type != source.type) return otherColumns(id);
        const auto known = question.schemas.find(id);
        if (known != question.schemas.end() && !(*known->second == *found->schema)) return otherColumns(id);
        all.push_back({id, static_cast<std::size_t>(found - taped.begin())});
    }
    return all;
}

Result<TapeSurvey> surveyTape(const MadeTestQuestion& question, const TapeFileRef& tape,
                              const std::atomic<bool>& dropped) {
    TapeSurvey survey;
    survey.tape = tape;
    survey.began = tape->head().start.began;
    survey.bars.assign(TapeSurvey::kBars, 0);
    RW_TRY_ASSIGN(survey.sources, tapedSources(question, *tape));
    Millis from = std::numeric_limits<Millis>::max(), until = 0;
    for (const TapedSource& source : survey.sources) {
        for (const Block& block : tape->tracks()[source.track].blocks) {
            if (block.header.rows == 0) continue;
            survey.rows += block.header.rows;
            from = std::min<Millis>(from, block.header.firstAt);
            until = std::max<Millis>(until, block.header.lastAt);
        }
        if (dropped) return Status(ErrorCode::Cancelled, RW_TEXT("pipeline_tests", "It was cancelled."));
    }
    if (survey.rows == 0) return noRows();
    survey.all = {from, until};
    for (const TapedSource& source : survey.sources) {
        for (const Block& block : tape->tracks()[source.track].blocks) addBars(survey, block.header);
    }
    offer(survey);
    return survey;
}

std::uint64_t SpanRows::all() const {
    return std::accumulate(bySource.begin(), bySource.end(), std::uint64_t{0});
}

bool SpanRows::isTooMuchAtOnce() const {
    return all() > kMostTapedRows && came.from == came.until;
}

Result<SpanRows> rowsInSpan(const TapeSurvey& survey, TapeSpan span, const std::atomic<bool>& dropped) {
    SpanRows in;
    in.came = {std::numeric_limits<Millis>::max(), std::numeric_limits<Millis>::min()};
    const auto add = [&in](std::uint64_t rows, Millis first, Millis last) {
        in.bySource.back() += rows;
        if (rows == 0) return;
        in.came = {std::min(in.came.from, first), std::max(in.came.until, last)};
    };
    for (const TapedSource& source : survey.sources) {
        in.bySource.push_back(0);
        for (const Block& block : survey.tape->tracks()[source.track].blocks) {
            const tape_layout::BlockHeader& header = block.header;
            if (dropped) return Status(ErrorCode::Cancelled, RW_TEXT("pipeline_tests", "It was cancelled."));
            if (header.rows == 0 || header.lastAt < span.from || header.firstAt > span.until) continue;
            if (span.holds(header.firstAt) && span.holds(header.lastAt)) {
                add(header.rows, header.firstAt, header.lastAt);
                continue;
            }
            RW_TRY_ASSIGN(const std::string payload, survey.tape->read(block));
            RW_TRY_ASSIGN(const std::vector<SavedPiece> pieces, loadPieces(payload));
            for (const SavedPiece& saved : pieces) {
                if (saved.piece.kind != TapePiece::Kind::Rows || !span.holds(saved.piece.at)) continue;
                RW_TRY_ASSIGN(const std::uint64_t count, saved.rows.u64("rows"));
                add(count, saved.piece.at, saved.piece.at);
            }
        }
    }
    return in;
}

}  // namespace rw::ui
