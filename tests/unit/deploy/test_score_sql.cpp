// Trained models as SQL of both engines: the texts, what is said of them, and what is refused.
#include <bit>
#include <cmath>
#include <fstream>
#include <limits>
#include <random>

#include "core/deploy/score_sums.h"
#include "tests/support/child.h"
#include "tests/unit/deploy/flink_text.h"
#include "tests/unit/deploy/outside_case.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr const char* kLine = R"({"rillwright_model": 1, "inputs": [{"name": "a", "mean": 2}, {"name": "b"}],
  "outputs": [{"name": "y", "type": "DOUBLE", "gives": "value"}],
  "linear": {"intercepts": [0.5], "weights": [[0.25, -1.5]]}})";
constexpr const char* kLogistic = R"({"rillwright_model": 1, "inputs": [{"name": "a"}, {"name": "b"}],
  "classes": ["no", "${yes}"], "link": "logistic",
  "outputs": [{"name": "c", "type": "STRING", "gives": "class"},
              {"name": "p", "type": "DOUBLE", "gives": "probability", "of": 1}],
  "linear": {"intercepts": [0], "weights": [[1, 2]], "scaler": {"mean": [-1, 3], "scale": [2, 4]}}})";
constexpr const char* kTrees = R"({"rillwright_model": 1, "inputs": [{"name": "a"}, {"name": "b"}],
  "input_type": "FLOAT", "missing": true, "classes": [7, 8, 9], "link": "softmax",
  "outputs": [{"name": "c", "type": "INT", "gives": "class"},
              {"name": "p", "type": "DOUBLE", "gives": "probability", "of": 2}],
  "trees": {"sum_type": "FLOAT", "base": [0, 0, 1], "trees": [
    {"adds_to": 0, "feature": [1, -1, -1], "threshold": [0.5, 0, 0], "left": [1, 0, 0], "right": [2, 0, 0],
     "missing": [1, 0, 0], "value": [0, -2.5, 3.5]},
    {"adds_to": 1, "feature": [0, -1, -1], "threshold": [0.5, 0, 0], "left": [1, 0, 0], "right": [2, 0, 0],
     "value": [0, 1, 2]},
    {"adds_to": 2, "feature": [-1], "threshold": [0], "left": [0], "right": [0], "value": [4]}]}})";

/// A pipeline that scores rows by a model whose file has this text.
class Scored {
 public:
    Scored(const std::string& model, Engine engine, Json columns, Json more = Json::object(),
           const char* file = "model.json")
        : m_folder("score"), m_text(translated(model, engine, std::move(columns), std::move(more), file)) {}

    const FlinkText& operator*() const { return m_text; }
    const FlinkText* operator->() const { return &m_text; }
    /// The lines of Python of a step, or of the node.
    std::string lines(const std::string& name) const {
        for (const Statement& statement : m_text.translation().statements) {
            if (statement.name == name) return statement.text;
        }
        return "no statement " + name;
    }

 private:
    FlinkText translated(const std::string& model, Engine engine, Json columns, Json more,
                         const char* file) const {
        std::ofstream(m_folder.path() / file) << model;
        Json params{{"model", file}, {"features", {"a", "b"}}, {"columns", std::move(columns)}};
        params.update(more);
        TranslateOptions options;
        options.validate.folder = m_folder.path().string();
        return {{timedSource("rows", {"a DOUBLE", "b INT"}), nodeOf("s", "score", std::move(params)),
                 sinkOf("out")},
                {"rows>s", "s>out"},
                engine,
                options};
    }

    const testing::ScratchFolder m_folder;
    const FlinkText m_text;
};

