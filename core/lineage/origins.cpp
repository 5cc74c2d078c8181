#include "core/lineage/origins.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>

#include "core/lineage/upstream.h"
#include "core/stream/rows/cell_compare.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "core/stream/tells_origins.h"
#include "core/tape/tape_piece.h"

namespace rw {

namespace {

bool readsFiles(const NodeKind& kind) {
    return std::any_of(kind.params.begin(), kind.params.end(),
                       [](const ParamSpec& spec) { return spec.kind == ParamKind::InputPath; });
}

/// The source itself, to be asked where its rows stand; null: it reads no files.
std::unique_ptr<Source> sourceOf(const LineageQuestion& question, const PlannedNode& node,
                                 const sql::EvalContext& eval) {
    if (!readsFiles(*node.kind)) return nullptr;
    MakeContext context;
    context.node = node.node;
    context.folder = question.plan->folder;
    context.clock = question.clock ? question.clock : systemClock();
    context.files = question.files;
    context.eval = eval;
    context.wanted = ColumnSet(node.bound->outputs.front().schema->size(), true);
    context.bounded = true;
    context.stopping = question.isCancelled;
    Result<Made> made = node.kind->make(*node.bound, context);
    if (!made.ok()) return nullptr;
    auto* const source = std::get_if<std::unique_ptr<Source>>(&*made);
    return source ? std::move(*source) : nullptr;
}

bool sameValues(const Batch& a, std::size_t rowA, const Batch& b, std::size_t rowB) {
    return a.columns.size() == b.columns.size() && sameRow(a.columns, rowA, b.columns, rowB);
}

/// Files and lines. What the file has at the row's place now must be the row.
Status setPlaces(const LineageQuestion& question, const PlannedNode& node, const sql::EvalContext& eval,
                 const std::vector<LineageRow*>& rows, std::vector<Text>& notes) {
    const std::unique_ptr<Source> source = sourceOf(question, node, eval);
    auto* const teller = dynamic_cast<TellsOrigins*>(source.get());
    if (!teller) return {};
    std::vector<std::int64_t> numbers;
    for (const LineageRow* row : rows) numbers.push_back(row->origin->number);
    const auto places = teller->origins(numbers, question.isCancelled);
    if (!places.ok()) {
        if (places.error().code == ErrorCode::Cancelled) return places.status();
        notes.push_back(RW_TEXT("lineage", "Lines of files are not known. %1").with(places.error().message));
        return {};
    }
    bool changed = false;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const PlaceInFile& place = (*places)[i];
        const bool same = place.row.rows > 0 && sameValues(place.row, 0, rows[i]->row, 0);
        changed = changed || !same;
        if (!same) continue;
        rows[i]->origin->file = place.file;
        rows[i]->origin->line = place.line;
        rows[i]->origin->text = place.text;
    }
    if (changed)
        notes.push_back(
            RW_TEXT("lineage", "The files of “%1” have changed since: where its rows stood is not known.")
                .with(titleOf(node)));
    return {};
}

/// Where the rows of a piece are looked for, by partition.
struct Reached {
    std::int64_t rows = 0;  ///< of the pieces before
    std::vector<LineageRow*> wanted{};
};

bool hasRow(const SavedPiece& piece, std::int64_t number, const LineageRow& row) {
    ParsedChunk parsed;
    if (!loadRows(piece.rows, parsed).ok()) return false;
    for (const Batch& batch : parsed.batches) {
        for (std::size_t i = 0; i < batch.rows; ++i) {
            if (batch.positions.known() && batch.positions.at(i) == number)
                return sameValues(batch, i, row.row, 0);
        }
    }
    return false;
}

/// When the recorded run read them, and of which partition they are.
void setMoments(const TapeFile& tape, const NodeId& node, const std::vector<LineageRow*>& rows) {
    const auto& sources = tape.head().start.sources;
    const auto found = std::find_if(sources.begin(), sources.end(),
                                    [&](const TapeSource& source) { return source.node == node; });
    if (found == sources.end()) return;
    const auto number = static_cast<std::size_t>(found - sources.begin());
    std::map<std::string, std::int64_t> before = tape.rowsBefore(number);  // rows of each partition
    for (const TapeFile::Block& block : tape.tracks()[number].blocks) {
        const Result<std::string> payload = tape.read(block);
        if (!payload.ok()) return;
        const Result<std::vector<SavedPiece>> pieces = loadPieces(*payload);
        if (!pieces.ok()) return;
        for (const SavedPiece& saved : *pieces) {
            std::int64_t& first = before[saved.piece.partition];
            const std::int64_t count = saved.piece.rows.rowsRead;
            for (LineageRow* const row : rows) {
                const std::int64_t place = row->origin->number - first;
                if (row->origin->taped || place < 0 || place >= count) continue;
                if (found->several && !hasRow(saved, place, *row)) continue;
                row->origin->taped = saturatingAdd(tape.head().start.began, saved.piece.at);
                row->origin->partition = saved.piece.partition;
            }
            first += count;
        }
    }
}

}  // namespace

Status setOrigins(const LineageQuestion& question, const PlannedNode& source, const sql::EvalContext& eval,
                  std::vector<LineageRow*> rows, std::vector<Text>& notes) {
    std::erase_if(rows, [](const LineageRow* row) { return !row->row.positions.known(); });
    if (rows.empty()) return {};
    for (LineageRow* const row : rows) row->origin = RowOrigin{row->row.positions.at(0)};
    std::sort(rows.begin(), rows.end(),
              [](const LineageRow* a, const LineageRow* b) { return a->origin->number < b->origin->number; });
    if (question.tape) setMoments(*question.tape, source.node, rows);
    if (source.bound->outputs.front().sourceOrder) RW_TRY(setPlaces(question, source, eval, rows, notes));
    return {};
}

}  // namespace rw
