// score: its columns, refusals, missing features and rejected rows.
#include <QtTest>

#include "tests/unit/learning/kept_records.h"
#include "tests/unit/nodes/driver.h"
#include "tests/unit/nodes/workshop.h"

using namespace rw;
using namespace rw::test;

namespace {

/// The model is y = 1 + a − 2b.
constexpr const char* kLinear =
    R"({"rillwright_model":1,"inputs":[{"name":"a","mean":4},{"name":"b","mean":0.5}],
    "outputs":[{"name":"y","type":"DOUBLE","gives":"value"}],"linear":{"intercepts":[1],"weights":[[1,-2]]}})";

StreamType numbers() {
    StreamType stream;
    stream.schema = std::make_shared<const Schema>(Schema{
        {{"a", Type::of(TypeId::Int)}, {"b", Type::of(TypeId::Double)}, {"t", Type::of(TypeId::String)}}});
    return stream;
}

const std::vector<Row> kRows{{3, 0.5, "x"}, {Value{}, 1.0, "y"}, {0, 2.0, "z"}};

class Scoring {
 public:
    Scoring() { m_shop.write("model.json", kLinear); }

    Json params(Json more = Json::object()) const {
        Json params = {
            {"model", m_shop.path("model.json")}, {"features", {"a", "b"}}, {"columns", {"y DOUBLE"}}};
        params.update(more);
        return params;
    }
    BoundForTest bind(const Json& params) const { return bindNode(m_kind, params, {{numbers()}}); }
    Driven run(const Json& params, bool nullOnError = false) const {
        const BoundForTest bound = bind(params);
        if (!bound.node) qFatal("%s", bound.said().c_str());
        Driven driven = drive(m_kind, bound.node, {numbers()}, batches(numbers(), kRows, 2), nullOnError);
        if (!driven.status.ok()) qFatal("%s", english(driven.status.error()).c_str());
        if (!driven.problems.empty()) qFatal("%s", driven.problems.front().c_str());
        return driven;
    }
    /// What makes it unusable: of bind(), or of its file.
    QString refusal(const Json& params) const {
        const BoundForTest bound = bind(params);
        if (!bound.node) return QString::fromStdString(bound.said());
        Node node;
        node.id = "score";
        node.params = params;
        std::vector<Issue> issues;
        const Settings settings;
        BindContext context(node, m_kind.params, settings, "/", {{numbers()}}, issues);
        m_kind.checkFiles(*bound.node, context);
        return issues.empty() ? QString() : QString::fromStdString(english(issues.front()));
    }
    const Workshop& shop() const { return m_shop; }
    const NodeKind& kind() const { return m_kind; }

 private:
    Workshop m_shop;
    Catalogue m_catalogue = builtin();
    const NodeKind& m_kind = *m_catalogue.find("score");
};

QStringList shown(const std::vector<std::string>& lines) {
    QStringList out;
    for (const std::string& line : lines) out << QString::fromStdString(line);
    return out;
}

}  // namespace

