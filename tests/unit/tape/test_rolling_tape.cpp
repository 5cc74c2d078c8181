// What a tape that rolls keeps, what it lets go of, and when it ends.
#include <QtTest/QtTest>
#include <cerrno>

#include "core/tape/rolling/rolling_tape.h"
#include "tests/support/memory_outputs.h"
#include "tests/support/simulated_clock.h"
#include "tests/unit/tape/taped_pieces.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr Millis kSegment = 1'000;

/// Two sources, and the calls of a run.
struct Rolled {
    explicit Rolled(RollingLimits limits = {.millis = 8 * kSegment}) {
        RollingTapeOptions options;
        options.parent = folder.path().toStdString();
        options.limits = limits;
        options.outputs = outputs;
        tape = std::make_unique<RollingTape>(options);
        context.clock = clock;
        start.began = clock->now();
        start.sources = {{"a", "rows", everyType(), false}, {"b", "rows", everyType(), false}};
    }
    Status open() { return tape->open(context, start); }
    Status marks(std::size_t source) {
        TapePiece piece;
        piece.kind = TapePiece::Kind::Marks;
        piece.marks.push_back({TapeMark::Kind::Advanced, {}, clock->now()});
        return tape->write(source, piece);
    }
    Status barrier(std::uint64_t number, std::size_t bytes = 10) {
        for (const std::size_t source : {0U, 1U}) {
            RW_TRY(tape->cut(source, {number, "at " + std::to_string(number), {{"", 5}}}));
        }
        auto state = std::make_shared<StateSnapshot>();
        state->states[{"a", 0}] = {"as the run has it"};
        state->states[{"window", 0}] = {std::string(bytes, 'x')};
        return tape->begin({number, bytes > tape->mostState() ? nullptr : std::move(state), bytes});
    }

    QTemporaryDir folder{};
    std::shared_ptr<SimulatedClock> clock = std::make_shared<SimulatedClock>(1'000'000);
    std::shared_ptr<OutputFiles> outputs{};
    MakeContext context{};
    TapeStart start{};
    std::unique_ptr<RollingTape> tape{};
};

std::uint64_t numberOfPieces(const TapeFile& tape, std::size_t source) {
    return tape.tracks()[source].pieces;
}

}  // namespace

