// A tape on disk: it is read as written, and of one that was cut, changed or is another's the intact part.
#include <QtTest/QtTest>
#include <cerrno>

#include "core/connect/files/tape_layout.h"
#include "tests/unit/tape/taped_pieces.h"

using namespace rw;
using namespace rw::test;

namespace {

std::string said(const Status& status) {
    return status.ok() ? std::string() : english(status.error());
}

/// A small tape of two sources, a block of each after each round.
std::string smallTape(int rounds, bool whole) {
    TapeInMemory tape;
    if (!openTape(tape, 2).ok()) return {};
    for (int round = 0; round < rounds; ++round) {
        if (!tape.recorder->write(0, rowsPiece(2 * round)).ok()) return {};
        if (!tape.recorder->write(1, rowsPiece(2 * round + 1)).ok()) return {};
        if (!tape.recorder->flush().ok()) return {};
    }
    if (whole && !tape.recorder->close({}).ok()) return {};
    return tape.bytes();
}

std::uint64_t piecesIn(const TapeFile& tape) {
    std::uint64_t pieces = 0;
    for (const TapeFile::Track& track : tape.tracks()) pieces += track.pieces;
    return pieces;
}

/// Whether the blocks are the beginning of those written.
bool isBeginning(const TapeFile& tape) {
    for (std::size_t source = 0; source < tape.tracks().size(); ++source) {
        const auto pieces = piecesOf(tape, source);
        if (!pieces.ok() || pieces->size() != tape.tracks()[source].pieces) return false;
        for (std::size_t i = 0; i < pieces->size(); ++i) {
            const auto number = static_cast<std::int64_t>(2 * i + source);
            if (described((*pieces)[i]) != described(rowsPiece(number))) return false;
        }
    }
    return true;
}

}  // namespace