class TestScore : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void addsWhatTheModelGives() {
        const Driven driven = Scoring().run(Scoring().params());
        QCOMPARE(shown(driven.ports[0].rows),
                 QStringList({"+I a=3, b=0.5, t=x, y=3", "+I a=0, b=2, t=z, y=-3"}));
        QCOMPARE(driven.rejected.size(), std::size_t{1});
        QVERIFY2(driven.rejected[0].find("The feature “a” is NULL.") != std::string::npos,
                 driven.rejected[0].c_str());
    }

    void failedRowsMayBeNull() {
        const Driven driven = Scoring().run(Scoring().params(), true);
        QVERIFY(driven.rejected.empty());
        QCOMPARE(QString::fromStdString(driven.ports[0].rows[1]), QString("+I a=NULL, b=1, t=y, y=NULL"));
    }

    void missingFeaturesGetAnother() {
        const Scoring scoring;
        QCOMPARE(QString::fromStdString(scoring.run(scoring.params({{"impute", "mean"}})).ports[0].rows[1]),
                 QString("+I a=NULL, b=1, t=y, y=3"));
        QCOMPARE(QString::fromStdString(scoring.run(scoring.params({{"impute", "zero"}})).ports[0].rows[1]),
                 QString("+I a=NULL, b=1, t=y, y=-1"));
        QVERIFY(scoring.refusal(scoring.params({{"impute", "missing"}}))
                    .contains("no answer to missing features"));
    }

    void featuresAreFoundByNameOrOrder() {
        const Scoring scoring;
        const auto first = [&](Json features) {
            return scoring.run(scoring.params({{"features", std::move(features)}})).ports[0].rows[0];
        };
        QCOMPARE(first({"b", "a"}), std::string("+I a=3, b=0.5, t=x, y=3"));
        QCOMPARE(first({"b AS u", "a AS v"}), std::string("+I a=3, b=0.5, t=x, y=-4.5"));
        QCOMPARE(first({"b * 2 AS a", "a AS b"}), std::string("+I a=3, b=0.5, t=x, y=-4"));
        QVERIFY(scoring.refusal(scoring.params({{"features", {"a", "b AS u"}}}))
                    .contains("No feature is named “b”"));
        QVERIFY(
            scoring.refusal(scoring.params({{"features", {"b AS u"}}})).contains("The model has 2 inputs"));
        QVERIFY(scoring.refusal(scoring.params({{"features", {"a", "t"}}})).contains("“t” is no number."));
        QVERIFY(
            scoring.refusal(scoring.params({{"features", {"a", "b AS a"}}})).contains("two features “a”"));
    }

    void columnsAreThoseOfTheModel() {
        const Scoring scoring;
        QCOMPARE(scoring.refusal(scoring.params()), QString());
        QVERIFY(scoring.refusal(scoring.params({{"columns", {"z DOUBLE"}}}))
                    .contains("The model has no output “z”."));
        QVERIFY(
            scoring.refusal(scoring.params({{"columns", {"y INT"}}})).contains("has type DOUBLE, not INT"));
        QVERIFY(scoring.refusal(scoring.params({{"columns", {"a DOUBLE"}}}))
                    .contains("have a column “a” already"));
        scoring.shop().write("model.json", "{}");
        QVERIFY(scoring.refusal(scoring.params()).contains("model.json”: "));
    }

    void columnsAreReadFromTheFile() {
        const Scoring scoring;
        const auto columns = scoring.kind().infer({{"model", "model.json"}}, scoring.shop().path(""));
        QVERIFY(columns.ok());
        QCOMPARE(*columns, std::vector<std::string>{"y DOUBLE"});
        QVERIFY(!scoring.kind().infer(Json::object(), "/").ok());
    }

    void contributionsAreJson() {
        const Scoring scoring;
        QCOMPARE(scoring.run(scoring.params({{"explain", true}})).ports[0].rows[0],
                 std::string(R"x(+I a=3, b=0.5, t=x, y=3, contributions={"(bias)":4,"a":-1,"b":0})x"));
    }

    /// Of a recorded run the tape has the bytes of the file, once for all instances; a replay needs no file.
    void theModelIsOnTheTape() {
        Scoring scoring;
        Recorder recorder;
        MakeContext context;
        context.node = "score";
        context.clock = systemClock();
        context.inputs = {InputInfo{numbers()}};
        context.recorder = &recorder;
        const BoundForTest bound = scoring.bind(scoring.params());
        const Result<Made> one = scoring.kind().make(*bound.node, context),
                           other = scoring.kind().make(*bound.node, context);
        QVERIFY(one.ok() && other.ok());
        QCOMPARE(recorder.abouts.size(), std::size_t{1});
        QVERIFY(recorder.tables.empty());  // the tape is not open yet
        Ignoring out;
        for (const Result<Made>* made : {&one, &other}) {
            for (int i = 0; i < 2; ++i) {
                const Batch rows = batches(numbers(), kRows, kRows.size()).front();
                QVERIFY(std::get<std::unique_ptr<Operator>>(made->value())->onBatch(0, rows, out).ok());
            }
        }
        QCOMPARE(recorder.tables.size(), std::size_t{2});
        QCOMPARE(recorder.tables[0].rows.column(0).string(0), std::string_view(kLinear));
        QVERIFY(recorder.tables[1].kind == TapeTable::Kind::Met);
    }

    /// Of a model that takes long the rows leave in pieces.
    void aSlowModelTakesSeveralCalls() {
        const Scoring scoring;
        std::string text = R"({"rillwright_model":1,"inputs":[{"name":"a"},{"name":"b"}],
            "outputs":[{"name":"y","type":"DOUBLE","gives":"value"}],"trees":{"base":[0],"trees":[)";
        for (int i = 0; i < 4'000; ++i)
            text += fmt::format(
                R"({}{{"adds_to":0,"feature":[-1],"left":[0],"right":[0],"threshold":[0],"value":[1]}})",
                i == 0 ? "" : ",");
        scoring.shop().write("model.json", text + "]}}");
        std::vector<Row> rows(1'000, Row{1, 1.0, "x"});
        const BoundForTest bound = scoring.bind(scoring.params());
        const Driven driven = drive(scoring.kind(), bound.node, {numbers()}, batches(numbers(), rows, 1'000));
        QVERIFY(driven.status.ok() && driven.problems.empty());
        QCOMPARE(driven.ports[0].rows.size(), rows.size());
        QVERIFY(driven.ports[0].batches > 5);
        QCOMPARE(driven.ports[0].rows.back(), std::string("+I a=1, b=1, t=x, y=4000"));
    }
};

QTEST_APPLESS_MAIN(TestScore)
#include "test_score.moc"
