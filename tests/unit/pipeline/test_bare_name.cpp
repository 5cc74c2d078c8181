// Names of columns that need back quotes and stand in an expression without: the error says so and quotes
// them.
#include <QtTest>

#include "core/nodes/catalogue.h"
#include "core/pipeline/json/json.h"
#include "core/pipeline/validate.h"

using namespace rw;

namespace {

/// The errors of one node behind rows with names such as spreadsheets give.
std::vector<Issue> errorsOf(const std::string& type, const Json& params) {
    const Json rows{
        {"columns",
         {"`unit price` DOUBLE", "`unit price net` DOUBLE", "`total in` DOUBLE", "`order date` STRING",
          "id INT", "`item-no` INT", "item STRING", "`Preis (EUR)` DOUBLE"}},
        {"rows", Json::array({{1.5, 1.5, 1.5, "2025-12-31", 1, 1, "a", 1.5}})}};
    const Json document{{"rill", 1},
                        {"nodes",
                         {{{"id", "in"}, {"type", "rows"}, {"params", rows}},
                          {{"id", "n"}, {"type", type}, {"params", params}},
                          {{"id", "out"}, {"type", "table_view"}}}},
                        {"wires", {{{"from", "in"}, {"to", "n"}}, {{"from", "n"}, {"to", "out"}}}}};
    const Result<Loaded> loaded = loadPipeline(document.dump());
    if (!loaded.ok()) qFatal("%s", english(loaded.error()).c_str());
    static const Catalogue kKinds = builtin();
    ValidateOptions options;
    options.files = false;
    std::vector<Issue> issues = validate(loaded->pipeline, kKinds, options).issues;
    std::erase_if(issues, [](const Issue& issue) { return issue.severity != Severity::Error; });
    return issues;
}

}  // namespace

class TestBareName : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void isQuoted_data() {
        QTest::addColumn<QString>("condition");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("mended");
        const auto row = [](const char* condition, const char* name, const char* mended) {
            QTest::newRow(condition) << QString::fromUtf8(condition) << QString::fromUtf8(name)
                                     << QString::fromUtf8(mended);
        };
        row("unit price > 5", "`unit price`", "`unit price` > 5");
        row("id > 1 AND ABS(Unit Price) > 5", "`unit price`", "id > 1 AND ABS(`unit price`) > 5");
        row("5 < unit price net", "`unit price net`", "5 < `unit price net`");
        row("order date = 'order date'", "`order date`", "`order date` = 'order date'");
        row("total in > 5", "`total in`", "`total in` > 5");
        row("5 < total in", "`total in`", "5 < `total in`");
        row("Preis (EUR) > 5", "`Preis (EUR)`", "`Preis (EUR)` > 5");
        row("item-no > 5", "`item-no`", "`item-no` > 5");
    }
    void isQuoted() {
        QFETCH(QString, condition);
        QFETCH(QString, name);
        QFETCH(QString, mended);
        const std::vector<Issue> errors = errorsOf("filter", {{"condition", condition.toStdString()}});
        QCOMPARE(errors.size(), std::size_t{1});
        QCOMPARE(QString::fromStdString(english(errors[0].fix)),
                 QStringLiteral("Write the name of the column in back quotes: %1.").arg(name));
        QCOMPARE(errors[0].position, static_cast<std::size_t>(mended.indexOf(name)));
        QCOMPARE(errors[0].quickFixes.at(0).value, Json(mended.toStdString()));
        QVERIFY(errorsOf("filter", {{"condition", mended.toStdString()}}).empty());
    }

    void isQuotedInItsItem() {
        const std::vector<Issue> errors =
            errorsOf("select", {{"columns", {"id", "unit price * 2 AS twice"}}});
        QCOMPARE(errors.size(), std::size_t{1});
        QCOMPARE(errors[0].item, 1);
        QCOMPARE(errors[0].quickFixes.at(0).value, Json({"id", "`unit price` * 2 AS twice"}));
    }

    void isNotWhatIsWrong_data() {
        QTest::addColumn<QString>("condition");
        for (const char* condition :
             {"id 5 > unit price", "'unit price' 5", "unit prices > 5", "`unit price` 5"})
            QTest::newRow(condition) << QString::fromUtf8(condition);
    }
    void isNotWhatIsWrong() {
        QFETCH(QString, condition);
        const std::vector<Issue> errors = errorsOf("filter", {{"condition", condition.toStdString()}});
        QCOMPARE(errors.size(), std::size_t{1});
        QVERIFY2(english(errors[0].fix).find("back quotes") == std::string::npos, english(errors[0]).c_str());
    }
};

QTEST_APPLESS_MAIN(TestBareName)
#include "test_bare_name.moc"