class TestRollingTape : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void fromTheStartOfTheRun() {
        Rolled run;
        QVERIFY(!run.tape->tape().ok());
        QVERIFY(run.open().ok() && run.marks(0).ok() && run.marks(1).ok() && run.tape->flush().ok());
        const auto tape = run.tape->tape();
        QVERIFY(tape.ok() && !(*tape)->from());
        QCOMPARE(numberOfPieces(**tape, 0), std::uint64_t{1});
        QCOMPARE((*tape)->since(), run.clock->now());
        QVERIFY(run.tape->kept().any && run.tape->kept().until == 0);
        QVERIFY(run.tape->close({}).ok());
        QVERIFY(run.tape->kept().until != 0);
    }

    void theOldestGoesWhenTheNextHasItsState() {
        Rolled run;
        QVERIFY(run.open().ok());
        for (std::uint64_t number = 1; number <= 20; ++number) {
            QVERIFY(run.marks(0).ok() && run.marks(1).ok());
            run.clock->skipTo(run.clock->steadyMillis() + kSegment);
            QVERIFY(run.tape->wantsCut());
            QVERIFY(run.barrier(number).ok());
            QVERIFY(!run.tape->wantsCut());
        }
        QVERIFY(run.marks(0).ok() && run.tape->flush().ok());
        const auto tape = run.tape->tape();
        QVERIFY(tape.ok() && (*tape)->from());
        QCOMPARE(numberOfPieces(**tape, 0), std::uint64_t{9});  // one a segment, and the last
        QCOMPARE(numberOfPieces(**tape, 1), std::uint64_t{8});
        QCOMPARE((*tape)->from()->states.at({"a", 0}).front(), std::string("at 12"));
        QCOMPARE((*tape)->rowsBefore(0).at(""), std::int64_t{5});
        QCOMPARE((*tape)->since(), run.clock->now() - 8 * kSegment);
        for (const TapeFile::Block& block : (*tape)->tracks()[0].blocks) QVERIFY((*tape)->read(block).ok());
    }

    void halfAnHourIsKeptUnlessSomebodyAsksForOther() {
        constexpr Millis kEighth = 30 * 60'000 / 8;
        Rolled run{RollingLimits{}};
        QVERIFY(run.open().ok());
        for (std::uint64_t number = 1; number <= 20; ++number) {
            QVERIFY(run.marks(0).ok() && run.marks(1).ok());
            run.clock->skipTo(run.clock->steadyMillis() + kEighth - 1);
            QVERIFY(!run.tape->wantsCut());
            run.clock->skipTo(run.clock->steadyMillis() + 1);
            QVERIFY(run.tape->wantsCut());
            QVERIFY(run.barrier(number).ok());
            QVERIFY(run.clock->now() - run.tape->kept().since <= 30 * 60'000);
        }
        QCOMPARE(run.tape->kept().since, run.clock->now() - 30 * 60'000);
    }

    /// Or 256 MiB, with the states, when they are full before that time is over.
    void as256MiBAreKept() {
        Rolled run{RollingLimits{}};
        QVERIFY(run.open().ok());
        const auto state = [&](std::uint64_t number) {
            for (const std::size_t source : {0U, 1U}) {
                if (!run.tape->cut(source, {number, "at " + std::to_string(number), {{"", 5}}}).ok())
                    return false;
            }
            // As large as it says, but for the test's own memory.
            return run.tape->begin({number, std::make_shared<StateSnapshot>(), std::uint64_t{60} << 20}).ok();
        };
        for (std::uint64_t number = 1; number <= 4; ++number) {
            QVERIFY(run.marks(0).ok() && run.marks(1).ok() && state(number));
            run.clock->skipTo(run.clock->steadyMillis() + kSegment);
        }
        QVERIFY(run.tape->kept().bytes > std::uint64_t{240} << 20);
        QCOMPARE(run.tape->kept().since, run.start.began);  // all of it
        QVERIFY(state(5));
        QVERIFY(run.tape->kept().bytes <= std::uint64_t{256} << 20);
        QVERIFY(run.tape->kept().any && run.tape->kept().since > run.start.began);
    }

    /// A barrier that one source has passed, and another one not yet.
    void nothingIsMissingBetweenParts() {
        Rolled run;
        QVERIFY(run.open().ok() && run.marks(0).ok() && run.marks(1).ok());
        QVERIFY(run.tape->cut(0, {1, "a", {}}).ok());
        QVERIFY(run.marks(0).ok() && run.marks(1).ok() && run.tape->flush().ok());
        const auto between = run.tape->tape();
        QVERIFY(between.ok() && !(*between)->from());
        QCOMPARE(numberOfPieces(**between, 0), std::uint64_t{2});
        QCOMPARE(numberOfPieces(**between, 1), std::uint64_t{2});
        QCOMPARE((*between)->tracks()[0].blocks.back().header.firstPiece, std::uint64_t{1});
    }

    void aLookKeepsItsParts() {
        Rolled run;
        QVERIFY(run.open().ok() && run.marks(0).ok() && run.tape->flush().ok());
        auto tape = run.tape->tape();
        QVERIFY(tape.ok());
        run.tape->discard();
        QVERIFY((*tape)->read((*tape)->tracks()[0].blocks.front()).ok());
        QVERIFY(!QDir(run.folder.path()).isEmpty());
        tape = Status(ErrorCode::Cancelled, {});
        QVERIFY(QDir(run.folder.path()).isEmpty());
    }

    void fullWithoutABeginning() {
        Rolled run(RollingLimits{.bytes = 6'000, .state = 100});
        QVERIFY(run.open().ok());
        Status status;
        for (int i = 0; i < 1'000 && status.ok(); ++i) {
            status = run.marks(0);
            if (status.ok()) status = run.tape->flush();
            if (i == 2 && status.ok()) QVERIFY(run.barrier(1, 500).ok());
        }
        QVERIFY(!status.ok());
        QVERIFY(english(status.error()).find("too large") != std::string::npos);
        run.tape->gaveUp(status.error().message);
        QVERIFY(run.tape->kept().any && !run.tape->kept().trouble.empty());
        QVERIFY(run.tape->tape().ok());  // what there is has answers
        QVERIFY(!run.tape->wantsCut());
    }

    void aFullDiskGetsItsRoomBack() {
        const auto disk = std::make_shared<MemoryOutputs>();
        Rolled run;
        RollingTapeOptions options;
        options.parent = run.folder.path().toStdString();
        options.outputs = disk;
        run.tape = std::make_unique<RollingTape>(options);
        QVERIFY(run.open().ok());
        disk->fails = [](const std::string& what, const std::string&) {
            return what == "write" ? ENOSPC : 0;
        };
        QVERIFY(run.marks(0).ok());
        QVERIFY(!run.tape->flush().ok());
        QVERIFY(!run.tape->kept().any && !run.tape->tape().ok());
        QVERIFY(disk->contents().empty() && QDir(run.folder.path()).isEmpty());
    }

    void turnedOffItsFilesGoAtOnce() {
        Rolled run;
        QVERIFY(run.open().ok() && run.marks(0).ok() && run.tape->flush().ok());
        run.tape->end();
        QVERIFY(!run.tape->kept().any && !run.tape->tape().ok());
        QDirIterator files(run.folder.path(), {QStringLiteral("*.tape")}, QDir::Files,
                           QDirIterator::Subdirectories);
        QVERIFY(!files.hasNext());
        QVERIFY(!run.marks(0).ok());
        QVERIFY(QDir(run.folder.path()).isEmpty());
    }

    void anotherAttemptBeginsAnew() {
        Rolled run;
        QVERIFY(run.open().ok() && run.marks(0).ok());
        run.start.cuts = {{0, "a", {{"", 7}}}, {0, "b", {}}};
        run.start.from = {0, std::make_shared<StateSnapshot>(), 0};
        QVERIFY(run.open().ok() && run.tape->flush().ok());
        const auto tape = run.tape->tape();
        QVERIFY(tape.ok() && (*tape)->from());
        QCOMPARE(numberOfPieces(**tape, 0), std::uint64_t{0});
        QCOMPARE((*tape)->rowsBefore(0).at(""), std::int64_t{7});
        QCOMPARE((*tape)->from()->states.at({"b", 0}).front(), std::string("b"));
        QCOMPARE(QDir(run.folder.path()).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 1);
    }

    void leftOversGoAndNothingElse() {
        QTemporaryDir folder;
        const std::string parent = folder.path().toStdString();
        QVERIFY(QDir(folder.path()).mkpath(QStringLiteral("run-gone/deeper")));
        QVERIFY(QDir(folder.path()).mkpath(QStringLiteral("other")));
        auto mine = RollingFolder::make(parent);
        QVERIFY(mine.ok());
        QCOMPARE(QDir(folder.path()).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 2);
        const auto second = RollingFolder::make(parent);
        QVERIFY(second.ok() && QDir(QString::fromStdString((*mine)->path())).exists());
        mine = Status(ErrorCode::Cancelled, {});
        QCOMPARE(QDir(folder.path()).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 2);
        QVERIFY(!RollingFolder::make("/proc/nowhere").ok());
    }
};

QTEST_APPLESS_MAIN(TestRollingTape)
#include "test_rolling_tape.moc"
