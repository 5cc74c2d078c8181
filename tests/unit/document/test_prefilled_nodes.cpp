// A node that is wired begins with values from its input, in the step that wired it.
#include <QtTest/QtTest>

#include "core/nodes/catalogue.h"
#include "widgets/document/pipeline_document.h"

using namespace rw;
using namespace rw::ui;

namespace {

const Json kRows = {{"columns", {"order_id INT", "country STRING", "amount DOUBLE", "ts TIMESTAMP"}},
                    {"rows", {{1, "NL", 2.5, "2024-03-01 12:00:00"}}},
                    {"event_time", "ts"}};

}  // namespace

class TestPrefilledNodes : public QObject {
    Q_OBJECT
    const Catalogue m_catalogue = builtin();
    std::unique_ptr<PipelineDocument> m_document;
    NodeId m_rows;

    Json params(const NodeId& node) const { return m_document->pipeline().find(node)->params; }
    int errorsOf(const NodeId& node) {
        [&] { QTRY_VERIFY(m_document->isValidated()); }();
        int errors = 0;
        for (const Issue* issue : m_document->issuesOf(node))
            errors += issue->severity == Severity::Error ? 1 : 0;
        return errors;
    }

 private Q_SLOTS:
    void init() {
        m_document = std::make_unique<PipelineDocument>(m_catalogue);
        m_rows = m_document->addNode({"rows", kRows, QStringLiteral("Orders per day")}, {});
    }
    void cleanup() { m_document.reset(); }

    void aNodeBeginsWithItsInput_data() {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("wanted");
        const auto row = [](const char* type, const char* wanted) {
            QTest::newRow(type) << QString::fromLatin1(type) << QString::fromLatin1(wanted);
        };
        row("line_chart", R"({"y": ["amount"]})");
        row("bar_chart", R"({"category": "country", "value": "amount"})");
        row("pie_chart", R"({"category": "country", "value": "amount"})");
        row("histogram", R"({"value": "amount"})");
        row("number_card", R"({"value": "amount"})");
        row("gauge", R"({"value": "amount"})");
        row("heat_map", R"({"y": "country", "value": "amount"})");
        row("scatter_chart", R"({"x": "amount", "y": "order_id"})");
        row("top_n", R"({"by": ["amount DESC"]})");
        row("sqlite_sink", R"({"database": "results.sqlite", "table": "orders_per_day"})");
        row("filter", "{}");
        row("deduplicate", "{}");
    }

    // By each way that leads to a wire; one step back takes all of it away.
    void aNodeBeginsWithItsInput() {
        QFETCH(QString, type);
        QFETCH(QString, wanted);
        const Json expected = Json::parse(wanted.toStdString());
        const NodeTemplate made{type.toStdString()};
        const auto same = [&](const NodeId& node) {
            return params(node) == expected || (qWarning("%s", params(node).dump().c_str()), false);
        };
        const NodeId behind = m_document->addNodeBehind(made, {200, 0}, {m_rows, "out"});
        QVERIFY(same(behind));
        m_document->undoStack().undo();
        QVERIFY(m_document->node(behind) == nullptr);
        QCOMPARE(m_document->undoStack().index(), 1);

        const NodeId apart = m_document->addNode(made, {200, 0});
        QVERIFY(!m_document->isValidated());  // the person is quicker than the check
        m_document->connectPorts({m_rows, "out"}, {apart, "in"});
        QVERIFY(same(apart));
        m_document->undoStack().undo();
        QCOMPARE(params(apart), Json::object());
        QVERIFY(m_document->pipeline().wires.empty());
        m_document->undoStack().redo();
        QVERIFY(same(apart));
        if (expected.empty()) return;
        QCOMPARE(errorsOf(apart), 0);
    }

    /// A line behind a model has the model's band and marks; they go with it.
    void aLineBehindAModelHasItsBand() {
        const Json params = {{"features", {"amount"}}, {"keys", {"country"}}};
        const NodeId odd = m_document->addNodeBehind({"anomaly", params}, {200, 0}, {m_rows, "out"});
        const NodeId line = m_document->addNodeBehind({"line_chart"}, {400, 0}, {odd, "out"});
        const Json expected = {
            {"y", {"amount"}}, {"low", "low"}, {"high", "high"}, {"mark", "anomaly"}, {"series", "country"}};
        QCOMPARE(this->params(line), expected);
        QCOMPARE(errorsOf(line), 0);
        const NodeId next = m_document->addNodeBehind(
            {"forecast", {{"value", "amount"}, {"step", "1s"}, {"horizon", 3}}}, {200, 200}, {m_rows, "out"});
        const NodeId ahead = m_document->addNodeBehind({"line_chart"}, {400, 200}, {next, "out"});
        QCOMPARE(this->params(ahead), (Json{{"y", {"forecast"}}, {"low", "low"}, {"high", "high"}}));
        QCOMPARE(errorsOf(ahead), 0);
    }

