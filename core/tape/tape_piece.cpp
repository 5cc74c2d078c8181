#include "core/tape/tape_piece.h"

#include <limits>
#include <utility>

#include "core/tape/tape_text.h"

namespace rw {

namespace {

constexpr std::uint32_t kPieceVersion = 1;

void saveRows(StateWriter& out, const ParsedChunk& rows) {
    out.u64("rows", rows.rowsRead);
    for (const Batch& batch : rows.batches) {
        out.record("part", 1, [&batch](StateWriter& record) { record.batch("batch", batch); });
    }
    for (const BadRow& bad : rows.bad) {
        out.record("bad", 1, [&bad](StateWriter& record) {
            record.u64("index", bad.index);
            saveText(record, "reason", bad.reason);
            record.bytes("text", bad.text);
        });
    }
}

Status loadMarks(const StateReader& record, std::vector<TapeMark>& marks) {
    RW_TRY_ASSIGN(const std::vector<StateReader> all, record.records("mark"));
    for (const StateReader& one : all) {
        TapeMark mark;
        RW_TRY_ASSIGN(const std::uint64_t kind, one.u64("kind"));
        if (kind > static_cast<std::uint64_t>(TapeMark::Kind::Ended)) return brokenState("a mark");
        mark.kind = static_cast<TapeMark::Kind>(kind);
        RW_TRY_ASSIGN(const std::string_view partition, one.bytes("partition"));
        mark.partition = partition;
        RW_TRY_ASSIGN(mark.advancedTo, one.i64("raise"));
        marks.push_back(std::move(mark));
    }
    return {};
}

Result<SavedPiece> loadPiece(const StateReader& record) {
    SavedPiece out{{}, record};
    TapePiece& piece = out.piece;
    if (record.version() != kPieceVersion) return brokenState("version of a piece");
    RW_TRY_ASSIGN(const std::uint64_t kind, record.u64("kind"));
    if (kind > static_cast<std::uint64_t>(TapePiece::Kind::Stopped)) return brokenState("kind of a piece");
    piece.kind = static_cast<TapePiece::Kind>(kind);
    RW_TRY_ASSIGN(piece.order, record.u64("order"));
    RW_TRY_ASSIGN(piece.at, record.i64("at"));
    if (piece.at < 0) return brokenState("the time of a piece");
    RW_TRY_ASSIGN(piece.watermark, record.i64("watermark"));
    RW_TRY_ASSIGN(piece.arrived, record.i64("arrived", 0));
    RW_TRY_ASSIGN(const std::string_view partition, record.bytes("partition", {}));
    piece.partition = partition;
    RW_TRY(loadMarks(record, piece.marks));
    RW_TRY_ASSIGN(const std::uint64_t rows, record.u64("rows", 0));
    if (rows > std::numeric_limits<std::uint32_t>::max()) return brokenState("the rows of a piece");
    piece.rows.rowsRead = static_cast<std::uint32_t>(rows);
    return out;
}

}  // namespace

void savePiece(StateWriter& out, const TapePiece& piece) {
    out.record("piece", kPieceVersion, [&piece](StateWriter& record) {
        record.u64("kind", static_cast<std::uint64_t>(piece.kind));
        record.u64("order", piece.order);
        record.i64("at", piece.at);
        record.i64("watermark", piece.watermark);
        for (const TapeMark& mark : piece.marks) {
            record.record("mark", 1, [&mark](StateWriter& inner) {
                inner.u64("kind", static_cast<std::uint64_t>(mark.kind));
                inner.bytes("partition", mark.partition);
                inner.i64("raise", mark.advancedTo);
            });
        }
        if (piece.kind != TapePiece::Kind::Rows) return;
        record.i64("arrived", piece.arrived);
        record.bytes("partition", piece.partition);
        saveRows(record, piece.rows);
    });
}

Result<std::vector<SavedPiece>> loadPieces(std::string_view payload) {
    RW_TRY_ASSIGN(const StateReader in, StateReader::open(payload));
    RW_TRY_ASSIGN(const std::vector<StateReader> records, in.records("piece"));
    std::vector<SavedPiece> pieces;
    pieces.reserve(records.size());
    for (const StateReader& record : records) {
        RW_TRY_ASSIGN(SavedPiece piece, loadPiece(record));
        pieces.push_back(std::move(piece));
    }
    return pieces;
}

Status loadRows(const StateReader& piece, ParsedChunk& out) {
    RW_TRY_ASSIGN(const std::uint64_t rows, piece.u64("rows"));
    out.rowsRead = static_cast<std::uint32_t>(rows);
    RW_TRY_ASSIGN(const std::vector<StateReader> parts, piece.records("part"));
    for (const StateReader& part : parts) {
        RW_TRY_ASSIGN(Batch batch, part.batch("batch"));
        out.batches.push_back(std::move(batch));
    }
    RW_TRY_ASSIGN(const std::vector<StateReader> bad, piece.records("bad"));
    for (const StateReader& one : bad) {
        RW_TRY_ASSIGN(const std::uint64_t index, one.u64("index"));
        if (index >= rows) return brokenState("the place of a bad row");
        RW_TRY_ASSIGN(Text reason, loadText(one, "reason"));
        RW_TRY_ASSIGN(const std::string_view text, one.bytes("text"));
        out.bad.push_back({static_cast<std::uint32_t>(index), std::move(reason), std::string(text)});
    }
    return {};
}

}  // namespace rw
