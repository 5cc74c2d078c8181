// The offsets of rows beside the pieces of a block: they are read back as they were, cost next to nothing
// where there are no gaps, and where they are broken or of an older program none is known.
#include <QtTest/QtTest>
#include <filesystem>
#include <limits>
#include <map>

#include "core/tape/tape_offsets.h"
#include "tests/unit/tape/taped_pieces.h"

using namespace rw;
using namespace rw::test;

namespace {

using Offsets = std::vector<std::int64_t>;

constexpr std::int64_t kLastOffset = std::numeric_limits<std::int64_t>::max();

/// Rows of which nothing but their offsets is known.
TapePiece pieceOfOffsets(const std::string& partition, const Offsets& offsets) {
    TapePiece piece;
    piece.partition = partition;
    piece.rows.rowsRead = static_cast<std::uint32_t>(offsets.size());
    for (const std::int64_t offset : offsets) piece.offsets.add(offset);
    return piece;
}

TapePiece pieceWithout(const std::string& partition, std::uint32_t rows) {
    TapePiece piece = pieceOfOffsets(partition, {});
    piece.rows.rowsRead = rows;
    return piece;
}

Offsets following(std::int64_t first, std::int64_t rows, std::int64_t step = 1) {
    Offsets all;
    for (std::int64_t i = 0; i < rows; ++i) all.push_back(first + i * step);
    return all;
}

/// A block of these pieces; `field`: as their offsets.
std::string blockOf(const std::vector<TapePiece>& pieces, const std::optional<std::string>& field = {}) {
    StateWriter out;
    TapeOffsets offsets;
    for (const TapePiece& piece : pieces) {
        savePiece(out, piece);
        offsets.add(piece);
    }
    if (field) {
        out.bytes("offsets", *field);
    } else {
        offsets.save(out);
    }
    return out.finish();
}

Result<TapeOffsets> readBack(const std::string& block) {
    RW_TRY_ASSIGN(const std::vector<SavedPiece> pieces, loadPieces(block));
    return TapeOffsets::load(block, pieces);
}

/// Empty: the offsets of all rows are those of the pieces.
std::string wrongIn(const TapeOffsets& read, const std::vector<TapePiece>& pieces) {
    std::map<std::string, std::uint64_t> rows;
    for (const TapePiece& piece : pieces) {
        for (std::uint64_t row = 0; row < piece.rows.rowsRead; ++row) {
            const std::uint64_t place = rows[piece.partition]++;
            const auto offset = read.at(piece.partition, place);
            if (offset != piece.offsets.at(row)) {
                return piece.partition + " row " + std::to_string(place) + ": " +
                       (offset ? std::to_string(*offset) : "not known");
            }
        }
    }
    for (const auto& [partition, count] : rows) {
        if (read.at(partition, count)) return "there is a row behind the last one of " + partition;
    }
    return {};
}

std::size_t costOf(const std::vector<TapePiece>& pieces) {
    std::vector<TapePiece> without = pieces;
    for (TapePiece& piece : without) piece.offsets = {};
    return blockOf(pieces).size() - blockOf(without).size();
}

}  // namespace