    void aSourceThatIsAddedBeforeANodeFillsItIn() {
        const NodeId bars = m_document->addNode({"bar_chart"}, {});
        m_document->addNodeBefore({"rows", kRows}, {}, {bars, "in"});
        QCOMPARE(params(bars), (Json{{"category", "country"}, {"value", "amount"}}));
    }

    void whatIsGivenStays() {
        const NodeId bars = m_document->addNode({"bar_chart", Json{{"value", "order_id"}}}, {});
        m_document->connectPorts({m_rows, "out"}, {bars, "in"});
        QCOMPARE(params(bars), (Json{{"value", "order_id"}, {"category", "country"}}));
        const NodeId wrong = m_document->addNode({"histogram", Json{{"value", "nothing"}}}, {});
        m_document->connectPorts({m_rows, "out"}, {wrong, "in"});
        QCOMPARE(params(wrong), (Json{{"value", "nothing"}}));
    }

    /// Keys stand before results, and integers may be either.
    void chartsOfWindowsShowTheResult() {
        const NodeId window =
            m_document->addNodeBehind({"window_aggregate", Json{{"window", "tumble"},
                                                                {"size", "10s"},
                                                                {"keys", {"order_id"}},
                                                                {"aggregates", {"COUNT(*) AS n"}}}},
                                      {}, {m_rows, "out"});
        const NodeId bars = m_document->addNodeBehind({"bar_chart"}, {}, {window, "out"});
        QCOMPARE(params(bars), (Json{{"category", "order_id"}, {"value", "n"}}));
    }

    /// Results of several keys in one line would jump between them.
    void linesOfResultsAreDrawnPerKey_data() {
        QTest::addColumn<QString>("keys");
        QTest::addColumn<QString>("wanted");
        QTest::newRow("one") << R"(["country"])"
                             << R"({"y": ["n"], "series": "country"})";
        QTest::newRow("none") << "[]"
                              << R"({"y": ["n"]})";
        QTest::newRow("a number") << R"(["order_id"])"
                                  << R"({"y": ["n"], "series": "order_id"})";
        QTest::newRow("two") << R"(["country", "order_id"])"
                             << R"({"y": ["n"]})";
    }
    void linesOfResultsAreDrawnPerKey() {
        QFETCH(QString, keys);
        QFETCH(QString, wanted);
        const NodeId window =
            m_document->addNodeBehind({"window_aggregate", Json{{"window", "tumble"},
                                                                {"size", "10s"},
                                                                {"keys", Json::parse(keys.toStdString())},
                                                                {"aggregates", {"COUNT(*) AS n"}}}},
                                      {}, {m_rows, "out"});
        const NodeId lines = m_document->addNodeBehind({"line_chart"}, {}, {window, "out"});
        QCOMPARE(params(lines), Json::parse(wanted.toStdString()));
        const NodeId group = m_document->addNodeBehind(
            {"group_aggregate", Json{{"keys", {"order_id"}}, {"aggregates", {"COUNT(*) AS n"}}}}, {},
            {m_rows, "out"});
        const NodeId ofGroup = m_document->addNodeBehind({"line_chart"}, {}, {group, "out"});
        QCOMPARE(params(ofGroup), (Json{{"y", {"n"}}, {"series", "order_id"}}));
    }

    /// A text that is a result is no key.
    void textsOfResultsAreNoKeys() {
        const NodeId window = m_document->addNodeBehind(
            {"window_aggregate",
             Json{{"size", "10s"}, {"aggregates", {"COUNT(*) AS n", "LISTAGG(country) AS all_of_them"}}}},
            {}, {m_rows, "out"});
        QCOMPARE(params(m_document->addNodeBehind({"line_chart"}, {}, {window, "out"})),
                 (Json{{"y", {"n"}}}));
    }

