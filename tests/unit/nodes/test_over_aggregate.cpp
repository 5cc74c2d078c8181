// over_aggregate: how frames are written, the node's output and the columns it reads, and errors of wrong
// parameters.
#include <QtTest>

#include "core/nodes/frame_param.h"
#include "tests/unit/nodes/driver.h"

using namespace rw;
using namespace rw::test;

namespace {

const NodeKind& node() {
    static const Catalogue kCatalogue = builtin();
    return *kCatalogue.find("over_aggregate");
}

Json params(const Json& more = Json::object()) {
    Json out = {{"partition_by", Json::array({"k"})},
                {"frame", "ROWS 2 PRECEDING"},
                {"aggregates", Json::array({"SUM(v) AS total"})}};
    if (more.is_object()) out.update(more);
    return out;
}

BoundForTest bound(const Json& more, const StreamType& input = sampleStream()) {
    return bindNode(node(), params(more), {{input}});
}

QString columns(const StreamType& stream) {
    QStringList names;
    for (const Field& field : stream.schema->fields)
        names << QString::fromStdString(field.name + " " + toString(field.type));
    return names.join(QStringLiteral(", "));
}

/// The columns that are read when these of `out` are wanted.
QString readFor(const BoundNode& over, const StreamType& input, const std::vector<int>& wanted) {
    std::vector<ColumnSet> all;
    for (const StreamType& output : over.outputs) all.emplace_back(output.schema->size(), false);
    for (const int column : wanted) all[0][static_cast<std::size_t>(column)] = true;
    const ColumnSet read = over.reads(all, {input}).front();
    QStringList names;
    for (std::size_t i = 0; i < read.size(); ++i) {
        if (read[i]) names << QString::fromStdString(input.schema->fields[i].name);
    }
    return names.join(u' ');
}

}  // namespace

