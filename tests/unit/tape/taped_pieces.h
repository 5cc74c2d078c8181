// Pieces of input for tapes, and a reader of them.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "core/tape/tape_piece.h"
#include "tests/support/batch_of.h"
#include "tests/support/simulated_clock.h"
#include "tests/support/tape_in_memory.h"

namespace rw::test {

/// A column of every type.
inline SchemaRef everyType() {
    return schemaOf({{"yes", Type::of(TypeId::Boolean)},
                     {"i", Type::of(TypeId::Int)},
                     {"b", Type::of(TypeId::Bigint)},
                     {"d", Type::of(TypeId::Double)},
                     {"m", Type::decimal(30, 2)},
                     {"s", Type::of(TypeId::String)},
                     {"day", Type::of(TypeId::Date)},
                     {"ts", Type::of(TypeId::Timestamp)},
                     {"y", Type::of(TypeId::Bytes)}});
}

/// Two rows, the second of NULLs alone, of a piece unlike any other.
inline Batch rowsOf(std::int64_t number) {
    const Value null;
    Batch batch = batchOf(
        everyType(), {{number % 2 == 0, static_cast<std::int32_t>(number), number << 40,
                       static_cast<double>(number) / 3, static_cast<Int128>(number) << 70,
                       "text " + std::to_string(number) + std::string(static_cast<std::size_t>(number), 'x'),
                       static_cast<std::int32_t>(-number), number * 1000,
                       std::string("\0\xff", 2) + std::to_string(number)},
                      {null, null, null, null, null, null, null, null, null}});
    batch.positions.first = 0;
    return batch;
}

inline TapePiece rowsPiece(std::int64_t number) {
    TapePiece piece;
    piece.order = static_cast<std::uint64_t>(number);
    piece.at = number * 10;
    piece.arrived = 5'000 + number;
    piece.partition = number % 2 == 0 ? "a" : "b";
    piece.rows.batches.push_back(rowsOf(number));
    piece.rows.rowsRead = 3;
    piece.rows.bad.push_back(
        {2, RW_TEXT("tape_test", "“%1” is wrong: %2").with("x", RW_TEXT("tape_test", "no number")), "raw"});
    return piece;
}

inline TapePiece marksPiece() {
    TapePiece piece;
    piece.kind = TapePiece::Kind::Marks;
    piece.marks = {{TapeMark::Kind::Found, "a", kMinTimestamp},
                   {TapeMark::Kind::Advanced, "a", 77},
                   {TapeMark::Kind::Ended, "b", kMaxTimestamp}};
    return piece;
}

inline TapeStart startOf(std::size_t sources) {
    TapeStart start;
    start.began = 1'700'000'000'000;
    start.seed = 42;
    start.parallelism = 3;
    start.batchRows = 7;
    start.pipeline.name = "name";
    for (std::size_t i = 0; i < sources; ++i) {
        const std::string id = "source_" + std::to_string(i);
        Node node;
        node.id = id;
        node.type = "scripted";
        node.params = {{"outside", "world"}};
        start.pipeline.nodes.push_back(node);
        start.sources.push_back({id, "scripted", everyType(), true});
    }
    return start;
}

/// Begins the tape of so many sources.
inline Status openTape(const TapeInMemory& tape, std::size_t sources = 1) {
    MakeContext context;
    context.outputs = tape.disk;
    context.clock = std::make_shared<SimulatedClock>();
    return tape.recorder->open(context, startOf(sources));
}

/// All pieces of a source, with their rows.
inline Result<std::vector<TapePiece>> piecesOf(const TapeFile& tape, std::size_t source) {
    std::vector<TapePiece> all;
    for (const TapeFile::Block& block : tape.tracks()[source].blocks) {
        RW_TRY_ASSIGN(const std::string payload, tape.read(block));
        RW_TRY_ASSIGN(const std::vector<SavedPiece> pieces, loadPieces(payload));
        for (const SavedPiece& saved : pieces) {
            TapePiece piece = saved.piece;
            piece.rows = {};
            if (piece.kind == TapePiece::Kind::Rows) RW_TRY(loadRows(saved.rows, piece.rows));
            all.push_back(std::move(piece));
        }
    }
    return all;
}

/// A piece in words: equal words, equal pieces.
inline std::string described(const TapePiece& piece) {
    std::string out = std::to_string(static_cast<int>(piece.kind)) + " " + std::to_string(piece.order) + " " +
                      std::to_string(piece.at) + " " + std::to_string(piece.arrived) + " " + piece.partition +
                      " " + std::to_string(piece.rows.rowsRead);
    for (const TapeMark& mark : piece.marks) {
        out += " mark " + std::to_string(static_cast<int>(mark.kind)) + mark.partition +
               std::to_string(mark.advancedTo);
    }
    for (const BadRow& bad : piece.rows.bad)
        out += " bad " + std::to_string(bad.index) + english(bad.reason) + bad.text;
    StateWriter rows;
    for (const Batch& batch : piece.rows.batches) rows.batch("batch", batch);
    return out + rows.finish();
}

}  // namespace rw::test
