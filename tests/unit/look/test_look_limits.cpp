// Looks in bad situations: input that is missing, endless, hostile or far away, and looks that are ended.
#include <sys/stat.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "core/look/look_turn.h"
#include "tests/support/priority_of_reads.h"
#include "tests/unit/look/looks.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr const char* kGenerator =
    R"json({ "id": "rows", "type": "generator", "params": { "columns": ["ts TIMESTAMP(3)", "n BIGINT = i", "k BIGINT = i % 3"],
        "rate": 10, "event_time": "ts" } })json";

std::string sourceAt(const std::string& path) {
    std::string source = kOrdersSource;
    source.replace(source.find("orders.csv"), 10, path);
    return source;
}

LookResult lookAtSource(const LookFixture& fixture) {
    return fixture.look("orders");
}

/// Lines of orders, each that long.
std::string ordersOf(int rows, std::size_t bytesEach) {
    std::string all = "id,ts,shop,amount\n";
    for (int row = 0; row < rows; ++row) {
        std::string line = std::to_string(row) + ",2024-03-01 09:00:01,graz,";
        line.resize(bytesEach - 1, '1');
        all += line + '\n';
    }
    return all;
}

}  // namespace

class TestLookLimits : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void generatorsAreEndlessAndSlow() {
        LookFixture fixture;
        fixture.setPipeline(kGenerator, "");
        const LookResult result = fixture.look("rows");
        QVERIFY2(result.end == LookResult::End::Whole, faultsOf(result).constData());
        QCOMPARE(result.outputs.at(0).count, std::uint64_t{10'000});
        QVERIFY(!result.sources.at(0).whole);
    }

    void aSampleIsAsLongAsAsked() {
        LookFixture fixture;
        fixture.write("orders.csv", kOrders);
        fixture.setPipeline(kOrdersSource, "");
        LookRequest request = fixture.request("orders");
        request.limits.rows = 2;
        const LookResult result = look(request);
        QCOMPARE(textsOf(result.outputs.at(0)).size(), 2);
        QVERIFY(!result.sources.at(0).whole);
        QCOMPARE(result.sources[0].rows, std::size_t{2});
    }

    /// 10 000 rows, or 4 MiB and what is left of the block in which they end.
    void aSampleOfAFileIsAsLargeAsItSays() {
        LookFixture fixture;
        constexpr std::size_t kRow = 1'024, kMiB = std::size_t{1} << 20;
        fixture.write("orders.csv", ordersOf(6 * 1'024, kRow));
        fixture.setPipeline(kOrdersSource, "");
        LookRequest request = fixture.request("orders");
        request.kept.rows = 100'000;
        const LookResult large = look(request);
        QVERIFY2(large.end == LookResult::End::Whole, faultsOf(large).constData());
        QVERIFY(!large.sources.at(0).whole);
        QVERIFY2(large.sources[0].rows * kRow > 3 * kMiB && large.sources[0].rows * kRow <= 5 * kMiB,
                 std::to_string(large.sources[0].rows).c_str());
        QCOMPARE(large.outputs.at(0).count, static_cast<std::uint64_t>(large.sources[0].rows));
        fixture.write("orders.csv", ordersOf(12'000, 40));
        const LookResult many = look(request);
        QCOMPARE(many.outputs.at(0).count, std::uint64_t{10'000});
        QVERIFY(!many.sources.at(0).whole);
        // Of one that has no more, all.
        fixture.write("orders.csv", ordersOf(9'000, 40));
        const LookResult whole = look(request);
        QCOMPARE(whole.outputs.at(0).count, std::uint64_t{9'000});
        QVERIFY(whole.sources.at(0).whole);
    }

    /// It comes in many small pieces, each of which points into a whole block of the file.
    void theSampleOfAPacedFileIsNoSmaller() {
        LookFixture fixture;
        fixture.write("orders.csv", ordersOf(9'000, 40));
        std::string source = kOrdersSource;
        source.insert(source.find("\"path\""), "\"rate\": 100, ");
        fixture.setPipeline(source, "");
        const LookResult result = fixture.look("orders");
        QVERIFY2(result.end == LookResult::End::Whole, faultsOf(result).constData());
        QCOMPARE(result.outputs.at(0).count, std::uint64_t{9'000});
        QVERIFY(result.sources.at(0).whole);
    }

    void aLookGivesWay() {
        LookFixture fixture;
        fixture.write("orders.csv", kOrders);
        fixture.setPipeline(kOrdersSource, "");
        LookRequest request = fixture.request("orders");
        const auto files = std::make_shared<PriorityOfReads>();
        request.files = files;
        const int before = niceHere();
        QCOMPARE(look(request).outputs.at(0).count, std::uint64_t{5});
        QVERIFY(files->least() != PriorityOfReads::kUnread);
        QVERIFY2(files->least() >= 10, qPrintable(QString::number(files->least())));
        // Who asks is as busy as before.
        QCOMPARE(niceHere(), before);
    }

    void onlyTheFirstRowsAreKept() {
        LookFixture fixture;
        fixture.setPipeline(
            std::string(kGenerator) +
                R"json(, { "id": "all", "type": "filter", "params": { "condition": "TRUE" } })json",
            R"json({ "from": "rows", "to": "all" })json");
        LookRequest request = fixture.request("all");
        request.kept.rows = 100;
        const LookResult result = look(request);
        QCOMPARE(result.outputs.at(0).rows, std::size_t{100});
        QCOMPARE(result.outputs[0].count, std::uint64_t{10'000});
        QCOMPARE(textsOf(result.outputs[0]).size(), 100);
        QVERIFY(textsOf(result.outputs[0]).last().contains(QStringLiteral("n=99,")));
        QCOMPARE(fatesOf(result).last(), QStringLiteral("passed 0.99"));
    }

    /// Each of 10 000 rows meets a third of the others.
    void aJoinThatExplodesIsEndedInTime() {
        LookFixture fixture;
        fixture.setPipeline(
            std::string(kGenerator) + R"json(, { "id": "j", "type": "interval_join", "params": {
                                "on": "left.k = right.k", "lower": "-1h", "upper": "1h", "kind": "inner" } })json",
            R"json({ "from": "rows", "to": "j.left" }, { "from": "rows", "to": "j.right" })json");
        LookRequest request = fixture.request("j");
        request.longest = 300;
        const LookResult result = look(request);
        QVERIFY(result.end == LookResult::End::TimeLimit || result.outputs.at(0).count > 10'000'000);
        QVERIFY(result.outputs.at(0).rows <= request.kept.rows);
    }

    void aLookIsCancelled() {
        LookFixture fixture;
        fixture.setPipeline(
            std::string(kGenerator) + R"json(, { "id": "j", "type": "interval_join", "params": {
                                "on": "left.k = right.k", "lower": "-1h", "upper": "1h", "kind": "inner" } })json",
            R"json({ "from": "rows", "to": "j.left" }, { "from": "rows", "to": "j.right" })json");
        LookRequest request = fixture.request("j");
        request.longest = 3'600'000;
        std::atomic<int> asked{0};
        request.isCancelled = [&asked] { return ++asked > 20; };
        QCOMPARE(look(request).end, LookResult::End::Cancelled);
        request.isCancelled = [] { return true; };
        QCOMPARE(look(request).end, LookResult::End::Cancelled);
    }

    void moreThanTwoTakeTurns() {
        const auto never = [] { return false; };
        auto first = std::make_unique<LookTurn>(never);
        const LookTurn second(never);
        QVERIFY(first->has() && second.has());
        QVERIFY(!LookTurn([] { return true; }).has());
        LookFixture fixture;
        fixture.write("orders.csv", kOrders);
        fixture.setPipeline(kOrdersSource, "");
        std::atomic<bool> answered{false}, early{true};
        std::thread third([&] {
            LookRequest request = fixture.request("orders");
            std::atomic<int> asked{0};
            request.isCancelled = [&] {
                if (++asked == 3) first.reset();  // it has waited meanwhile
                return false;
            };
            const LookResult result = look(request);
            early = asked < 3;
            answered = result.end == LookResult::End::Whole;
        });
        third.join();
        QVERIFY(answered && !early);
    }

    void filesThatAreNotThere() {
        LookFixture fixture;
        fixture.setPipeline(sourceAt("none.csv"), "");
        const LookResult missing = lookAtSource(fixture);
        QVERIFY2(faultsOf(missing).contains("none.csv"), faultsOf(missing).constData());
        fixture.write("folder/a.csv", kOrders);
        fixture.write("folder/b.csv", kOrders);
        fixture.setPipeline(sourceAt("folder"), "");
        QCOMPARE(lookAtSource(fixture).outputs.at(0).count, std::uint64_t{10});
        std::filesystem::create_directories(fixture.path("empty"));
        fixture.setPipeline(sourceAt("empty"), "");
        const LookResult empty = lookAtSource(fixture);
        QVERIFY2(!faultsOf(empty).isEmpty(), "an empty folder has no rows, and that is said");
    }

    void aPipeIsNotEmptied() {
        LookFixture fixture;
        QCOMPARE(::mkfifo(fixture.path("pipe.csv").c_str(), 0600), 0);
        fixture.setPipeline(sourceAt("pipe.csv"), "");
        const LookResult result = lookAtSource(fixture);
        QVERIFY2(!faultsOf(result).isEmpty(), "a pipe is no file");
    }

    void aLineWithoutEnd() {
        LookFixture fixture;
        {
            std::ofstream file(fixture.path("orders.csv"), std::ios::binary);
            file << "id,ts,shop,amount\n1,";
        }
        std::filesystem::resize_file(fixture.path("orders.csv"), std::uintmax_t{1} << 30);  // zeros
        fixture.setPipeline(kOrdersSource, "");
        const LookResult result = lookAtSource(fixture);
        QCOMPARE(result.outputs.at(0).count, std::uint64_t{0});
        // It is a row that is too long, or there is no row at all.
        QVERIFY2(!result.setAside.empty() || !faultsOf(result).isEmpty(), "nothing is said of it");
    }

    /// It grows and is cut while looks read it: each has whole rows, or says why not.
    void aFileThatChangesWhileItIsRead() {
        LookFixture fixture;
        // The first look may be over before the writer has begun.
        fixture.write("orders.csv", "id,ts,shop,amount\n0,2024-03-01 09:00:01,graz,1\n");
        fixture.setPipeline(kOrdersSource, "");
        // Its end asks the writer to stop, and waits for it.
        std::jthread writer([&](const std::stop_token& over) {
            while (!over.stop_requested()) {
                std::ofstream file(fixture.path("orders.csv"), std::ios::binary | std::ios::trunc);
                file << "id,ts,shop,amount\n";
                for (int row = 0; row < 20'000 && !over.stop_requested(); ++row)
                    file << row << ",2024-03-01 09:00:01,graz,1\n";
            }
        });
        for (int i = 0; i < 50; ++i) {
            const LookResult result = lookAtSource(fixture);
            for (const QString& row : textsOf(result.outputs.at(0)))
                QVERIFY2(row.endsWith(QStringLiteral("amount=1")), qPrintable(row));
        }
    }

    void liveSourcesSayThatTheyAre() {
        LookFixture fixture;
        fixture.write("orders.csv", kOrders);
        fixture.setPipeline(
            std::string(kOrdersSource) +
                R"json(, { "id": "machine", "type": "this_computer", "params": { "table": "cpu" } },
                { "id": "topic", "type": "kafka_source", "params": { "connection": "k", "topic": "t",
                    "columns": ["id BIGINT", "shop STRING"] } },
                { "id": "narrow", "type": "select", "params": { "columns": ["id", "shop"] } },
                { "id": "both", "type": "union" } )json",
            R"json({ "from": "orders", "to": "narrow" }, { "from": "topic", "to": "both" }, { "from": "narrow", "to": "both" })json");
        const LookResult machine = fixture.look("machine");
        QVERIFY2(faultsOf(machine).contains("is live"), faultsOf(machine).constData());
        // The rows of the others are there.
        const LookResult both = fixture.look("both");
        QVERIFY2(both.end == LookResult::End::Whole && faultsOf(both).contains("topic"),
                 faultsOf(both).constData());
        QCOMPARE(both.outputs.at(0).count, std::uint64_t{5});
    }

    void codeOfUsersIsNotRun() {
        LookFixture fixture;
        fixture.write("orders.csv", kOrders);
        fixture.setPipeline(
            std::string(kOrdersSource) +
                R"json(, { "id": "code", "type": "python", "params": { "mode": "rows",
                                    "code": "import os\ndef process(row):\n    open('ran', 'w')\n    return row\n",
                                    "columns": ["id BIGINT"] } },
                                { "id": "behind", "type": "filter", "params": { "condition": "id > 1" } })json",
            R"json({ "from": "orders", "to": "code" }, { "from": "code", "to": "behind" })json");
        const LookResult code = fixture.look("code");
        QVERIFY2(faultsOf(code).contains("runs code"), faultsOf(code).constData());
        QCOMPARE(code.inputs.at(0).count, std::uint64_t{5});
        QVERIFY(code.outputs.empty());
        const LookResult behind = fixture.look("behind");
        QVERIFY2(faultsOf(behind).contains("runs code") && behind.end == LookResult::End::None,
                 faultsOf(behind).constData());
        QVERIFY(!QFile::exists(QString::fromStdString(fixture.path("ran"))));
    }

    void aStrangersPipelineStaysInItsFolder() {
        LookFixture outside, fixture;
        outside.write("orders.csv", kOrders);
        fixture.write("orders.csv", kOrders);
        std::filesystem::create_symlink(outside.path("orders.csv"), fixture.path("link.csv"));
        const std::string folder = std::filesystem::path(outside.path("orders.csv")).parent_path().string();
        for (const std::string& path :
             {outside.path("orders.csv"), std::string("link.csv"), folder, folder + "/*.csv"}) {
            fixture.setPipeline(sourceAt(path), "");
            LookRequest request = fixture.request("orders");
            QCOMPARE(look(request).outputs.at(0).count, std::uint64_t{5});
            request.trust.agreed = false;
            const LookResult result = look(request);
            QVERIFY2(result.end == LookResult::End::None && faultsOf(result).contains("not looked at"),
                     faultsOf(result).constData());
            QVERIFY(result.outputs.empty());
        }
        fixture.setPipeline(kOrdersSource, "");
        LookRequest request = fixture.request("orders");
        request.trust.agreed = false;
        QCOMPARE(look(request).outputs.at(0).count, std::uint64_t{5});
    }

    void followedFilesAreAsLongAsTheyAre() {
        LookFixture fixture;
        fixture.write("orders.csv", kOrders);
        std::string followed = kOrdersSource;
        followed.insert(followed.find("\"event_time\""), "\"follow\": true, \"rate\": 1, ");
        fixture.setPipeline(followed, "");
        const LookResult result = lookAtSource(fixture);
        QVERIFY2(result.end == LookResult::End::Whole, faultsOf(result).constData());
        QCOMPARE(result.outputs.at(0).count, std::uint64_t{5});
    }

    void stateHasALimit() {
        LookFixture fixture;
        fixture.setPipeline(
            R"json({ "id": "rows", "type": "generator", "params": { "columns": ["ts TIMESTAMP(3)", "n BIGINT = i"],
                "event_time": "ts" } }, { "id": "long", "type": "select", "params": {
                "columns": ["ts", "n", "REPEAT('long', 50000) || CAST(n AS STRING) AS text"] } },
              { "id": "last", "type": "deduplicate", "params": { "keys": ["text"] } })json",
            R"json({ "from": "rows", "to": "long" }, { "from": "long", "to": "last" })json");
        const LookResult result = fixture.look("last");
        QVERIFY2(result.end == LookResult::End::Failed && faultsOf(result).contains("memory") &&
                     faultsOf(result).contains("512"),
                 faultsOf(result).constData());
    }

    void whatIsNotThereHasNoLook() {
        LookFixture fixture;
        fixture.setPipeline("", "");
        QCOMPARE(fixture.look("nobody").end, LookResult::End::None);
        fixture.setPipeline(
            R"json({ "id": "alone", "type": "filter", "params": { "condition": "TRUE" } })json", "");
        const LookResult alone = fixture.look("alone");
        QVERIFY(alone.end == LookResult::End::None && !alone.issues.empty());
        fixture.setPipeline(R"json({ "id": "a", "type": "filter", "params": { "condition": "TRUE" } },
                                   { "id": "b", "type": "filter", "params": { "condition": "TRUE" } })json",
                            R"json({ "from": "a", "to": "b" }, { "from": "b", "to": "a" })json");
        const LookResult loop = fixture.look("a");
        QVERIFY(loop.end == LookResult::End::None && !loop.issues.empty());
    }
};

QTEST_GUILESS_MAIN(TestLookLimits)
#include "test_look_limits.moc"