class TestTapeFile : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    /// A tape of an earlier version does not say it.
    void theRunIsKnown() {
        TapeHead head{{}, startOf(1), {}};
        head.document.run = "4f2a";
        const Result<TapeHead> named = loadHead(saveHead(head));
        QVERIFY(named.ok());
        QCOMPARE(named->document.run, std::string("4f2a"));
        head.document.run.clear();
        const Result<TapeHead> unnamed = loadHead(saveHead(head));
        QVERIFY(unnamed.ok() && unnamed->document.run.empty());
    }

    void everyTypeComesBack() {
        TapeInMemory tape;
        QVERIFY(openTape(tape).ok());
        std::vector<TapePiece> given{marksPiece()};
        for (int number = 0; number < 40; ++number) given.push_back(rowsPiece(number));
        TapePiece last;
        last.kind = TapePiece::Kind::Stopped;
        last.at = 999;
        given.push_back(last);
        for (const TapePiece& piece : given) QVERIFY(tape.recorder->write(0, piece).ok());
        QVERIFY(
            tape.recorder->close({true, Status(ErrorCode::Row, RW_TEXT("tape_test", "%1!").with(3)).at("n")})
                .ok());
        const auto read = readTape(tape.bytes());
        QVERIFY2(read.ok(), said(read.status()).c_str());
        const TapeFile& file = **read;
        QVERIFY(file.whole());
        QCOMPARE(file.goodBytes(), tape.recorder->bytes());
        QCOMPARE(file.span(), Millis{999});
        QVERIFY(file.end().stopped);
        QCOMPARE(said(file.end().failed), std::string("n: 3!"));
        QCOMPARE(file.tracks()[0].rows, std::uint64_t{120});
        const auto pieces = piecesOf(file, 0);
        QVERIFY2(pieces.ok(), said(pieces.status()).c_str());
        QCOMPARE(pieces->size(), given.size());
        for (std::size_t i = 0; i < given.size(); ++i)
            QVERIFY2(described((*pieces)[i]) == described(given[i]), std::to_string(i).c_str());
    }

    /// Reading a long one can be stopped, at any block.
    void openingCanBeStopped() {
        auto files = std::make_shared<MemoryFiles>();
        files->replace(kTapePath, smallTape(3, true));
        int blocks = 0;
        const auto all = TapeFile::open(kTapePath, files, [&blocks] { return ++blocks < 0; });
        QVERIFY2(all.ok(), said(all.status()).c_str());
        QCOMPARE(blocks, 8);  // head, six with pieces, end
        for (int most = 0; most < blocks; ++most) {
            int asked = 0;
            const auto part = TapeFile::open(kTapePath, files, [&] { return asked++ == most; });
            QVERIFY(!part.ok() && part.status().error().code == ErrorCode::Cancelled);
            QCOMPARE(asked, most + 1);
        }
    }

    void saysWhatRan() {
        const auto read = readTape(smallTape(1, true));
        QVERIFY2(read.ok(), said(read.status()).c_str());
        const TapeHead& head = (*read)->head();
        QCOMPARE(head.document.text, std::string("text of it"));
        QCOMPARE(head.document.variables.at("v"), std::string("1"));
        QCOMPARE(head.start.began, Instant{1'700'000'000'000});
        QCOMPARE(head.start.seed, std::uint64_t{42});
        QCOMPARE(head.start.parallelism, 3);
        QCOMPARE(head.start.batchRows, std::size_t{7});
        QCOMPARE(head.start.pipeline.nodes.size(), std::size_t{2});
        QCOMPARE(head.start.pipeline.nodes[1].id, std::string("source_1"));
        QVERIFY(head.start.pipeline.nodes[0].params == startOf(2).pipeline.nodes[0].params);
        QVERIFY(*head.start.sources[0].schema == *everyType());
        QVERIFY(head.start.sources[0].several);
    }

    void aLargeTapeHasManyBlocks() {
        TapeInMemory tape;
        QVERIFY(openTape(tape).ok());
        constexpr int kPieces = 4'000;
        for (int number = 0; number < kPieces; ++number) {
            TapePiece piece = rowsPiece(number % 1000);
            piece.order = static_cast<std::uint64_t>(number);
            QVERIFY(tape.recorder->write(0, piece).ok());
        }
        QVERIFY(tape.recorder->close({}).ok());
        const auto read = readTape(tape.bytes());
        QVERIFY(read.ok());
        QVERIFY((*read)->tracks()[0].blocks.size() > 2);
        const auto pieces = piecesOf(**read, 0);
        QVERIFY(pieces.ok());
        QCOMPARE(pieces->size(), std::size_t{kPieces});
        for (std::size_t i = 0; i < pieces->size(); ++i) QCOMPARE((*pieces)[i].order, std::uint64_t{i});
    }

    void cutAtEveryByte() {
        const std::string whole = smallTape(3, true);
        QVERIFY(!whole.empty());
        std::uint64_t before = 0;
        int opened = 0;
        for (std::size_t size = 0; size <= whole.size(); ++size) {
            const auto read = readTape(whole.substr(0, size));
            if (!read.ok()) {
                QVERIFY2(opened == 0, "an error behind what could be read");
                QVERIFY(read.error().code == ErrorCode::Invalid);
                QVERIFY(!read.error().fix.empty());
                continue;
            }
            ++opened;
            const TapeFile& tape = **read;
            QCOMPARE(tape.whole(), size == whole.size());
            QVERIFY(!tape.damaged());
            QCOMPARE(tape.hasPieces(), piecesIn(tape) > 0);
            QVERIFY(tape.goodBytes() <= size);
            QVERIFY(piecesIn(tape) >= before);
            before = piecesIn(tape);
            QVERIFY(isBeginning(tape));
        }
        QVERIFY(opened > 0);
        QCOMPARE(before, std::uint64_t{6});
    }

    void wrongBytes() {
        const std::string whole = smallTape(3, true);
        constexpr std::size_t kReserved = 12;  // to the end of the file's header
        for (std::size_t at = 0; at < whole.size(); ++at) {
            if (at >= kReserved && at < tape_layout::kFileHeaderSize) continue;
            std::string changed = whole;
            changed[at] = static_cast<char>(changed[at] ^ 0x41);
            const auto read = readTape(changed);
            if (!read.ok()) continue;
            QVERIFY2(!(*read)->whole(), std::to_string(at).c_str());
            QVERIFY2(isBeginning(**read), std::to_string(at).c_str());
        }
    }

    /// Its end is there, so it was not cut.
    void wrongBytesInTheMiddleAreDamage() {
        const std::string whole = smallTape(3, true);
        const auto good = readTape(whole);
        QVERIFY(good.ok() && !(*good)->damaged());
        std::string changed = whole;
        char& byte = changed[(*good)->tracks()[0].blocks[1].offset];
        byte = static_cast<char>(byte ^ 0x41);
        const auto read = readTape(changed);
        QVERIFY(read.ok());
        QVERIFY(!(*read)->whole() && (*read)->damaged() && (*read)->hasPieces());
    }

    void sizesThatAreClaimedAreNotBelieved() {
        using namespace tape_layout;
        const std::string payload(5'000'000, 'x');
        const Result<std::string> made = block({}, payload);
        QVERIFY(made.ok());
        const std::string_view stored = std::string_view(*made).substr(kBlockHeaderSize);
        BlockHeader header;
        QVERIFY(readHeader(*made, header));
        QCOMPARE(unpacked(header, stored).value(), payload);
        for (const std::uint32_t size : {0U, 4'999'999U, 5'000'001U, 1U << 30}) {
            header.size = size;
            QVERIFY(!unpacked(header, stored).ok());
        }
        // More in the file than such a payload can ever take.
        std::string claims = *made;
        claims[11] = '\x7F';
        QVERIFY(!readHeader(claims, header));
    }

    void whatFollowsTheEndIsNoPartOfIt() {
        const auto read = readTape(smallTape(1, true) + "more");
        QVERIFY(read.ok());
        QVERIFY(!(*read)->whole() && (*read)->damaged());
        QVERIFY(isBeginning(**read));
    }

    /// A forged file: its sums are right.
    void timesBeforeTheRunAreRefused() {
        for (const bool first : {true, false}) {
            TapeInMemory tape;
            QVERIFY(openTape(tape).ok());
            for (int number = 0; number < 2; ++number) {
                TapePiece piece = rowsPiece(number);
                if ((number == 0) == first) piece.at = -1;
                QVERIFY(tape.recorder->write(0, piece).ok());
            }
            QVERIFY(tape.recorder->close({}).ok());
            const auto read = readTape(tape.bytes());
            QVERIFY(!read.ok());
            QVERIFY(read.error().code == ErrorCode::Invalid && !read.error().fix.empty());
            QVERIFY(said(read.status()).find("before its run began") != std::string::npos);
        }
        // Between two others the head of the block does not show it.
        TapeInMemory tape;
        QVERIFY(openTape(tape).ok());
        for (const Millis at : {Millis{0}, kMinTimestamp, kMaxTimestamp}) {
            TapePiece piece = rowsPiece(1);
            piece.at = at;
            QVERIFY(tape.recorder->write(0, piece).ok());
        }
        QVERIFY(tape.recorder->close({}).ok());
        const auto read = readTape(tape.bytes());
        QVERIFY(read.ok());
        const auto pieces = piecesOf(**read, 0);
        QVERIFY(!pieces.ok());
        QVERIFY(pieces.error().code == ErrorCode::Invalid);
    }

    void aNewerVersionIsRefused() {
        std::string bytes = smallTape(1, true);
        bytes[tape_layout::kMagic.size()] = static_cast<char>(tape_layout::kVersion + 1);
        const auto read = readTape(bytes);
        QVERIFY(!read.ok());
        QCOMPARE(said(read.status()),
                 std::string("“/t.tape” is a tape of version 5; this program reads up to version 4. Use the "
                             "program that wrote it, or a newer one."));
    }

    void anothersFileIsRefused() {
        for (const char* bytes : {"", "SQLite format 3", "a,b\n1,2\n", "RILLTAPF and more of it"}) {
            const auto read = readTape(bytes);
            QVERIFY(!read.ok());
            QVERIFY2(said(read.status()).find("is no tape. Give a file") != std::string::npos,
                     said(read.status()).c_str());
        }
    }

    void aFileThatIsThereStays() {
        TapeInMemory tape;
        tape.disk->put(kTapePath, "mine");
        const Status status = openTape(tape);
        QVERIFY(!status.ok());
        QVERIFY(said(status).find("is there already") != std::string::npos);
        QCOMPARE(tape.bytes(), std::string("mine"));
    }

    void aRunThatDoesNotBeginLeavesNoFile() {
        TapeInMemory tape;
        QVERIFY(openTape(tape).ok());
        tape.recorder->discard();
        QVERIFY(tape.disk->contents().empty());
    }

    void aFullDiskLeavesWhatIsWhole() {
        TapeInMemory tape;
        QVERIFY(openTape(tape, 2).ok());
        QVERIFY(tape.recorder->write(0, rowsPiece(0)).ok());
        QVERIFY(tape.recorder->flush().ok());
        tape.disk->fails = [](const std::string& what, const std::string&) {
            return what == "write" ? ENOSPC : 0;
        };
        QVERIFY(tape.recorder->write(0, rowsPiece(2)).ok());
        const Status status = tape.recorder->flush();
        QVERIFY(!status.ok());
        QVERIFY(said(status).find("Make room on the disk") != std::string::npos);
        const auto read = readTape(tape.bytes());
        QVERIFY(read.ok());
        QVERIFY(!(*read)->whole());
        QCOMPARE(piecesIn(**read), std::uint64_t{1});
        QVERIFY(isBeginning(**read));
    }
};

QTEST_GUILESS_MAIN(TestTapeFile)
#include "test_tape_file.moc"