/// One tree: a chain of so many nodes that ask.
std::string chainOf(std::size_t depth) {
    Json feature, threshold, left, right, value;
    for (std::size_t i = 0; i < 2 * depth + 1; ++i) {
        const bool leaf = i % 2 == 1 || i == 2 * depth;
        feature.push_back(leaf ? -1 : 0);
        left.push_back(leaf ? 0 : i + 1);
        right.push_back(leaf ? 0 : i + 2);
        threshold.push_back(0.5);
        value.push_back(i);
    }
    const Json tree{{"adds_to", 0}, {"feature", feature}, {"threshold", threshold},
                    {"left", left}, {"right", right},     {"value", value}};
    return R"({"rillwright_model": 1, "inputs": [{"name": "a"}, {"name": "b"}], "outputs": [{"name": "y",
      "type": "DOUBLE", "gives": "value"}], "trees": {"base": [0], "trees": [)" +
           tree.dump() + "]}}";
}

}  // namespace

class TestScoreSql : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void regressionOnFlink() {
        const Scored flink(kLine, Engine::Flink, {"y DOUBLE"});
        COMPARE_TEXT(flink->view("s"),
                     "WITH `s$features` AS (\n"
                     "SELECT\n"
                     "  *,\n"
                     "  CASE WHEN ABS(`a`) >= 0E0 THEN `a` END AS `$score_x0`,\n"
                     "  CAST(`b` AS DOUBLE) AS `$score_x1`,\n"
                     "  RAND() AS `$score_once0`\n"
                     "FROM `rows`),\n"
                     "`s$sums_1` AS (\n"
                     "SELECT\n"
                     "  *,\n"
                     "  2.5E-1 * `$score_x0` + -1.5E0 * `$score_x1` + 5E-1 AS `$score_s1_0`,\n"
                     "  RAND() AS `$score_once1`\n"
                     "FROM `s$features`\n"
                     "WHERE `$score_once0` + `$score_once0` >= 0E0 AND `$score_x0` IS NOT NULL AND "
                     "`$score_x1` IS NOT NULL)\n"
                     "SELECT\n"
                     "  `a`,\n"
                     "  `b`,\n"
                     "  `ts`,\n"
                     "  `$score_s1_0` AS `y`\n"
                     "FROM `s$sums_1`\n"
                     "WHERE `$score_once1` + `$score_once1` >= 0E0");
        QCOMPARE(flink->verdict("s"), Verdict::Exact);
        COMPARE_TEXT(flink->said("s"), "");
    }

    void regressionOnSpark() {
        const Scored spark(kLine, Engine::Spark, {"y DOUBLE"});
        VERIFY_HOLDS(spark.lines("s$features"),
                     "CASE WHEN `a` <= DOUBLE('Infinity') THEN `a` END AS `$score_x0`");
        VERIFY_HOLDS(spark.lines("s$sums_1"),
                     "sFeatures.where(\"IF(`ts` IS NULL, NULL, `$score_x0` IS NOT NULL AND");
        VERIFY_HOLDS(spark.lines("s$sums_1"),
                     "0.25D * `$score_x0` + -1.5D * `$score_x1` + 0.5D AS `$score_s1_0`");
        VERIFY_HOLDS(spark.lines("s"),
                     "s = sSums_1.selectExpr(\"`a`\", \"`b`\", \"`ts`\", \"`$score_s1_0` AS `y`\")");
        QCOMPARE(spark->verdict("s"), Verdict::Exact);
    }

    /// What stands for a missing feature.
    void imputes() {
        std::string text(kLine);
        text.replace(text.find("{\"name\": \"b\"}"), 13, "{\"name\": \"b\", \"mean\": -3}");
        const Scored mean(text, Engine::Flink, {"y DOUBLE"}, {{"impute", "mean"}});
        VERIFY_HOLDS(mean->view("s"), "CASE WHEN ABS(`a`) >= 0E0 THEN `a` ELSE 2E0 END AS `$score_x0`");
        VERIFY_HOLDS(mean->view("s"), "COALESCE(CAST(`b` AS DOUBLE), -3E0) AS `$score_x1`");
        QVERIFY(!contains(mean->view("s"), "IS NOT NULL"));
        const Scored orNull(kLine, Engine::Flink, {"y DOUBLE"}, {{"on_error", "null"}});
        VERIFY_HOLDS(
            orNull->view("s"),
            "CASE WHEN `$score_x0` IS NOT NULL AND `$score_x1` IS NOT NULL THEN `$score_s1_0` END AS "
            "`$score_r0`");
        QVERIFY(!contains(orNull->view("s"), "AND `$score_x0` IS NOT NULL AND `$score_x1` IS NOT NULL)"));
        const Scored fails(kLine, Engine::Flink, {"y DOUBLE"}, {{"on_error", "fail"}});
        VERIFY_HOLDS(fails->said("s"), "exact : [while no row fails]");
    }

    void twoClasses() {
        const Scored flink(kLogistic, Engine::Flink, {"c STRING", "p DOUBLE"});
        const std::string text = flink->view("s");
        VERIFY_HOLDS(text, "(`$score_x0` - (-1E0)) / 2E0 AS `$score_z0`");
        VERIFY_HOLDS(text, "1E0 * `$score_z0` + 2E0 * `$score_z1` + 0E0 AS `$score_s1_0`");
        VERIFY_HOLDS(text, "CASE WHEN `$score_s1_0` = 0E0 THEN 0E0 ELSE `$score_s1_0` END AS `$score_s2_0`");
        VERIFY_HOLDS(text, "1E0 / (1E0 + EXP(-`$score_s2_0`)) AS `$score_second_0`");
        VERIFY_HOLDS(
            text,
            "CAST(CASE WHEN ABS(`$score_s2_0`) >= 0E0 AND `$score_s2_0` > 0E0 THEN '$' || '{yes}' ELSE "
            "'no' END AS STRING) AS `c`");
        VERIFY_HOLDS(text, "`$score_second_0` AS `p`");
        QCOMPARE(flink->verdict("s"), Verdict::Equivalent);
        // The class alone needs no EXP.
        const Scored alone(kLogistic, Engine::Flink, {"c STRING"});
        QCOMPARE(alone->verdict("s"), Verdict::Exact);
        QVERIFY(!contains(alone->view("s"), "EXP"));
    }

    void treesWithMissingValues() {
        const Scored flink(kTrees, Engine::Flink, {"c INT", "p DOUBLE"}, {{"impute", "missing"}});
        const std::string text = flink->view("s");
        // Of 32 bits: 0.5 is the nearest to all up to halfway to the next.
        VERIFY_HOLDS(text,
                     "CAST(0E0 AS FLOAT) + CAST(CASE WHEN `$score_x1` > 5.000000298023224E-1 THEN 3.5E0 ELSE "
                     "-2.5E0 END AS FLOAT) AS `$score_s1_0`");
        VERIFY_HOLDS(text,
                     "CAST(CASE WHEN `$score_x0` <= 5.000000298023224E-1 THEN 1E0 ELSE 2E0 END AS FLOAT)");
        VERIFY_HOLDS(text, "CAST(1E0 AS FLOAT) + CAST(4E0 AS FLOAT) AS `$score_s1_2`");
        VERIFY_HOLDS(text, "CAST(`$score_s1_0` AS DOUBLE) AS `$score_s2_0`");
        VERIFY_HOLDS(text, "GREATEST(`$score_s2_0`, `$score_s2_1`, `$score_s2_2`) AS `$score_largest_0`");
        VERIFY_HOLDS(text,
                     "CASE WHEN `$score_s2_0` = `$score_largest_0` THEN 7 WHEN `$score_s2_1` = "
                     "`$score_largest_0` THEN 8 ELSE 9 END AS `c`");
        VERIFY_HOLDS(flink->said("s"), "approximated : The model computes its results with 32 bits");
        const Scored spark(kTrees, Engine::Spark, {"c INT"}, {{"impute", "missing"}});
        VERIFY_HOLDS(spark.lines("s$trees_1"),
                     "CASE WHEN `$score_x1` > 0.5000000298023224D THEN 3.5D ELSE -2.5D END");
        QCOMPARE(spark->verdict("s"), Verdict::Exact);
    }

    void largeSumsAreTakenApart() {
        Json trees = Json::array();
        for (int i = 0; i < 150; ++i)
            trees.push_back({{"adds_to", 0},
                             {"feature", {0, -1, -1}},
                             {"threshold", {i, 0, 0}},
                             {"left", {1, 0, 0}},
                             {"right", {2, 0, 0}},
                             {"value", {0, 1, 2}}});
        const std::string model =
            R"({"rillwright_model": 1, "inputs": [{"name": "a"}, {"name": "b"}], "outputs":
          [{"name": "y", "type": "DOUBLE", "gives": "value"}], "trees": {"base": [0], "trees": )" +
            trees.dump() + "}}";
        const Scored flink(model, Engine::Flink, {"y DOUBLE"});
        VERIFY_HOLDS(flink->view("s"), "`s$trees_2` AS (\nSELECT\n  *,\n  `$score_s1_0` + CASE WHEN");
        QCOMPARE(flink->verdict("s"), Verdict::Exact);
    }

    void refuses() {
        const auto refusal = [](const std::string& model, Json more, const char* file = "model.json") {
            for (const Engine engine : kEngines) {
                const Scored scored(model, engine, {"y DOUBLE"}, more, file);
                if (scored->verdict("s") != Verdict::Refused) return std::string("not refused");
                if (engine == kEngines.back()) return scored->said("s");
            }
            return std::string();
        };
        VERIFY_HOLDS(refusal(kLine, {{"model", "other.json"}}), "refused model: ");
        VERIFY_HOLDS(refusal("{", Json::object()), "refused model: ");
        VERIFY_HOLDS(refusal(kLogistic, Json::object()), "refused columns: The model has no output “y”.");
        VERIFY_HOLDS(refusal("", Json::object(), "model.onnx"), "can't compute an ONNX model");
        VERIFY_HOLDS(refusal(kLine, {{"explain", true}}), "refused explain: ");
        VERIFY_HOLDS(refusal(chainOf(51), Json::object()),
                     "A tree is deeper than SQL is written of: 51. 50 is the most.");
        VERIFY_HOLDS(refusal(std::string(std::size_t{17} << 20, ' '), Json::object()),
                     "The file of the model has");
    }

    void deepTreesAreTaken() {
        QCOMPARE(Scored(chainOf(50), Engine::Flink, {"y DOUBLE"})->verdict("s"), Verdict::Exact);
    }

    void keepsTheModelOfTheDeployment() {
        const Scored flink(kLine, Engine::Flink, {"y DOUBLE"}, {{"reload", "on_change"}});
        VERIFY_HOLDS(flink->said("s"), "exact reload: [while the file of the model stays as it was");
    }

    /// By what a processor rounds.
    void thresholdsOfRoundedNumbers() {
        constexpr double kInfinity = std::numeric_limits<double>::infinity();
        std::mt19937_64 random(31);
        std::uniform_int_distribution<std::uint64_t> bits;
        std::vector<double> thresholds{0.0,
                                       -0.0,
                                       0.5,
                                       1e300,
                                       -1e300,
                                       1e-300,
                                       -1e-300,
                                       1e-45,
                                       3.4028234663852886e38,
                                       -3.4028234663852886e38};
        for (int i = 0; i < 2'000; ++i) {
            const auto value = std::bit_cast<float>(static_cast<std::uint32_t>(bits(random)));
            if (!std::isfinite(value)) continue;
            thresholds.push_back(static_cast<double>(value));
            thresholds.push_back(std::nextafter(static_cast<double>(value), -kInfinity));
        }
        for (const double threshold : thresholds) {
            const double most = roundsToAtMost(threshold), next = std::nextafter(most, kInfinity);
            QVERIFY2(static_cast<double>(static_cast<float>(most)) <= threshold,
                     std::to_string(threshold).c_str());
            QVERIFY2(static_cast<double>(static_cast<float>(next)) > threshold,
                     std::to_string(threshold).c_str());
        }
    }
};

QTEST_APPLESS_MAIN(TestScoreSql)
#include "test_score_sql.moc"