    /// Parameters that the person did not touch are as if the node had been wired just now, and go back with
    /// the same step.
    void guessesFollowTheirInput() {
        const NodeId window = m_document->addNodeBehind(
            {"window_aggregate", Json{{"size", "10s"}, {"aggregates", {"COUNT(*) AS n"}}}}, {},
            {m_rows, "out"});
        const NodeId lines = m_document->addNodeBehind({"line_chart"}, {}, {window, "out"});
        const NodeId card = m_document->addNodeBehind({"number_card"}, {}, {window, "out"});
        QCOMPARE(params(lines), (Json{{"y", {"n"}}}));
        m_document->setParam(window, "keys", Json::array({"country"}));
        QCOMPARE(params(lines), (Json{{"y", {"n"}}, {"series", "country"}}));
        m_document->undoStack().undo();
        QCOMPARE(params(lines), (Json{{"y", {"n"}}}));
        m_document->undoStack().redo();
        m_document->setParam(window, "aggregates", {"COUNT(*) AS n", "AVG(amount) AS mean"});
        QCOMPARE(params(lines), (Json{{"y", {"mean"}}, {"series", "country"}}));
        QCOMPARE(params(card), (Json{{"value", "mean"}}));
        // Columns that fit as well stay, and so do all while the input is being typed.
        m_document->setParam(window, "aggregates",
                             {"COUNT(*) AS n", "AVG(amount) AS mean", "MAX(amount) AS most"});
        QCOMPARE(params(lines), (Json{{"y", {"mean"}}, {"series", "country"}}));
        m_document->setParam(window, "aggregates", Json::array({"AVG(amou"}));
        m_document->setParam(window, "keys", {"country", "order_id"});
        QCOMPARE(params(lines), (Json{{"y", {"mean"}}, {"series", "country"}}));
        m_document->setParam(window, "aggregates", Json::array({"MIN(amount) AS least"}));
        QCOMPARE(params(lines), (Json{{"y", {"least"}}, {"series", "country"}}));
        m_document->setParam(window, "keys", Json::array());
        QCOMPARE(params(lines), (Json{{"y", {"least"}}}));
        QCOMPARE(errorsOf(lines) + errorsOf(card), 0);
    }

    void whatThePersonChoseFollowsNothing() {
        const NodeId window = m_document->addNodeBehind(
            {"window_aggregate", Json{{"size", "10s"}, {"aggregates", {"COUNT(*) AS n"}}}}, {},
            {m_rows, "out"});
        const NodeId lines = m_document->addNodeBehind({"line_chart"}, {}, {window, "out"});
        m_document->setParam(lines, "unit", "€");  // no column
        m_document->setParam(window, "keys", Json::array({"country"}));
        m_document->setParam(lines, "series", nullptr);
        m_document->setParam(window, "aggregates", {"COUNT(*) AS n", "AVG(amount) AS mean"});
        QCOMPARE(params(lines), (Json{{"y", {"n"}}, {"unit", "€"}}));
    }

    void guessesFollowWhatIsPutBetween() {
        const NodeId lines = m_document->addNodeBehind({"line_chart"}, {}, {m_rows, "out"});
        QCOMPARE(params(lines), (Json{{"y", {"amount"}}}));
        const NodeTemplate window{
            "window_aggregate",
            Json{{"size", "10s"}, {"keys", {"country"}}, {"aggregates", {"COUNT(*) AS n"}}}};
        m_document->insertNode(window, {}, m_document->pipeline().wires.front());
        QCOMPARE(params(lines), (Json{{"y", {"n"}}, {"series", "country"}}));
        m_document->undoStack().undo();
        QCOMPARE(params(lines), (Json{{"y", {"amount"}}}));
        const NodeId other = m_document->addNode(
            {"rows", Json::parse(R"({"columns": ["at TIMESTAMP", "kw DOUBLE"], "event_time": "at",
                                     "rows": [["2024-03-01 12:00:00", 1.5]]})")},
            {});
        m_document->moveWireEnd(m_document->pipeline().wires.front(), {{other, "out"}, {lines, "in"}});
        QCOMPARE(params(lines), (Json{{"y", {"kw"}}}));
    }

    void aSelectOnAWireBeginsWithAllColumns() {
        const NodeId lines = m_document->addNodeBehind({"line_chart"}, {}, {m_rows, "out"});
        const Wire wire = m_document->pipeline().wires.front();
        const Json all = {"order_id", "country", "amount", "ts"};
        const NodeId select = m_document->insertNode({"select"}, {}, wire);
        QCOMPARE(params(select), (Json{{"columns", all}}));
        QCOMPARE(errorsOf(select) + errorsOf(lines), 0);
        m_document->undoStack().undo();
        QCOMPARE(m_document->pipeline().wires, std::vector{wire});
        // One that is there and is put on it as well; one that has columns keeps them.
        const NodeId there = m_document->addNode({"select"}, {});
        QVERIFY(m_document->insertExisting(there, wire));
        QCOMPARE(params(there), (Json{{"columns", all}}));
        m_document->undoStack().undo();
        m_document->setParam(there, "columns", {"ts", "amount"});
        QVERIFY(m_document->insertExisting(there, wire));
        QCOMPARE(params(there), (Json{{"columns", {"ts", "amount"}}}));
    }

