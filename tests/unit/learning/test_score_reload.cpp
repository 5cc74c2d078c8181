// score with `reload`: when a changed file is taken over, and which files are not.
#include <fmt/format.h>
#include <sys/stat.h>

#include <QtTest>
#include <filesystem>
#include <functional>

#include "core/score/model_file.h"
#include "core/stream/barrier_listener.h"
#include "tests/unit/learning/kept_records.h"
#include "tests/unit/nodes/driver.h"
#include "tests/unit/nodes/fixtures/lookup_shop.h"
#include "tests/unit/nodes/workshop.h"

using namespace rw;
using namespace rw::test;
using rw::test::lookups::Taken;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t kBig = 100;  // a model that adds so much

/// The model is y = `adds` + a.
std::string adding(std::size_t adds, const char* output = "y") {
    return fmt::format(R"({{"rillwright_model":1,"inputs":[{{"name":"a"}}],
        "outputs":[{{"name":"{}","type":"DOUBLE","gives":"value"}}],
        "linear":{{"intercepts":[{}],"weights":[[1]]}}}})",
                       output, adds);
}

StreamType numbers(bool made = false) {
    StreamType stream;
    stream.schema = std::make_shared<const Schema>(
        Schema{{{"a", Type::of(TypeId::Double)}, {"at", Type::of(TypeId::Timestamp)}}});
    if (made) {
        stream.made = true;
        stream.eventTime = 1;
    }
    return stream;
}

/// The instances of a node in a run.
class Scoring {
 public:
    explicit Scoring(const Workshop& shop, bool checkpoints = true, const char* reload = "on_change",
                     StreamType input = numbers(), LookupRecorder* recorder = nullptr)
        : m_input(std::move(input)) {
        const BoundForTest bound = bindNode(*m_catalogue.find("score"),
                                            {{"model", shop.path("model.json")},
                                             {"features", {"a"}},
                                             {"columns", {"y DOUBLE"}},
                                             {"reload", reload}},
                                            {{m_input}});
        if (!bound.node) qFatal("%s", bound.said().c_str());
        m_bound = bound.node;
        m_context.node = "score";
        m_context.clock = systemClock();
        m_context.inputs = {InputInfo{m_input}};
        if (checkpoints) m_context.checkpoints = "line";
        m_context.recorder = recorder;
        for (int i = 0; i < 4; ++i) m_instances.push_back(make());
    }

    /// y of a row with these columns.
    std::string of(int instance, double a, Instant at = 0) { return lines(instance, {a}, {at}, at).front(); }
    std::vector<std::string> lines(int instance, const std::vector<double>& values,
                                   const std::vector<Instant>& times, Instant arrived) {
        std::vector<Row> rows;
        for (std::size_t i = 0; i < values.size(); ++i) rows.push_back({values[i], Value(times[i])});
        Batch batch = batches(m_input, rows, rows.size()).front();
        batch.arrived = arrived;
        batch.stamps = {};
        Operator& op = *m_instances[static_cast<std::size_t>(instance)];
        Taken taken;
        Status status = op.onBatch(0, batch, taken);
        while (status.ok() && op.hasMore()) status = op.resume(taken);
        takeNotes(op);
        if (!status.ok()) return {english(status.error())};
        std::vector<std::string> all;
        for (const Batch& one : taken.batches) {
            for (std::size_t row = 0; row < one.rows; ++row)
                all.push_back(fmt::format("{}", one.column(2).at<double>(row)));
        }
        return all;
    }
    void pass(int instance, std::uint64_t checkpoint) {
        Operator& op = *m_instances[static_cast<std::size_t>(instance)];
        dynamic_cast<BarrierListener&>(op).onBarrier(checkpoint);
        takeNotes(op);
    }
    void passAll(std::uint64_t checkpoint) {
        for (int i = 0; i < 4; ++i) pass(i, checkpoint);
    }
    /// Barriers pass, and rows, until `seen`; the number of the last one.
    std::uint64_t barriersUntil(const std::function<bool()>& seen) {
        while (m_barrier < kMostBarriers && !seen()) {
            passAll(++m_barrier);
            (void)of(0, 0);
            QTest::qSleep(20);
        }
        return m_barrier;
    }
    const std::vector<std::string>& notes() const { return m_notes; }
    std::string lastNote() const { return m_notes.empty() ? std::string() : m_notes.back(); }

 private:
    static constexpr std::uint64_t kMostBarriers = 5'000;

