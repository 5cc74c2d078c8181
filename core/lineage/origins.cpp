#include "core/lineage/origins.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "core/data/state_reader.h"
#include "core/lineage/upstream.h"
#include "core/runtime/partition_ordinals.h"
#include "core/stream/rows/cell_compare.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "core/stream/tells_origins.h"
#include "core/tape/tape_offsets.h"

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

/// Which partition a row is of that a replay gave: rows have its place among the others in the number of
/// their wire. Partitions get theirs as in that run (SourceFeed::learn).
class PartitionWires {
 public:
    PartitionWires(const TapeFile& tape, const NodeId& node) {
        if (!tape.from()) return;
        const auto states = tape.from()->states.find({node, 0});
        if (states == tape.from()->states.end() || states->second.empty()) return;
        const Result<StateReader> state = StateReader::open(states->second.front());
        if (!state.ok()) return;
        const auto records = state->records("partition");
        if (!records.ok()) return;
        for (const StateReader& record : *records) {
            const auto name = record.bytes("name");
            const auto place = record.i64("place");
            if (name.ok() && place.ok()) m_ordinals.put(std::string(*name), *place);
        }
    }

    /// Those that a piece of the tape tells of.
    void find(const std::vector<TapeMark>& marks) {
        std::set<std::string> names;
        for (const TapeMark& mark : marks) {
            if (!mark.partition.empty()) names.insert(mark.partition);
        }
        for (const std::string& name : names) (void)m_ordinals.of(name);
    }

    bool isOf(const Batch& row, const std::string& partition) {
        const Result<std::int64_t> ordinal = m_ordinals.of(partition);
        return ordinal.ok() && *ordinal == row.wire % firstWireOf(1);
    }

 private:
    PartitionOrdinals m_ordinals{};
};

/// A change of a table is two rows of one number: as it was, and as it is.
bool hasRow(const ParsedChunk& rows, std::int64_t number, const LineageRow& row) {
    for (const Batch& batch : rows.batches) {
        for (std::size_t i = 0; i < batch.rows && batch.positions.known(); ++i) {
            if (batch.positions.at(i) == number && sameValues(batch, i, row.row, 0)) return true;
        }
    }
    return false;
}

/// Goes through the pieces of one source of a tape, for the places of rows of it.
class TapedPlaces {
 public:
    TapedPlaces(const TapeFile& tape, const PlannedNode& node, const std::vector<LineageRow*>& rows)
        : m_tape(tape),
          m_topics(dynamic_cast<const TellsPartitions*>(node.bound.get())),
          m_wires(tape, node.node) {
        for (LineageRow* const row : rows) m_sought.push_back({row});
    }

    /// Of the source with that number on the tape.
    void find(std::size_t number) {
        m_several = m_tape.head().start.sources[number].several;
        m_before = m_tape.rowsBefore(number);
        for (const TapeFile::Block& block : m_tape.tracks()[number].blocks) {
            const Result<std::string> payload = m_tape.read(block);
            if (!payload.ok()) return;
            const Result<std::vector<SavedPiece>> pieces = loadPieces(*payload);
            if (!pieces.ok()) return;
            findIn(*payload, *pieces);
        }
    }

 private:
    struct Sought {
        LineageRow* row;
        int found = 0;      ///< pieces that may have it
        bool sure = false;  ///< it is the one that was found last
    };

    void findIn(const std::string& payload, const std::vector<SavedPiece>& pieces) {
        std::map<std::string, std::uint64_t> inBlock;  // rows of each partition in the pieces before
        std::optional<TapeOffsets> offsets;
        for (const SavedPiece& saved : pieces) {
            const std::string& partition = saved.piece.partition;
            const std::int64_t count = saved.piece.rows.rowsRead;
            std::int64_t& first = m_before[partition];
            std::uint64_t& before = inBlock[partition];
            std::optional<ParsedChunk> parsed;
            m_wires.find(saved.piece.marks);
            for (Sought& sought : m_sought) {
                const std::int64_t place = sought.row->origin->number - first;
                if (sought.sure || place < 0 || place >= count) continue;
                if (m_several && !parsed) parsed = rowsOf(saved);
                if (m_several && !hasRow(*parsed, place, *sought.row)) continue;
                if (!isPlace(sought, partition)) continue;
                RowOrigin& origin = *sought.row->origin;
                take(origin, saved.piece);
                if (!origin.topic) continue;
                if (!offsets) offsets = offsetsOf(payload, pieces);
                origin.offset = offsets->at(partition, before + static_cast<std::uint64_t>(place));
            }
            first += count;
            before += static_cast<std::uint64_t>(count);
        }
    }

    /// Several partitions may have a row of that number with these values: then its wire says which it is of,
    /// and where it does not, none is named.
    bool isPlace(Sought& sought, const std::string& partition) {
        sought.sure = !m_several || m_wires.isOf(sought.row->row, partition);
        if (++sought.found == 1 || sought.sure) return true;
        RowOrigin& origin = *sought.row->origin;
        origin = RowOrigin{origin.number};
        return false;
    }

    void take(RowOrigin& origin, const TapePiece& piece) const {
        origin.taped = saturatingAdd(m_tape.head().start.began, piece.at);
        origin.partition = piece.partition;
        origin.topic = m_topics ? m_topics->partitionOf(piece.partition) : std::nullopt;
        origin.offset.reset();
    }

    /// None where they can't be read.
    static ParsedChunk rowsOf(const SavedPiece& piece) {
        ParsedChunk rows;
        return loadRows(piece.rows, rows).ok() ? rows : ParsedChunk();
    }
    static TapeOffsets offsetsOf(const std::string& payload, const std::vector<SavedPiece>& pieces) {
        Result<TapeOffsets> offsets = TapeOffsets::load(payload, pieces);
        return offsets.ok() ? *std::move(offsets) : TapeOffsets();
    }

    const TapeFile& m_tape;
    const TellsPartitions* const m_topics;  ///< the bound source; null: it reads no topics
    PartitionWires m_wires;
    bool m_several = false;
    std::vector<Sought> m_sought{};
    std::map<std::string, std::int64_t> m_before{};  ///< rows of each partition in all pieces before
};

/// When the recorded run read them, of which partition they are, and where they stand there.
void setPlacesOnTape(const TapeFile& tape, const PlannedNode& node, const std::vector<LineageRow*>& rows) {
    const auto& sources = tape.head().start.sources;
    const auto found = std::find_if(sources.begin(), sources.end(),
                                    [&](const TapeSource& source) { return source.node == node.node; });
    if (found == sources.end()) return;
    TapedPlaces(tape, node, rows).find(static_cast<std::size_t>(found - sources.begin()));
}

}  // namespace

Status setOrigins(const LineageQuestion& question, const PlannedNode& source, const sql::EvalContext& eval,
                  std::vector<LineageRow*> rows, std::vector<Text>& notes) {
    std::erase_if(rows, [](const LineageRow* row) { return !row->row.positions.known(); });
    if (rows.empty()) return {};
    for (LineageRow* const row : rows) row->origin = RowOrigin{row->row.positions.at(0)};
    std::sort(rows.begin(), rows.end(),
              [](const LineageRow* a, const LineageRow* b) { return a->origin->number < b->origin->number; });
    if (question.tape) setPlacesOnTape(*question.tape, source, rows);
    if (source.bound->outputs.front().sourceOrder) RW_TRY(setPlaces(question, source, eval, rows, notes));
    return {};
}

}  // namespace rw