class TestTapeOffsets : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void rowsThatFollowAreOneRun() {
        RowOffsets offsets;
        offsets.add(40, 3);
        offsets.add(43);
        offsets.add(45, 2);
        QCOMPARE(offsets.runs().size(), std::size_t{2});
        QCOMPARE(offsets.rows(), std::uint64_t{6});
        QVERIFY(offsets.at(3) == 43 && offsets.at(4) == 45 && offsets.at(5) == 46 && !offsets.at(6));
        RowOffsets all;
        all.add(38, 2);
        all.add(offsets);
        QCOMPARE(all.runs().size(), std::size_t{2});
        QVERIFY(all.at(0) == 38 && all.at(2) == 40 && all.at(7) == 46 && !RowOffsets().at(0));
    }

    void areReadBack_data() {
        QTest::addColumn<std::vector<TapePiece>>("pieces");
        QTest::newRow("one row") << std::vector{pieceOfOffsets("t/0", {41'207})};
        QTest::newRow("from the first on") << std::vector{pieceOfOffsets("t/0", following(0, 1'000))};
        QTest::newRow("one after the other") << std::vector{pieceOfOffsets("t/0", following(7, 300)),
                                                            pieceOfOffsets("t/0", following(307, 300))};
        QTest::newRow("short transactions") << std::vector{pieceOfOffsets("t/0", following(100, 500, 2))};
        QTest::newRow("a compacted topic") << std::vector{
            pieceOfOffsets("t/0", {0, 3, 4, 5, 900, 901, 70'000}), pieceOfOffsets("t/0", {70'001, 80'000})};
        QTest::newRow("partitions by turns")
            << std::vector{pieceOfOffsets("t/1", following(50, 3)), pieceOfOffsets("t/0", {0, 2}),
                           pieceOfOffsets("t/1", {53, 60}), pieceOfOffsets("u/1", {kLastOffset}),
                           pieceOfOffsets("t/0", {3})};
        QTest::newRow("a topic that was made again")
            << std::vector{pieceOfOffsets("t/0", following(500, 3)), pieceOfOffsets("t/0", following(0, 4)),
                           pieceOfOffsets("t/0", {2, 3})};
        QTest::newRow("beyond what a DOUBLE counts")
            << std::vector{pieceOfOffsets("t/0", {(std::int64_t{1} << 53) + 1, (std::int64_t{1} << 53) + 3,
                                                  kLastOffset - 1, kLastOffset}),
                           pieceOfOffsets("t/0", {0, kLastOffset})};
        QTest::newRow("beside some that are not known")
            << std::vector{pieceOfOffsets("t/0", following(5, 3)), pieceWithout("t/1", 4),
                           pieceOfOffsets("t/2", following(9, 2)), marksPiece()};
    }
    void areReadBack() {
        QFETCH(const std::vector<TapePiece>, pieces);
        const Result<TapeOffsets> read = readBack(blockOf(pieces));
        QVERIFY2(read.ok(), read.ok() ? "" : english(read.error()).c_str());
        const std::string wrong = wrongIn(*read, pieces);
        QVERIFY2(wrong.empty(), wrong.c_str());
    }

    /// Those behind a piece that lacks them would stand at wrong rows.
    void aPieceWithoutThemHidesThoseOfItsPartition() {
        TapePiece cut = pieceOfOffsets("t/1", following(5, 3));
        cut.rows.rowsRead = 2;
        const Result<TapeOffsets> read =
            readBack(blockOf({pieceOfOffsets("t/0", {1, 2}), pieceWithout("t/0", 1),
                              pieceOfOffsets("t/0", {4}), cut, pieceOfOffsets("t/2", {8})}));
        QVERIFY(read.ok());
        for (std::uint64_t row = 0; row < 5; ++row) QVERIFY(!read->at("t/0", row) && !read->at("t/1", row));
        QVERIFY(read->at("t/2", 0) == 8);
    }

    void whoHasNoneWritesNone() {
        const std::string block = blockOf({pieceWithout("t/0", 3), marksPiece()});
        const Result<StateReader> in = StateReader::open(block);
        QVERIFY(in.ok() && !in->has("offsets"));
        const Result<TapeOffsets> read = readBack(block);
        QVERIFY(read.ok() && !read->at("t/0", 0) && !read->at("", 0));
    }

    /// Of a topic without gaps some bytes a block, however its rows came.
    void costNextToNothing() {
        std::vector<TapePiece> single, large, gaps;
        for (int i = 0; i < 2'000; ++i) {
            const std::string partition = "t/" + std::to_string(i % 4);
            single.push_back(pieceOfOffsets(partition, {40'000'000 + i / 4}));
            large.push_back(pieceOfOffsets(partition, following(40'000'000 + i / 4 * 100, 100)));
            gaps.push_back(pieceOfOffsets(partition, following(40'000'000 + i / 4 * 20, 10, 2)));
        }
        QVERIFY2(costOf(single) <= 64, std::to_string(costOf(single)).c_str());
        QVERIFY2(costOf(large) <= 64, std::to_string(costOf(large)).c_str());
        QVERIFY2(costOf(gaps) <= 20'000 + 64, std::to_string(costOf(gaps)).c_str());
    }

    void brokenOnesAreAnError_data() {
        QTest::addColumn<QByteArray>("field");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("too few") << QByteArray("\x04", 1);
        QTest::newRow("too many") << QByteArray("\x08", 1);
        QTest::newRow("more bytes") << QByteArray("\x06\x06", 2);
        QTest::newRow("not known in the middle") << QByteArray("\x04\x00", 2);
        QTest::newRow("no end of a number") << QByteArray("\x80\x80", 2);
        QTest::newRow("a number of more than 64 bits")
            << QByteArray("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x03\x04");
        QTest::newRow("no offset behind its sign") << QByteArray("\x01", 1);
        QTest::newRow("an offset below 0") << QByteArray("\x01\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01\x04");
        QTest::newRow("rows behind the last offset")
            << QByteArray("\x01\xff\xff\xff\xff\xff\xff\xff\xff\x7f\x04");
        QTest::newRow("a gap behind the last offset")
            << QByteArray("\x01\xff\xff\xff\xff\xff\xff\xff\xff\x7f\x03\x02");
    }
    void brokenOnesAreAnError() {
        QFETCH(const QByteArray, field);
        const std::vector<TapePiece> pieces{pieceWithout("t/0", 3)};
        const Result<TapeOffsets> whole = readBack(blockOf(pieces, std::string("\x06")));
        QVERIFY(whole.ok() && whole->at("t/0", 2) == 2);
        QVERIFY(!readBack(blockOf(pieces, field.toStdString())).ok());
    }

    /// A byte each, which packs to nothing: what is read back must not fill the memory.
    void moreGapsThanABlockCanHaveAreAnError() {
        constexpr std::uint32_t kMany = (std::uint32_t{1} << 23) + 1;
        const std::vector<TapePiece> pieces{pieceWithout("t/0", kMany)};
        QVERIFY(!readBack(blockOf(pieces, std::string(kMany, '\x03'))).ok());
    }

    void cutAnywhereIsAnError() {
        const std::vector<TapePiece> pieces{pieceOfOffsets("t/0", {3, 4, 900, 70'000}),
                                            pieceOfOffsets("t/1", {8, 5, 6})};
        const std::string whole = blockOf(pieces);
        const Result<StateReader> in = StateReader::open(whole);
        QVERIFY(in.ok());
        const Result<std::string_view> field = in->bytes("offsets");
        QVERIFY(field.ok() && field->size() > 6);
        for (std::size_t size = 0; size < field->size(); ++size)
            QVERIFY2(!readBack(blockOf(pieces, std::string(field->substr(0, size)))).ok(),
                     std::to_string(size).c_str());
    }

    /// Each block has its own: what is behind a cut is not needed.
    void aTapeThatWasCutHasThemInItsWholeBlocks() {
        TapeInMemory tape;
        QVERIFY(openTape(tape).ok());
        const std::vector<TapePiece> first{pieceOfOffsets("t/0", following(5, 10)),
                                           pieceOfOffsets("t/1", {70})},
            second{pieceOfOffsets("t/1", {71, 75}), pieceOfOffsets("t/0", following(15, 10))};
        std::uint64_t until = 0;
        for (const std::vector<TapePiece>& block : {first, second}) {
            for (const TapePiece& piece : block) QVERIFY(tape.recorder->write(0, piece).ok());
            QVERIFY(tape.recorder->flush().ok());
            if (until == 0) until = tape.recorder->bytes();
        }
        const std::string bytes = tape.bytes();
        for (const std::size_t size : {bytes.size(), bytes.size() - 1, std::size_t{until + 1}}) {
            const auto read = readTape(bytes.substr(0, size));
            QVERIFY(read.ok());
            const std::vector<TapeFile::Block>& blocks = (*read)->tracks()[0].blocks;
            QCOMPARE(blocks.size(), size == bytes.size() ? std::size_t{2} : std::size_t{1});
            for (std::size_t i = 0; i < blocks.size(); ++i) {
                const Result<std::string> payload = (*read)->read(blocks[i]);
                QVERIFY(payload.ok());
                const Result<TapeOffsets> offsets = readBack(*payload);
                QVERIFY(offsets.ok());
                const std::string wrong = wrongIn(*offsets, i == 0 ? first : second);
                QVERIFY2(wrong.empty(), wrong.c_str());
            }
        }
    }

    void olderTapesHaveNone() {
        namespace fs = std::filesystem;
        int blocks = 0;
        for (const auto& file :
             fs::recursive_directory_iterator(fs::path(RILLWRIGHT_SOURCE) / "tests/fixtures")) {
            if (file.path().extension() != ".rill-tape") continue;
            const auto tape = TapeFile::open(file.path().string());
            QVERIFY2(tape.ok(), file.path().c_str());
            for (const TapeFile::Track& track : (*tape)->tracks()) {
                for (const TapeFile::Block& block : track.blocks) {
                    ++blocks;
                    const Result<std::string> payload = (*tape)->read(block);
                    QVERIFY2(payload.ok(), file.path().c_str());
                    const Result<TapeOffsets> offsets = readBack(*payload);
                    QVERIFY2(offsets.ok() && !offsets->at("", 0), file.path().c_str());
                }
            }
        }
        QVERIFY(blocks > 0);
    }
};

QTEST_APPLESS_MAIN(TestTapeOffsets)
#include "test_tape_offsets.moc"
