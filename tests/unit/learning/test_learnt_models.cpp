// What nodes have learnt as a file: nodes that begin with it, files that do not fit, and the node score.
#include <filesystem>

#include "core/nodes/learning/learnt_file.h"
#include "core/stream/source.h"
#include "tests/unit/learning/kept_records.h"
#include "tests/unit/learning/learning_rows.h"
#include "tests/unit/nodes/workshop.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr std::int64_t kHalf = 300;

Row rowAt(std::int64_t number) {
    const double x = static_cast<double>(number * 37 % 100) / 7,
                 y = 3 * x - 2 + static_cast<double>(number % 3);
    const char* const name = number % 5 == 0 ? "a" : number % 2 == 0 ? "b" : "c";
    return {std::string(number % 4 == 0 ? "k" : "l"),
            number % 10,
            x,
            y,
            std::string(name),
            Instant{number * 1'000}};
}

std::vector<Row> rowsFrom(std::int64_t first, std::int64_t end) {
    std::vector<Row> rows;
    for (std::int64_t number = first; number < end; ++number) rows.push_back(rowAt(number));
    return rows;
}

class Learning {
 public:
    Learning(const std::string& type, const Json& params) : m_kind(*kinds().of(type, params)) {
        m_inputs.assign(m_kind.inputs.size(), learningStream());
        const BoundForTest made = bindNode(
            m_kind, params, std::vector<std::vector<StreamType>>(m_kind.inputs.size(), {learningStream()}));
        if (!made.node) qFatal("%s", made.said().c_str());
        m_bound = made.node;
    }
    Driven run(std::int64_t first, std::int64_t end, DriveOptions options = {}) const {
        std::vector<Feed> feed;
        for (Batch& batch : batches(learningStream(), rowsFrom(first, end), 64))
            feed.push_back({0, std::move(batch)});
        if (m_kind.inputs.size() > 1) {  // asks
            for (Batch& batch : batches(learningStream(), rowsFrom(first, end), 64))
                feed.push_back({1, std::move(batch)});
        }
        return drive(m_kind, m_bound, m_inputs, feed, options);
    }
    Driven left(std::int64_t first, std::int64_t end, int instances = 1) const {
        DriveOptions options;
        options.leaves = true;
        options.instances = instances;
        return run(first, end, options);
    }
    Result<std::string> document(const Driven& driven) const {
        return learntDocument(*m_bound, driven.states, "test");
    }
    const NodeKind& kind() const { return m_kind; }
    const BoundNode& bound() const { return *m_bound; }

    static const Catalogue& kinds() {
        static const Catalogue all = builtin();
        return all;
    }

 private:
    const NodeKind& m_kind;
    BoundNodeRef m_bound{};
    std::vector<StreamType> m_inputs{};
};

QByteArray errorOf(const Status& status) {
    return status.ok() ? QByteArray() : QByteArray::fromStdString(english(status.error()));
}

/// Why a node with these parameters is refused, or fails at its first rows; empty: neither.
QByteArray refusalOf(const std::string& type, const Json& params) {
    const NodeKind& kind = *Learning::kinds().of(type, params);
    const BoundForTest made =
        bindNode(kind, params, std::vector<std::vector<StreamType>>(kind.inputs.size(), {learningStream()}));
    return made.node ? errorOf(Learning(type, params).run(0, 10).status)
                     : QByteArray::fromStdString(made.said());
}

}  // namespace

class TestLearntModels : public QObject {
    Q_OBJECT

    Workshop m_shop{};

    Json with(Json params, const Json& more) const {
        params.update(more);
        return params;
    }
    /// Of the first half of the rows, in the file “model.json”.
    void writeModel(const std::string& type, const Json& params, int instances = 1) const {
        const Learning learning(type, params);
        const Result<std::string> text = learning.document(learning.left(0, kHalf, instances));
        QVERIFY2(text.ok(), errorOf(text.status()).constData());
        m_shop.write("model.json", *text);
    }
    /// A file of models without the line that says where it is from.
    static std::string withoutOrigin(const std::string& text) {
        const std::size_t about = text.find("\"about\"");
        return text.substr(0, about) + text.substr(text.find('\n', about));
    }
    Json saved() const { return {{"save_model", m_shop.path("saved.json")}}; }
    Json fromModel() const { return {{"model", m_shop.path("model.json")}}; }

 private Q_SLOTS:
    void aRunGoesOnWhereTheFileEnds_data() {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("params");
        const auto row = [](const char* type, const char* params) {
            QTest::newRow(params) << QString::fromUtf8(type) << QString::fromUtf8(params);
        };
        row("anomaly", R"({"features": ["x"], "keys": ["k"]})");
        row("anomaly", R"({"features": ["x", "y"], "method": "half_space_trees", "rows": 50})");
        row("anomaly", R"({"features": ["x"], "method": "holt_winters", "season": 7, "scale": "running"})");
        row("classify", R"({"features": ["x", "y"], "label": "c", "keys": ["k", "id"]})");
        row("classify", R"({"features": ["x"], "label": "c", "method": "naive_bayes", "impute": "mean"})");
        row("regress", R"({"features": ["x"], "target": "y", "scale": "running", "method": "ftrl"})");
        row("forecast", R"({"value": "y", "season": 5, "horizon": 3, "keys": ["k"]})");
        row("forecast", R"({"value": "y", "method": "linear", "step": "5s"})");
        row("cluster", R"({"features": ["x", "y"], "k": 3})");
        row("drift", R"({"value": "x"})");
        row("drift", R"({"value": "x", "method": "page_hinkley", "keys": ["x"]})");
    }
    void aRunGoesOnWhereTheFileEnds() {
        QFETCH(QString, type);
        QFETCH(QString, params);
        const Json plain = Json::parse(params.toStdString());
        const Driven whole = Learning(type.toStdString(), plain).run(0, 2 * kHalf);
        for (const int instances : {1, 3}) {
            writeModel(type.toStdString(), plain, plain.contains("keys") ? instances : 1);
            if (QTest::currentTestFailed()) return;
            DriveOptions tasks;
            tasks.instances = plain.contains("keys") ? instances : 1;
            const Driven ended = Learning(type.toStdString(), with(plain, saved())).run(0, kHalf, tasks);
            QVERIFY2(ended.status.ok(), errorOf(ended.status).constData());
            QCOMPARE(withoutOrigin(m_shop.read("saved.json")), withoutOrigin(m_shop.read("model.json")));
            const Driven rest = Learning(type.toStdString(), with(plain, fromModel())).run(kHalf, 2 * kHalf);
            QVERIFY2(rest.status.ok(), errorOf(rest.status).constData());
            QVERIFY(rest.problems.empty());
            const auto &all = whole.ports[0].rows, &some = rest.ports[0].rows;
            QVERIFY(some.size() >= 50 && some.size() <= all.size());
            for (std::size_t i = 0; i < some.size(); ++i)
                QCOMPARE(some[i], all[all.size() - some.size() + i]);
        }
    }

    /// Names of users and items, and what each has rated.
    void recommendationsAreTheSameAgain() {
        const Json params = {{"user", "id"}, {"item", "c"}, {"rating", "y"}, {"factors", 3}};
        writeModel("recommend", params);
        if (QTest::currentTestFailed()) return;
        const Learning again("recommend", with(params, fromModel()));
        const Result<std::string> text = again.document(again.left(0, 0));
        QVERIFY2(text.ok(), errorOf(text.status()).constData());
        QCOMPARE(*text, m_shop.read("model.json"));
    }

    void aRunThatIsLeftSavesNothing() {
        const Json params = {{"features", {"x"}}, {"target", "y"}};
        m_shop.write("saved.json", "before");
        const Driven left = Learning("regress", with(params, saved())).left(0, kHalf);
        QVERIFY2(left.status.ok(), errorOf(left.status).constData());
        QCOMPARE(m_shop.read("saved.json"), std::string("before"));
    }

    void aRunWithoutRowsSavesAFileThatOthersStartFrom() {
        const Json params = {{"features", {"x"}}, {"target", "y"}};
        QVERIFY(Learning("regress", with(params, saved())).run(0, 0).status.ok());
        const Driven ran =
            Learning("regress", with(params, {{"model", m_shop.path("saved.json")}})).run(0, kHalf);
        QVERIFY2(ran.status.ok(), errorOf(ran.status).constData());
        QCOMPARE(ran.ports[0].rows, Learning("regress", params).run(0, kHalf).ports[0].rows);
    }

    void aFileThatCannotBeWrittenEndsTheRun() {
        const std::filesystem::path folder(m_shop.path("gone"));
        std::filesystem::create_directory(folder);
        const Learning regress(
            "regress",
            {{"features", {"x"}}, {"target", "y"}, {"save_model", (folder / "saved.json").string()}});
        std::filesystem::remove(folder);
        const Status status = regress.run(0, kHalf).status;
        QVERIFY(!status.ok());
        QCOMPARE(status.error().param, std::string("save_model"));
        QVERIFY2(errorOf(status).contains("gone"), errorOf(status).constData());
    }

    /// What a checkpoint has of the models is all there is: the file may be gone.
    void aRunThatResumesNeedsNoFile() {
        const Json params = {{"features", {"x"}}, {"target", "y"}};
        writeModel("regress", params);
        const Learning begun("regress", with(params, fromModel()));
        const Driven whole = begun.run(kHalf, 3 * kHalf), half = begun.left(kHalf, 2 * kHalf);
        QVERIFY2(half.status.ok(), errorOf(half.status).constData());
        m_shop.write("model.json", "gone");
        DriveOptions options;
        options.before = &half;
        const Driven rest = begun.run(2 * kHalf, 3 * kHalf, options);
        QVERIFY2(rest.status.ok(), errorOf(rest.status).constData());
        QCOMPARE(rest.ports[0].rows.back(), whole.ports[0].rows.back());
    }

    void otherFilesAreRefused_data() {
        QTest::addColumn<QString>("from");  // replaced in the file …
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("change");  // … or parameters that are others
        QTest::addColumn<QString>("said");
        const auto text = [](const char* from, const char* to, const char* said) {
            QTest::newRow(said) << QString::fromUtf8(from) << QString::fromUtf8(to) << QStringLiteral("{}")
                                << QString::fromUtf8(said);
        };
        const auto node = [](const char* change, const char* said) {
            QTest::newRow(said) << QString() << QString() << QString::fromUtf8(change)
                                << QString::fromUtf8(said);
        };
        text("\"rillwright_model\"", "\"model\"", "its first key is “model”");
        text("\"rillwright_model\": 1", "\"rillwright_model\": 7", "version 7; version 1 can be read");
        text("\"learnt\"", "\"about2\"", "it has no “learnt”");
        text("\"models\"", "\"more\"", "has no “models”");
        text("] }\n", "", "ends in the middle of a value");
        text("\"values\": [", "\"values\": [1, 2, 3, ", "The field “values” has more than");
        text("\"values\": [", "\"values\": [1e999, ", "does not fit into a number");
        text("\"values\"", "\"valuez\"", "The field “values” is missing");
        text("\"rows\": ", "\"rows\": -", "no whole number from 0");
        text("\"key\": [\"k\"]", "\"key\": [\"l\"]", "two models of the key");
        text("\"key\": [\"k\"]", "\"key\": []", "“key” is no list of 1 values");
        text("\"version\": 1", "\"version\": 99", "are version 99");
        node(R"({"method": "ftrl"})", "this is regress, method ftrl_linear");
        node(R"({"features": ["x", "y AS z"]})", "has the features x; the node has x, z");
        node(R"({"scale": "none"})", "another “Scale”");
        node(R"({"keys": []})", "of keys of the types (STRING)");
        node(R"({"keys": ["id"]})", "those of the node of (BIGINT)");
    }
    void otherFilesAreRefused() {
        QFETCH(QString, from);
        QFETCH(QString, to);
        QFETCH(QString, change);
        QFETCH(QString, said);
        const Json params = {{"features", {"x"}}, {"target", "y"}, {"keys", {"k"}}};
        writeModel("regress", params);
        QString text = QString::fromStdString(m_shop.read("model.json"));
        const auto at = from.isEmpty() ? -1 : text.indexOf(from);
        QVERIFY(from.isEmpty() || at >= 0);
        if (at >= 0) text.replace(at, from.size(), to);
        m_shop.write("model.json", text.toStdString());
        const Json changed = with(with(params, Json::parse(change.toStdString())), fromModel());
        const QByteArray refusal = refusalOf("regress", changed);
        QVERIFY2(refusal.contains(said.toUtf8()), refusal.constData());
    }

    void optionsThatDifferAreNamed() {
        const Json params = {{"features", {"x"}}, {"method", "robust_z"}, {"window", 50}};
        writeModel("anomaly", params);
        const QByteArray refusal = refusalOf("anomaly", with(with(params, fromModel()), {{"window", 20}}));
        QVERIFY2(refusal.contains("window: 50 → 20"), refusal.constData());
    }

    void aFileThatIsMissingIsAnError() {
        const Json params = {{"features", {"x"}}, {"target", "y"}, {"model", m_shop.path("nowhere.json")}};
        const QByteArray refusal = refusalOf("regress", params);
        QVERIFY2(refusal.contains("nowhere.json"), refusal.constData());
    }

    /// Of a linear model without keys the node score says the same, to the last bit.
    void scoreEvaluatesLinearModels_data() {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("params");
        QTest::addColumn<QString>("column");
        const auto row = [](const char* type, const char* params, const char* column) {
            QTest::newRow(params) << QString::fromUtf8(type) << QString::fromUtf8(params)
                                  << QString::fromUtf8(column);
        };
        row("regress", R"({"features": ["x"], "target": "y"})", "predicted DOUBLE");
        row("regress", R"({"features": ["x", "0 AS o"], "target": "y", "scale": "running"})",
            "predicted DOUBLE");
        row("regress", R"({"features": ["x"], "target": "y", "method": "ftrl", "scale": "none"})",
            "predicted DOUBLE");
        row("classify", R"({"features": ["x", "y"], "label": "k", "max_classes": 2})", "predicted STRING");
        row("classify", R"({"features": ["x", "y"], "label": "c", "method": "ftrl"})", "predicted STRING");
    }
    void scoreEvaluatesLinearModels() {
        QFETCH(QString, type);
        QFETCH(QString, params);
        QFETCH(QString, column);
        const Json plain = Json::parse(params.toStdString());
        writeModel(type.toStdString(), plain);
        if (QTest::currentTestFailed()) return;
        const Learning learning(type.toStdString(), with(with(plain, fromModel()), {{"learn", false}}));
        const Learning score(
            "score",
            with({{"features", plain["features"]}, {"columns", {column.toStdString()}}}, fromModel()));
        const Driven learnt = learning.run(kHalf, 2 * kHalf), scored = score.run(kHalf, 2 * kHalf);
        QVERIFY2(scored.status.ok(), errorOf(scored.status).constData());
        QCOMPARE(scored.ports[0].rows.size(), static_cast<std::size_t>(kHalf));
        for (std::size_t i = 0; i < scored.ports[0].rows.size(); ++i) {
            const std::string &ours = scored.ports[0].rows[i], &theirs = learnt.ports[0].rows[i];
            QVERIFY2(theirs.starts_with(ours + ","), (ours + " and " + theirs).c_str());
        }
    }

    void scoreSaysWhatItCannotEvaluate() {
        writeModel("drift", {{"value", "x"}});
        const QByteArray refusal =
            refusalOf("score", with({{"features", {"x"}}, {"columns", {"predicted DOUBLE"}}}, fromModel()));
        QVERIFY2(refusal.contains("was learnt by a node"), refusal.constData());
    }

    /// Of a recorded run the tape has the bytes of the file, once for all instances, once it is under way.
    void theFileIsOnTheTape() {
        const Json params = {{"features", {"x"}}, {"target", "y"}};
        writeModel("regress", params);
        const Learning learning("regress", with(params, fromModel()));
        Recorder recorder;
        MakeContext context;
        context.node = "regress";
        context.clock = systemClock();
        context.inputs = {InputInfo{learningStream()}};
        context.recorder = &recorder;
        const Result<Made> one = learning.kind().make(learning.bound(), context),
                           other = learning.kind().make(learning.bound(), context);
        QVERIFY(one.ok() && other.ok());
        QVERIFY(recorder.tables.empty());
        Ignoring out;
        for (const Result<Made>* made : {&one, &other}) {
            const Batch rows = batches(learningStream(), rowsFrom(0, 5), 5).front();
            QVERIFY(std::get<std::unique_ptr<Operator>>(made->value())->onBatch(0, rows, out).ok());
        }
        QCOMPARE(recorder.tables.size(), std::size_t{2});
        QCOMPARE(std::string(recorder.tables[0].rows.column(0).string(0)), m_shop.read("model.json"));
        QVERIFY(recorder.tables[1].kind == TapeTable::Kind::Met);
    }
};

QTEST_APPLESS_MAIN(TestLearntModels)
#include "test_learnt_models.moc"