class TestOverAggregate : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void framesAreRead_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("canonical");
        const auto row = [](const char* text, const char* canonical) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(canonical);
        };
        row("ROWS 2 PRECEDING", "ROWS 2 PRECEDING");
        row(" rows 0  preceding ", "ROWS 0 PRECEDING");
        row("ROWS UNBOUNDED PRECEDING", "ROWS UNBOUNDED PRECEDING");
        row("RANGE '300s' PRECEDING", "RANGE '5min' PRECEDING");
        row("range '0s' preceding", "RANGE '0s' PRECEDING");
        row("Range Unbounded Preceding", "RANGE UNBOUNDED PRECEDING");
        row("RANGE INTERVAL '5' MINUTE PRECEDING", "RANGE '5min' PRECEDING");
        row("RANGE BETWEEN INTERVAL '10' SECOND PRECEDING AND CURRENT ROW", "RANGE '10s' PRECEDING");
        row("ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW", "ROWS UNBOUNDED PRECEDING");
    }
    void framesAreRead() {
        QFETCH(QString, text);
        QFETCH(QString, canonical);
        const auto frame = parseFrame(text.toStdString());
        QVERIFY(std::holds_alternative<Frame>(frame));
        QCOMPARE(QString::fromStdString(frameText(std::get<Frame>(frame))), canonical);
        const auto again = parseFrame(canonical.toStdString());
        QVERIFY(std::holds_alternative<Frame>(again));
        QCOMPARE(std::get<Frame>(again).unit, std::get<Frame>(frame).unit);
        QCOMPARE(std::get<Frame>(again).preceding, std::get<Frame>(frame).preceding);
    }

    void wrongFramesAreShown_data() {
        QTest::addColumn<QString>("wrong");  ///< the part that is at fault; empty: the end
        QTest::addColumn<QString>("said");
        const auto row = [](const char* text, const char* wrong, const char* said) {
            QTest::newRow(text) << QString::fromUtf8(wrong) << QString::fromUtf8(said);
        };
        row(" ", "", "A frame begins with ROWS or RANGE.");
        row("5 PRECEDING", "5", "A frame begins with ROWS or RANGE.");
        row("ROWS", "", "ROWS needs a number of rows, or UNBOUNDED.");
        row("ROWS '5min' PRECEDING", "'5min'", "ROWS needs a number of rows, or UNBOUNDED.");
        row("ROWS 1.5 PRECEDING", "1.5", "ROWS needs a number of rows, or UNBOUNDED.");
        row("ROWS -1 PRECEDING", "-", "ROWS needs a number of rows, or UNBOUNDED.");
        row("ROWS 99999999999999999999 PRECEDING", "99999999999999999999",
            "These are more rows than are kept.");
        row("RANGE 5 PRECEDING", "5", "RANGE needs a length of time in quotes, or UNBOUNDED.");
        row("RANGE 'five' PRECEDING", "'five'", "“five” is not a duration.");
        row("RANGE '-5s' PRECEDING", "'-5s'", "The length of a frame has no minus.");
        row("RANGE INTERVAL '5' MONTH PRECEDING", "'5'", "This is not the length of a frame.");
        row("RANGE INTERVAL '5'", "'5'", "This is not the length of a frame.");
        row("ROWS 5", "", "PRECEDING is missing.");
        row("ROWS 5 FOLLOWING", "FOLLOWING", "PRECEDING is missing.");
        row("ROWS BETWEEN 5 PRECEDING AND 1 FOLLOWING", "1", "A frame ends with its row.");
        row("ROWS 5 PRECEDING AND CURRENT ROW", "AND", "The frame has ended before this.");
    }
    void wrongFramesAreShown() {
        QFETCH(QString, wrong);
        QFETCH(QString, said);
        const std::string text = QTest::currentDataTag();
        const BoundForTest tried = bound({{"frame", text}});
        QVERIFY(!tried.node);
        QCOMPARE(tried.issues.size(), std::size_t{1});
        const Issue& issue = tried.issues.front();
        QCOMPARE(issue.param, std::string("frame"));
        QCOMPARE(QString::fromStdString(english(issue.message)), said);
        QVERIFY(!issue.fix.empty());
        const std::size_t place = wrong.isEmpty() ? text.size() : text.find(wrong.toStdString());
        QCOMPARE(issue.position, place);
        QVERIFY(issue.quickFixes.size() >= 3);
        for (const QuickFix& fix : issue.quickFixes) {
            const bool example =
                issue.quickFixes.size() - 3 <= static_cast<std::size_t>(&fix - issue.quickFixes.data());
            QVERIFY2(!example || bound({{"frame", fix.value}}).node, fix.value.dump().c_str());
        }
    }

    void givesItsInputAndTheAggregates() {
        const StreamType input = sampleStream();
        const BoundForTest over = bound({{"aggregates", Json::array({"SUM(v) AS total", "MAX(d) AS v"})}});
        QVERIFY2(over.node, over.said().c_str());
        const StreamType& out = over.node->outputs[0];
        QCOMPARE(columns(out), columns(input) + QStringLiteral(", total BIGINT, v0 DOUBLE"));
        QCOMPARE(out.eventTime, input.eventTime);
        QVERIFY(out.made && !out.sourceOrder && !out.updating);
        QCOMPARE(columns(over.node->outputs[1]),
                 columns(input) + QStringLiteral(", late_by BIGINT, late_for TIMESTAMP(3)"));
        QCOMPARE(over.issues.size(), std::size_t{1});
        QCOMPARE(english(over.issues.front().message),
                 std::string("“v” is taken; this result is called “v0”."));
        QCOMPARE(english(over.node->summary), std::string("ROWS 2 PRECEDING · by k · SUM(v), MAX(d)"));
    }

    void isSpreadByItsPartition() {
        const BoundForTest keyed = bound({}), single = bound({{"partition_by", Json::array()}});
        QCOMPARE(keyed.node->distribution.kind, Distribution::Kind::Keyed);
        QCOMPARE(keyed.node->distribution.keys, (std::vector<std::vector<int>>{{0}}));
        QCOMPARE(single.node->distribution.kind, Distribution::Kind::Single);
        QVERIFY(single.node->distribution.keys.empty());
    }

    void framesReachBackForEverWhereNothingIsSaid() {
        Json without = params();
        without.erase("frame");
        const BoundForTest over = bindNode(node(), without, {{sampleStream()}});
        QVERIFY2(over.node, over.said().c_str());
        QCOMPARE(english(over.node->summary), std::string("RANGE UNBOUNDED PRECEDING · by k · SUM(v)"));
    }

    void saysWhatItKeeps_data() {
        QTest::addColumn<QString>("frame");
        QTest::addColumn<QString>("state");
        QTest::newRow("rows")
            << QStringLiteral("ROWS 2 PRECEDING")
            << QStringLiteral(
                   "rows, until the watermark reaches them; the last 2 of each partition, for "
                   "ever");
        QTest::newRow("no rows") << QStringLiteral("ROWS 0 PRECEDING")
                                 << QStringLiteral("rows, until the watermark reaches them");
        QTest::newRow("range")
            << QStringLiteral("RANGE '60s' PRECEDING")
            << QStringLiteral("rows, until the watermark has passed them by 1min; partitions as long");
        QTest::newRow("all")
            << QStringLiteral("ROWS UNBOUNDED PRECEDING")
            << QStringLiteral(
                   "rows, until the watermark reaches them; the aggregates of each partition, "
                   "for ever");
    }
    void saysWhatItKeeps() {
        QFETCH(QString, frame);
        QFETCH(QString, state);
        const BoundForTest over = bound({{"frame", frame.toStdString()}});
        QCOMPARE(QString::fromStdString(english(over.node->state)), state);
    }

    void readsWhatItLooksAt() {
        StreamType input = sampleStream();
        const BoundForTest over = bound({{"aggregates", Json::array({"SUM(v) FILTER (WHERE b) AS s"})}});
        QCOMPARE(readFor(*over.node, input, {}), QStringLiteral("k v b ts"));
        QCOMPARE(readFor(*over.node, input, {2}), QStringLiteral("k v d b ts"));
        const BoundForTest count = bound({{"aggregates", Json::array({"COUNT(*) AS n"})}});
        QCOMPARE(readFor(*count.node, input, {}), QStringLiteral("k ts"));
        // All columns tell which of two made rows of one time comes first.
        input.made = true;
        QCOMPARE(readFor(*bound({}, input).node, input, {}), QStringLiteral("k v d b ts"));
    }

    void refusesWhatItCannotTake() {
        StreamType updating = sampleStream(), timeless = sampleStream();
        updating.updating = true;
        updating.key = {0};
        timeless.eventTime = -1;
        QVERIFY(!bound({}, updating).node);
        const BoundForTest without = bound({}, timeless);
        QVERIFY(!without.node);
        QCOMPARE(without.issues.front().quickFixes.size(), std::size_t{1});
        const BoundForTest twice = bound({{"partition_by", Json::array({"k", "v", "k"})}});
        QVERIFY(!twice.node);
        QCOMPARE(twice.issues.front().param, std::string("partition_by"));
        QCOMPARE(twice.issues.front().item, 2);
        const BoundForTest none = bound({{"aggregates", Json::array()}});
        QVERIFY(!none.node);
        QCOMPARE(none.issues.front().param, std::string("aggregates"));
    }
};

QTEST_APPLESS_MAIN(TestOverAggregate)
#include "test_over_aggregate.moc"