    void aSelectThatIsWiredAtItsEndStaysEmpty() {
        const NodeId select = m_document->addNodeBehind({"select"}, {}, {m_rows, "out"});
        QCOMPARE(params(select), Json::object());
    }

    void namesThatAreKeywordsAreQuoted() {
        const NodeId odd = m_document->addNode(
            {"rows", Json::parse(R"({"columns": ["`case` INT", "v DOUBLE"], "rows": [[1, 1.5]]})")}, {});
        m_document->addNodeBehind({"table_view"}, {}, {odd, "out"});
        const NodeId select = m_document->insertNode({"select"}, {}, m_document->pipeline().wires.front());
        QCOMPARE(params(select), (Json{{"columns", {"`case`", "v"}}}));
        QCOMPARE(errorsOf(select), 0);
    }

    /// Which of several is the last differs from run to run.
    void aLastValueOfSeveralKeysIsTold() {
        const NodeId window = m_document->addNodeBehind(
            {"window_aggregate",
             Json{{"size", "10s"}, {"keys", {"country"}}, {"aggregates", {"COUNT(*) AS n"}}}},
            {}, {m_rows, "out"});
        const NodeId card = m_document->addNodeBehind({"number_card"}, {}, {window, "out"});
        QTRY_VERIFY(m_document->isValidated());
        const auto issues = m_document->issuesOf(card);
        QCOMPARE(issues.size(), std::size_t{1});
        QCOMPARE(issues.front()->severity, Severity::Warning);
        QVERIFY(english(issues.front()->message).find("a value for every “country” at a time") !=
                std::string::npos);
        m_document->applyFix(*issues.front(), issues.front()->quickFixes.front());
        QTRY_VERIFY(m_document->isValidated());
        QVERIFY(m_document->issuesOf(card).empty());
    }

    void aNewestValueOfSeveralKeysIsTold() {
        const NodeId window = m_document->addNodeBehind(
            {"window_aggregate",
             Json{{"size", "10s"}, {"keys", {"country"}}, {"aggregates", {"COUNT(*) AS n"}}}},
            {}, {m_rows, "out"});
        const NodeId gauge =
            m_document->addNodeBehind({"gauge", Json{{"value", "n"}, {"unit", "bids"}}}, {}, {window, "out"});
        QTRY_VERIFY(m_document->isValidated());
        const auto issues = m_document->issuesOf(gauge);
        QCOMPARE(issues.size(), std::size_t{1});
        QCOMPARE(issues.front()->severity, Severity::Warning);
        QVERIFY(english(issues.front()->message).find("a value for every “country” at a time") !=
                std::string::npos);
        m_document->applyFix(*issues.front(), issues.front()->quickFixes.front());
        QTRY_VERIFY(m_document->isValidated());
        QCOMPARE(m_document->pipeline().find(gauge)->type, std::string("number_card"));
        QCOMPARE(params(gauge), (Json{{"value", "n"}, {"aggregate", "avg"}, {"unit", "bids"}}));
        QVERIFY(m_document->issuesOf(gauge).empty());
    }