    std::unique_ptr<Operator> make() const {
        Result<Made> made = m_catalogue.find("score")->make(*m_bound, m_context);
        if (!made.ok()) qFatal("%s", english(made.error()).c_str());
        return std::get<std::unique_ptr<Operator>>(*std::move(made));
    }
    void takeNotes(Operator& op) {
        for (const Text& note : op.takeNotes()) m_notes.push_back(english(note));
    }

    Catalogue m_catalogue = builtin();
    const StreamType m_input;
    BoundNodeRef m_bound;
    MakeContext m_context;
    std::vector<std::unique_ptr<Operator>> m_instances{};
    std::vector<std::string> m_notes{};
    std::uint64_t m_barrier = 0;
};

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// As a training program should: a reader finds the file of before, or the whole new one.
void putThere(const Workshop& shop, const std::string& content) {
    shop.write("new.json", content);
    fs::rename(shop.path("new.json"), shop.path("model.json"));
}

}  // namespace

class TestScoreReload : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    /// Each instance scores with the new model from the same barrier on, however far it is behind the others.
    void allTakeItOverAtOneBarrier() {
        const Workshop shop;
        shop.write("model.json", adding(0));
        Scoring scoring(shop);
        QCOMPARE(scoring.of(0, 7), std::string("7"));
        putThere(shop, adding(kBig));
        QTest::qSleep(1'500);
        QCOMPARE(scoring.of(1, 7), std::string("7"));  // no barrier has come
        std::uint64_t barrier = 0;
        while (barrier < 1'000) {
            scoring.pass(2, ++barrier);
            if (scoring.of(2, 7) != "7") break;
            for (const int other : {0, 1, 3}) scoring.pass(other, barrier);
            QTest::qSleep(20);
        }
        QCOMPARE(scoring.of(2, 7), std::string("107"));
        for (const int other : {0, 1, 3}) {
            QCOMPARE(scoring.of(other, 7), std::string("7"));
            scoring.pass(other, barrier);
            QCOMPARE(scoring.of(other, 7), std::string("107"));
        }
        QCOMPARE(scoring.notes().size(), std::size_t{1});
        const std::string sum = score::sha256Of(adding(kBig)).substr(0, 12);
        QVERIFY2(has(scoring.lastNote(), fmt::format("“model.json” changed: the rows after checkpoint {} are "
                                                     "scored with the new model (SHA-256 {}…",
                                                     barrier, sum)),
                 scoring.lastNote().c_str());
    }

    void withoutCheckpointsItIsTakenOverBetweenBatches() {
        const Workshop shop;
        shop.write("model.json", adding(0));
        Scoring scoring(shop, false);
        QCOMPARE(scoring.of(0, 7), std::string("7"));
        putThere(shop, adding(kBig));
        for (int i = 0; i < 1'000 && scoring.of(0, 7) == "7"; ++i) QTest::qSleep(20);
        QCOMPARE(scoring.of(0, 7), std::string("107"));
        QCOMPARE(scoring.of(3, 7), std::string("107"));
        QVERIFY2(has(scoring.lastNote(), "from now on rows are scored with the new model"),
                 scoring.lastNote().c_str());
    }

    void withoutTheParameterItNeverIs() {
        const Workshop shop;
        shop.write("model.json", adding(0));
        Scoring scoring(shop, false, "never");
        putThere(shop, adding(kBig));
        QTest::qSleep(2'000);
        QCOMPARE(scoring.of(0, 7), std::string("7"));
        QVERIFY(scoring.notes().empty());
    }

    /// Files that can't be used: told once, and the next good one is taken.
    void whatCannotBeUsedChangesNothing() {
        const Workshop shop;
        shop.write("model.json", adding(0));
        Scoring scoring(shop);
        const std::string model = shop.path("model.json");
        const auto refused = [&](const std::string& why, const std::function<void()>& change) {
            const std::size_t before = scoring.notes().size();
            change();
            scoring.barriersUntil([&] { return scoring.notes().size() > before; });
            const std::string said = scoring.lastNote();
            QVERIFY2(has(said, "can't be used as it is now") && has(said, why), said.c_str());
            QCOMPARE(scoring.of(1, 7), std::string("7"));
            for (int i = 0; i < 20; ++i) {  // it is not told again
                scoring.barriersUntil([&, left = 2]() mutable { return left-- == 0; });
                QTest::qSleep(20);
            }
            QCOMPARE(scoring.notes().size(), before + 1);
        };
        refused("ends in the middle", [&] { putThere(shop, adding(kBig).substr(0, 80)); });
        refused("This is not JSON", [&] { shop.write("model.json", "hello"); });
        refused("has no output “y”", [&] { putThere(shop, adding(kBig, "z")); });
        refused("a model has", [&] { fs::resize_file(model, score::kMostModelBytes + 1); });
        refused("“", [&] { fs::remove(model); });
        refused("“", [&] { fs::create_directory(model); });
        fs::remove(model);
        refused("“", [&] { QCOMPARE(::mkfifo(model.c_str(), 0600), 0); });
        fs::remove(model);
        putThere(shop, adding(kBig));
        scoring.barriersUntil([&] { return scoring.of(0, 7) == "107"; });
        QCOMPARE(scoring.of(2, 7), std::string("107"));
    }

    void aFileThatIsWrittenSlowlyIsTakenOver() {
        const Workshop shop;
        shop.write("model.json", adding(0));
        Scoring scoring(shop);
        const std::string text = adding(kBig);
        for (std::size_t bytes = 10; bytes < text.size(); bytes += 10) {
            shop.write("model.json", text.substr(0, bytes));
            QTest::qSleep(100);
            scoring.barriersUntil([&, left = 1]() mutable { return left-- == 0; });
        }
        shop.write("model.json", text);
        scoring.barriersUntil([&] { return scoring.of(0, 7) == "107"; });
        QCOMPARE(scoring.of(0, 7), std::string("107"));
        QVERIFY2(has(scoring.lastNote(), "“model.json” changed"), scoring.lastNote().c_str());
    }

    /// … and one that is back, before it was taken over, is no change.
    void theSameBytesAreNoChange() {
        const Workshop shop;
        shop.write("model.json", adding(0));
        Scoring scoring(shop);
        putThere(shop, adding(kBig));
        QTest::qSleep(1'500);
        putThere(shop, adding(0));
        QTest::qSleep(1'500);
        scoring.barriersUntil([&, left = 10]() mutable { return left-- == 0; });
        QCOMPARE(scoring.of(0, 7), std::string("7"));
        QVERIFY(scoring.notes().empty());
    }

    /// Rows of one moment have one model; each is on the tape, with the moments that it applies to.
    void aRecordedRunChoosesByMoments() {
        const Workshop shop;
        shop.write("model.json", adding(0));
        Recorder recorder;
        Scoring scoring(shop, false, "on_change", numbers(true), &recorder);
        QVERIFY(recorder.abouts.front().by == LookupBy::EventTime);
        QCOMPARE(scoring.of(0, 7, 50), std::string("7"));
        putThere(shop, adding(kBig));
        const auto models = [&] {
            std::size_t all = 0;
            for (const TapeTable& table : recorder.tables) all += table.kind == TapeTable::Kind::Met;
            return all;
        };
        QCOMPARE(models(), std::size_t{1});
        for (int i = 0; i < 1'000 && models() == 1; ++i) {
            QCOMPARE(scoring.of(1, 7, 20), std::string("7"));
            QTest::qSleep(20);
        }
        QCOMPARE(models(), std::size_t{2});
        QCOMPARE(recorder.tables.back().from, Instant{51});
        QCOMPARE(recorder.tables.back().number, std::uint64_t{1});
        QCOMPARE(scoring.lines(2, {1, 2, 3, 4}, {50, 51, 49, 60}, 0),
                 (std::vector<std::string>{"1", "102", "3", "104"}));
    }

    void rowsOfSourcesGoByTheirArrival() {
        const Workshop shop;
        shop.write("model.json", adding(0));
        Recorder recorder;
        Scoring scoring(shop, true, "on_change", numbers(), &recorder);
        QVERIFY(recorder.abouts.front().by == LookupBy::Arrival);
        QCOMPARE(scoring.of(0, 7, 50), std::string("7"));
        putThere(shop, adding(kBig));
        scoring.barriersUntil([&] { return !scoring.notes().empty(); });
        QVERIFY2(has(scoring.lastNote(), "the rows after checkpoint"), scoring.lastNote().c_str());
        QCOMPARE(scoring.of(3, 7, 50), std::string("7"));
        QCOMPARE(scoring.of(3, 7, 51), std::string("107"));
        QCOMPARE(scoring.of(1, 7, 50), std::string("7"));
    }
};

QTEST_APPLESS_MAIN(TestScoreReload)
#include "test_score_reload.moc"
