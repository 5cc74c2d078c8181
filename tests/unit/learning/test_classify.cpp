// classify: classes are learnt, told and counted; labels that come later; weights; restarts at another
// degree.
#include "core/data/state_reader.h"
#include "core/data/state_writer.h"
#include "core/stream/keys/key_groups.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/unit/learning/learning_rows.h"

using namespace rw;
using namespace rw::test;

namespace {

/// Row number `number`: x is small in class “no”, large in class “yes”.
Row labelled(std::int64_t number, const std::string& key = "a") {
    const bool yes = number % 3 == 0;
    const double x = (yes ? 5.0 : 1.0) + static_cast<double>(number % 5) / 10;
    return {key, number, x, Value{}, std::string(yes ? "yes" : "no"), Instant{number * 1'000}};
}

std::vector<Row> rowsOf(std::int64_t count) {
    std::vector<Row> rows;
    for (std::int64_t number = 0; number < count; ++number)
        rows.push_back(labelled(number, number % 2 == 0 ? "a" : "b"));
    return rows;
}

struct Nowhere final : Output {
    void emit(int, Batch) override {}
    void watermark(int, Instant) override {}
    Status reject(const Batch&, std::size_t, const Text& reason) override { return {ErrorCode::Row, reason}; }
    void countLate(std::size_t, Millis) override {}
};

/// One instance of classify that is given classes, each in a row of its own.
class Asked {
 public:
    explicit Asked(const Json& params) : m_kind(*m_kinds.find("classify")) {
        m_stream.sourceOrder = true;
        m_bound = bindNode(m_kind, params, {{m_stream}}).node;
        if (!m_bound) qFatal("classify is not bound");
        restart();
    }
    void give(const QStringList& classes) {
        Nowhere out;
        for (const QString& name : classes) {
            const Row row{std::string("a"), m_next, 1.0, Value{}, name.toStdString(), Instant{m_next}};
            Batch batch = batches(m_stream, {row}, 1).front();
            batch.positions.first = m_next++;
            batch.stamps = {};
            Status status = m_operator->onBatch(0, batch, out);
            while (status.ok() && m_operator->hasMore()) status = m_operator->resume(out);
            if (!status.ok()) qFatal("%s", english(status.error()).c_str());
        }
    }
    /// Goes on from its own state.
    void resume() {
        StateWriter writer;
        if (!m_operator->snapshot(writer).ok()) qFatal("no state is written");
        const std::string state = writer.finish();
        restart();
        const Result<StateReader> reader = StateReader::open(state);
        if (!reader.ok() || !m_operator->restore(*reader, KeyGroups{}).ok()) qFatal("not restored");
    }
    Quality quality() const { return m_operator->quality(); }

 private:
    void restart() {
        MakeContext context;
        context.node = "learns";
        context.clock = systemClock();
        context.inputs = {InputInfo{m_stream, 1, false, InputOrder::Source}};
        Result<Made> made = m_kind.make(*m_bound, context);
        if (!made.ok()) qFatal("%s", english(made.error()).c_str());
        m_operator = std::get<std::unique_ptr<Operator>>(*std::move(made));
    }

    const Catalogue m_kinds = builtin();
    const NodeKind& m_kind;
    StreamType m_stream = learningStream();
    BoundNodeRef m_bound{};
    std::unique_ptr<Operator> m_operator{};
    std::int64_t m_next = 0;
};

Json params(const Json& more = Json::object()) {
    Json all = {{"label", "c"}, {"features", {"x"}}, {"learning_rate", 0.5}};
    all.update(more);
    return all;
}

}  // namespace

class TestClassify : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void learnsWhatPartsTheClasses_data() {
        QTest::addColumn<QString>("method");
        QTest::addColumn<int>("most");
        for (const char* method : {"logistic", "ftrl", "naive_bayes"}) {
            for (const int most : {2, 5}) QTest::addRow("%s %d", method, most) << method << most;
        }
    }
    void learnsWhatPartsTheClasses() {
        QFETCH(QString, method);
        QFETCH(int, most);
        Json all = {{"label", "c"},
                    {"features", {"x"}},
                    {"method", method.toStdString()},
                    {"max_classes", most},
                    {"every", 200}};
        if (method == u"logistic") all["learning_rate"] = 0.5;
        if (method == u"ftrl") all["alpha"] = 0.5;
        LearningTrial trial("classify", all);
        trial.give("in", rowsOf(400));
        const Driven driven = trial.run();
        const QStringList predicted = trial.values(driven, "out", "predicted");
        QCOMPARE(predicted.size(), 400);
        QCOMPARE(predicted.first(), QStringLiteral("NULL"));
        for (int row = 200; row < 400; ++row)
            QCOMPARE(predicted[row], row % 3 == 0 ? QStringLiteral("yes") : QStringLiteral("no"));
        const QStringList accuracy = trial.values(driven, "metrics", "accuracy");
        QCOMPARE(accuracy.size(), 1);  // the first row was not predicted: 399 were counted
        QVERIFY2(accuracy.first().toDouble() > 0.9, qPrintable(accuracy.first()));
        if (most == 2) QVERIFY(trial.values(driven, "metrics", "auc").first().toDouble() > 0.9);
        int counted = 0;
        for (const QString& rows : trial.values(driven, "confusion", "rows")) counted += rows.toInt();
        QCOMPARE(counted, 200);
    }

    // The first row is not counted, as no class is known. Of those behind it, “no” is the commonest class
    // until “yes” has come more often: right for rows 2, 3 and 7.
    void itsAccuracyStandsBesideAlwaysTheCommonest() {
        Asked node(params());
        node.give({"no", "no", "no", "yes", "yes", "yes", "yes"});
        QVERIFY(node.quality().kind == Quality::Kind::Accuracy);
        QCOMPARE(node.quality().rows, std::size_t{6});
        QCOMPARE(node.quality().baseline, 0.5);
        node.resume();
        node.give({"yes"});
        QCOMPARE(node.quality().rows, std::size_t{1});
        QCOMPARE(node.quality().baseline, 1.0);
        node.give({"no"});
        QCOMPARE(node.quality().baseline, 0.5);
    }

    // By the rows that a key has had; a restart does not begin it anew.
    void countsTheKeysBehindTheirWarmUp() {
        Asked node(params({{"warm_up", 3}}));
        node.give({"no", "yes"});
        QCOMPARE(node.quality().warmUp, std::uint64_t{3});
        QCOMPARE(node.quality().learnt, std::uint64_t{2});
        QCOMPARE(node.quality().warm, std::uint64_t{0});
        node.give({"no"});
        QCOMPARE(node.quality().warm, std::uint64_t{1});
        node.give({"no"});
        QCOMPARE(node.quality().warm, std::uint64_t{1});
        node.resume();
        QCOMPARE(node.quality().warm, std::uint64_t{1});
    }

    // “yes” comes first, is the only class that is known, and stays so where there is room for no other.
    void rowsWithoutALabelAreOnlyScored() {
        std::vector<Row> rows = rowsOf(20);
        for (std::size_t row = 1; row < rows.size(); ++row) rows[row][4] = Value{};
        LearningTrial trial("classify", params());
        trial.give("in", rows);
        const QStringList predicted = trial.values(trial.run(), "out", "predicted");
        QCOMPARE(predicted.count(QStringLiteral("yes")), 19);
    }

    void labelsThatComeLaterTeachTheSame() {
        const Json later = params({{"labels", "later"}, {"id", "id"}, {"label_within", "5s"}, {"every", 50}});
        std::vector<Row> labels = rowsOf(200);
        for (Row& label : labels) label[5] = Instant{std::get<std::int64_t>(label[1]) * 1'000 + 4'000};
        LearningTrial trial("classify", later);
        trial.give("in", rowsOf(200)).give("labels", labels);
        const Driven driven = trial.run();
        QCOMPARE(trial.values(driven, "unmatched", "id").size(), 0);
        const QStringList predicted = trial.values(driven, "out", "predicted");
        QCOMPARE(predicted.mid(0, 4), (QStringList{"NULL", "NULL", "NULL", "NULL"}));
        QCOMPARE(predicted.mid(198), (QStringList{"yes", "no"}));
        QCOMPARE(trial.values(driven, "metrics", "rows"), (QStringList{"50", "100", "150"}));
    }

    void labelsThatComeTooLateFindNoRow() {
        const Json later = params({{"labels", "later"}, {"id", "id"}, {"label_within", "5s"}});
        Row inTime = labelled(0), late = labelled(1), unknown = labelled(77);
        inTime[5] = Instant{5'000};
        late[5] = Instant{6'001};
        unknown[5] = Instant{7'000};
        LearningTrial trial("classify", later);
        trial.give("in", rowsOf(2)).give("labels", {inTime, late, unknown});
        QCOMPARE(trial.values(trial.run(), "unmatched", "id"), (QStringList{"1", "77"}));
    }

    void whatIsNotLearntChangesNothing() {
        LearningTrial trial("classify", params({{"learn", false}, {"max_classes", 2}}));
        trial.give("in", rowsOf(50));
        const QStringList probability = trial.values(trial.run(), "out", "probability");
        QCOMPARE(probability.first(), QStringLiteral("NULL"));
        QCOMPARE(QSet<QString>(probability.begin() + 1, probability.end()),
                 QSet<QString>{QStringLiteral("0.5")});
    }

    void wrongWeightsAreRefused() {
        const Catalogue kinds = builtin();
        const Json all = params({{"class_weights", {{"yes", "heavy"}}}});
        const BoundForTest made = bindNode(*kinds.find("classify"), all, {{learningStream()}});
        QVERIFY(!made.node);
        QVERIFY2(made.said().find("“heavy” is no weight") != std::string::npos, made.said().c_str());
    }

    // Left in the middle by three instances, gone on with by two: as if it had never been left.
    void restartsAtAnotherDegree() {
        const Json all = params({{"keys", {"k"}}, {"every", 20}});
        const std::vector<Row> rows = rowsOf(200);
        const std::vector<Row> first(rows.begin(), rows.begin() + 120);
        LearningTrial whole("classify", all), begun("classify", all), ended("classify", all);
        whole.give("in", rows);
        begun.give("in", first);
        DriveOptions leaving, goingOn;
        leaving.leaves = true;
        leaving.instances = 3;
        const Driven left = begun.run(leaving);
        goingOn.instances = 2;
        goingOn.before = &left;
        for (Batch& batch : batches(learningStream(), rows, 1'000, 120)) ended.give(std::move(batch));
        Driven expected = whole.run(), found = ended.run(goingOn);
        for (std::size_t port = 0; port < expected.ports.size(); ++port) {
            std::sort(expected.ports[port].rows.begin(), expected.ports[port].rows.end());
            std::sort(found.ports[port].rows.begin(), found.ports[port].rows.end());
            QCOMPARE(found.ports[port].rows, expected.ports[port].rows);
        }
    }
};

QTEST_APPLESS_MAIN(TestClassify)
#include "test_classify.moc"
