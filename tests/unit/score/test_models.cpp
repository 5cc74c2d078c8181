// Models of scikit-learn, XGBoost and LightGBM: they predict here what they predict there.
#include <QtTest>

#include <algorithm>
#include <cmath>

#include "core/score/contribution_text.h"
#include "core/score/model_json.h"
#include "tests/unit/score/stored_models.h"

using namespace rw;
using namespace rw::score;
using namespace rw::score::test;

namespace {

ModelRef loaded(const std::string& text) {
    const Result<ModelRef> model = loadJsonModel(text);
    if (!model.ok()) qFatal("%s", english(model.error()).c_str());
    return *model;
}

/// How far a number may be off. Trees are added up in the same order; sums of products, and functions of 32
/// bits, are rounded differently by other libraries.
double allowed(const std::string& name) {
    if (name == "xgboost" || name == "xgboost_three") return 2e-7;
    const std::vector<std::string> linear{"linear",  "sgd_regressor",  "logistic",
                                          "softmax", "sgd_classifier", "hinge"};
    return std::find(linear.begin(), linear.end(), name) != linear.end() ? 5e-15 : 0;
}

}  // namespace

class TestModels : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void predictAsTheirLibraries_data() {
        QTest::addColumn<QString>("name");
        QCOMPARE(storedModels().size(), std::size_t{24});
        for (const std::string& name : storedModels())
            QTest::newRow(name.c_str()) << QString::fromStdString(name);
    }
    void predictAsTheirLibraries() {
        QFETCH(QString, name);
        const std::string model = name.toStdString();
        const ModelRef read = loaded(bytesOf(model));
        const StoredRows stored = storedRows(model, read->head());
        QCOMPARE(stored.rows, std::size_t{30});
        const std::vector<ColumnRef> columns = scored(*read, stored.all());
        for (std::size_t output = 0; output < columns.size(); ++output) {
            for (std::size_t row = 0; row < stored.rows; ++row) {
                const std::string& wanted = stored.outputs[output][row];
                if (!columns[output]->type().is(TypeId::Double)) {
                    QCOMPARE(shown(*columns[output], row), wanted);
                    continue;
                }
                const double expected = std::strtod(wanted.c_str(), nullptr),
                             found = columns[output]->at<double>(row);
                const double most = allowed(model) * std::max(1.0, std::fabs(expected));
                QVERIFY2(std::fabs(found - expected) <= most,
                         fmt::format("row {}: {}, not {}", row, found, expected).c_str());
            }
        }
    }

    /// A row gives the same whatever rows are beside it.
    void rowsAreScoredAlone_data() { predictAsTheirLibraries_data(); }
    void rowsAreScoredAlone() {
        QFETCH(QString, name);
        const ModelRef model = loaded(bytesOf(name.toStdString()));
        const StoredRows stored = storedRows(name.toStdString(), model->head());
        StoredRows many = stored;
        for (std::vector<double>& column : many.features) {
            const std::vector<double> once = column;
            for (int i = 0; i < 4; ++i) column.insert(column.end(), once.begin(), once.end());
        }
        many.rows = stored.rows * 5;
        const std::vector<ColumnRef> together = scored(*model, many.all());
        for (std::size_t row = 0; row < stored.rows; ++row) {
            Features one = stored.all();
            one.rows = 1;
            for (std::span<const double>& column : one.columns) column = column.subspan(row, 1);
            const std::vector<ColumnRef> alone = scored(*model, one);
            for (std::size_t i = 0; i < alone.size(); ++i) {
                for (std::size_t copy = 0; copy < 5; ++copy)
                    QCOMPARE(shown(*together[i], copy * stored.rows + row), shown(*alone[i], 0));
            }
        }
    }

    /// Contributions add up to the raw number.
    void contributionsAddUp_data() { predictAsTheirLibraries_data(); }
    void contributionsAddUp() {
        QFETCH(QString, name);
        std::string text = bytesOf(name.toStdString());
        // Asks for every raw number, too.
        const std::string key = "\"outputs\":[";
        const ModelRef plain = loaded(text);
        const std::size_t classes = plain->head().classes.size();
        const bool single = classes <= 2 && text.find("\"link\":\"identity\"") == std::string::npos;
        const std::size_t raws = classes == 0 || single || name == "hinge" ? 1 : classes;
        for (std::size_t k = 0; k < raws; ++k)
            text.insert(text.find(key) + key.size(),
                        fmt::format(R"({{"name":"raw_{0}","type":"DOUBLE","gives":"raw","of":{0}}},)", k));
        const ModelRef model = loaded(text);
        QVERIFY(model->explains().ok());
        const StoredRows stored = storedRows(name.toStdString(), plain->head());
        const std::vector<ColumnRef> columns = scored(*model, stored.all());
        Contributions given;
        model->contributions(stored.all(), given);
        const std::size_t width = model->head().inputs.size() + 1;
        for (std::size_t row = 0; row < stored.rows; ++row) {
            double sum = 0;
            for (std::size_t i = 0; i < width; ++i) sum += given.parts[row * width + i];
            const double raw = columns[raws - 1 - given.of[row]]->at<double>(row);
            QVERIFY2(std::fabs(sum - raw) <= 1e-5 * std::max(1.0, std::fabs(raw)),
                     fmt::format("row {}: {}, not {}", row, sum, raw).c_str());
        }
        QVERIFY(contributionTexts(model->head(), given)->string(0).starts_with("{\"(bias)\":"));
    }

    /// Of a tree by hand: x0 < 1 ? (x1 <= 2 ? 10 : 20) : 40, with as many rows in the first leaf as in the
    /// second, and twice as many in the third.
    void aTreeByHand() {
        const ModelRef model =
            loaded(R"({"rillwright_model":1,"inputs":[{"name":"a"},{"name":"b"}],"missing":true,
            "outputs":[{"name":"y","type":"DOUBLE","gives":"value"}],
            "trees":{"compare":"<","base":[1],"trees":[{"adds_to":0,"feature":[0,1,-1,-1,-1],"threshold":[1,2,0,0,0],
            "left":[1,3,0,0,0],"right":[2,4,0,0,0],"missing":[0,1,0,0,0],"value":[0,0,40,10,20],
            "cover":[4,2,2,1,1]}]}})");
        const double nan = std::nan("");
        const std::vector<double> a{0.5, 0.5, 1, 2, nan, 0}, b{2, 1.5, 0, 0, 0, nan};
        Features features;
        features.columns = {a, b};
        features.rows = a.size();
        const std::vector<ColumnRef> columns = scored(*model, features);
        const double expected[] = {21, 11, 41, 41, 41, 11};
        for (std::size_t row = 0; row < a.size(); ++row) QCOMPARE(columns[0]->at<double>(row), expected[row]);
        Contributions given;
        model->contributions(features, given);
        // The mean of all rows is 27.5, of those with a < 1 it is 15.
        QCOMPARE(given.parts[0], 28.5);
        QCOMPARE(given.parts[1], -12.5);
        QCOMPARE(given.parts[2], 5.0);
        QCOMPARE(contributionTexts(model->head(), given)->string(1),
                 std::string_view(R"x({"(bias)":28.5,"a":-12.5,"b":-5})x"));
    }
};

QTEST_APPLESS_MAIN(TestModels)
#include "test_models.moc"