    void aFileThatIsOpenedKeepsWhatItHas() {
        const NodeId window = m_document->addNodeBehind(
            {"window_aggregate", Json{{"size", "10s"}, {"aggregates", {"COUNT(*) AS n"}}}}, {},
            {m_rows, "out"});
        const NodeId lines = m_document->addNodeBehind({"line_chart"}, {}, {window, "out"});
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("a.rill"));
        QVERIFY(m_document->saveAs(path).ok());
        QVERIFY(m_document->open(path).ok());
        m_document->setParam(window, "keys", Json::array({"country"}));
        QCOMPARE(params(lines), (Json{{"y", {"n"}}}));
        QCOMPARE(errorsOf(lines), 0);
        const auto issues = m_document->issuesOf(lines);
        QCOMPARE(issues.size(), std::size_t{1});
        QCOMPARE(english(issues.front()->message),
                 std::string("A single line joins the rows of every “country”, and jumps between them."));
        m_document->applyFix(*issues.front(), issues.front()->quickFixes.front());
        QCOMPARE(params(lines), (Json{{"y", {"n"}}, {"series", "country"}}));
        QTRY_VERIFY(m_document->isValidated());
        QVERIFY(m_document->issuesOf(lines).empty());
    }

    void anInsertedNodeBeginsWithItsInput() {
        const NodeId table = m_document->addNodeBehind({"table_view"}, {}, {m_rows, "out"});
        const Wire wire = m_document->pipeline().wires.front();
        const int before = m_document->undoStack().index();
        const NodeId ranking =
            m_document->insertNode({"top_n", Json::object(), QStringLiteral("Top N")}, {}, wire);
        QCOMPARE(params(ranking), (Json{{"by", {"amount DESC"}}}));
        QCOMPARE(m_document->undoStack().index(), before + 1);
        QCOMPARE(errorsOf(ranking), 0);
        m_document->undoStack().undo();
        QCOMPARE(m_document->pipeline().wires, std::vector<Wire>{wire});
    }

    void sinksOfOneDatabaseWriteTablesOfTheirOwn() {
        const NodeId first = m_document->addNodeBehind({"sqlite_sink"}, {}, {m_rows, "out"});
        m_document->setParam(first, "database", "shop.sqlite");
        m_document->setParam(first, "table", "Orders_per_day");
        const NodeId second = m_document->addNodeBehind({"sqlite_sink"}, {}, {m_rows, "out"});
        QCOMPARE(params(second), (Json{{"database", "shop.sqlite"}, {"table", "orders_per_day_2"}}));
        m_document->setTitle(m_rows, QStringLiteral("订单"));
        const NodeId third = m_document->addNodeBehind({"sqlite_sink"}, {}, {m_rows, "out"});
        QCOMPARE(params(third), (Json{{"database", "shop.sqlite"}, {"table", "results"}}));
    }

    /// No other mode takes rows that change. Their key holds where none is given.
    void aTableOfChangingRowsIsUpserted() {
        const NodeTemplate topN{"top_n", Json::object(), QStringLiteral("Top N")};
        const NodeId ranking = m_document->addNodeBehind(topN, {}, {m_rows, "out"});
        const Json upserted = {{"database", "results.sqlite"}, {"table", "top_n"}, {"mode", "upsert"}};
        const NodeId behind = m_document->addNodeBehind({"sqlite_sink"}, {}, {ranking, "out"});
        QCOMPARE(params(behind), upserted);
        QCOMPARE(errorsOf(behind), 0);
        m_document->undoStack().undo();
        const NodeId apart = m_document->addNode({"sqlite_sink"}, {});
        m_document->connectPorts({ranking, "out"}, {apart, "in"});
        QCOMPARE(params(apart), upserted);
        QCOMPARE(errorsOf(apart), 0);
        const Json named = {{"database", "shop.sqlite"}, {"table", "best"}};
        const NodeId begun = m_document->addNode({"sqlite_sink", named}, {});
        m_document->connectPorts({ranking, "out"}, {begun, "in"});
        QCOMPARE(params(begun)["mode"], Json("upsert"));
    }

    void theModeOfATableFollowsItsRows() {
        const NodeId table = m_document->addNodeBehind({"sqlite_sink"}, {}, {m_rows, "out"});
        QVERIFY(!params(table).contains("mode"));
        const Wire direct = m_document->pipeline().wires.front();
        const NodeId ranking =
            m_document->insertNode({"top_n", Json::object(), QStringLiteral("Top N")}, {}, direct);
        const Wire ranked{{ranking, "out"}, {table, "in"}};
        QCOMPARE(params(table)["mode"], Json("upsert"));
        QCOMPARE(errorsOf(table), 0);
        m_document->moveWireEnd(ranked, direct);
        QCOMPARE(params(table)["mode"], Json("replace"));
        QCOMPARE(errorsOf(table), 0);
        m_document->setParam(table, "mode", "append");  // the person's own
        m_document->moveWireEnd(direct, ranked);
        QCOMPARE(params(table)["mode"], Json("append"));
    }

    /// The columns of the table are the missing part.
    void aLookupBeginsWithWhatItsTableHas() {
        const NodeId lookup = m_document->addNodeBehind({"lookup_join"}, {}, {m_rows, "out"});
        m_document->setParams(lookup, {{"columns", {"country STRING", "name STRING"}}},
                              QStringLiteral("Read the columns"));
        QCOMPARE(params(lookup)["on"], Json("left.country = right.country"));
        m_document->undoStack().undo();
        QVERIFY(params(lookup).empty());
    }

    void nothingIsGuessedBehindABrokenNode() {
        m_document->setParam(m_rows, "columns", Json::array({"nonsense"}));
        const NodeId bars = m_document->addNodeBehind({"bar_chart"}, {}, {m_rows, "out"});
        QCOMPARE(params(bars), Json::object());
    }
};

QTEST_GUILESS_MAIN(TestPrefilledNodes)
#include "test_prefilled_nodes.moc"
